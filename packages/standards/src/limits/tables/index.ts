import type { EmissionLimit } from '../emission-limit.ts'
import { boilerLimits } from './boilers.ts'
import { buildingMaterialLimits } from './building-materials.ts'
import { chemicalLimits } from './chemical.ts'
import { furnaceLimits } from './furnaces.ts'
import { generalAirLimits } from './general-air.ts'
import { incinerationLimits } from './incineration.ts'
import { metallurgyLimits } from './metallurgy.ts'
import { powerLimits } from './power.ts'
import { sewageLimits } from './sewage.ts'
import { generalWaterLimits } from './water-general.ts'
import { sectorWaterLimits } from './water-sector.ts'

/** Every limit that is held, row by row. */
export const emissionLimits: readonly EmissionLimit[] = [
  ...powerLimits,
  ...boilerLimits,
  ...buildingMaterialLimits,
  ...metallurgyLimits,
  ...incinerationLimits,
  ...sewageLimits,
  ...chemicalLimits,
  ...furnaceLimits,
  ...generalAirLimits,
  ...generalWaterLimits,
  ...sectorWaterLimits,
]
