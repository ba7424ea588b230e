/** The double random draw: pure, and repeated by anybody. */
export { drawOfficers, drawUnits } from './draw.ts'
export type { DrawOfficer, DrawSettings, DrawUnit, OfficerPair, PairDraw, UnitDraw } from './draw.types.ts'
