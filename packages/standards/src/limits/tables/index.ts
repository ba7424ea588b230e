import type { EmissionLimit } from '../emission-limit.ts'
import { boilerLimits } from './boilers.ts'
import { buildingMaterialLimits } from './building-materials.ts'
import { incinerationLimits } from './incineration.ts'
import { metallurgyLimits } from './metallurgy.ts'
import { powerLimits } from './power.ts'
import { sewageLimits } from './sewage.ts'
import { generalWaterLimits } from './water-general.ts'

/** Every limit that is held, row by row. */
export const emissionLimits: readonly EmissionLimit[] = [
  ...powerLimits,
  ...boilerLimits,
  ...buildingMaterialLimits,
  ...metallurgyLimits,
  ...incinerationLimits,
  ...sewageLimits,
  ...generalWaterLimits,
]
