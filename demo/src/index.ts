/** Door of the demo city. */
export { DemoAir } from './air.ts'
export { annualFigures } from './figures.ts'
export { nationalFile } from './files.ts'
export { peerFile, peerIndexes } from './peers.ts'
export { people } from './people.ts'
export { AIR_CITY, CITY_CODE, peers, regions, stations } from './places.ts'
export { type DemoOptions, loginRows, type RunningDemo, startDemo } from './start.ts'
export { DEMO_SEED, generateYear } from './year.ts'
