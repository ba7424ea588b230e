/** Door of the process model: outlets in honest operation, honest look-alikes, and the nine ways of tampering. */
export { type Episode, type LookAlike, lookAlike, lookAlikes } from './look-alikes.ts'
export { type OutletPlan, OutletProcess, type ProcessHours, type ProcessSeries } from './outlet.ts'
export { type PollutantModel, type SectorKey, type SectorModel, sectorKeys, sectors } from './sectors.ts'
export { type Tampering, type TamperingKind, tamper, tamperingKinds, tamperingTitles } from './tampering.ts'
