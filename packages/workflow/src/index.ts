export type * from './definition.ts'
export { workflows } from './definitions/index.ts'
