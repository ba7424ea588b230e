/** Tonnes: all routes of three ledgers, total-emission reduction (总量减排) and allowance (指标). */
import { allowanceRoutes } from './total-allowances.ts'
import { ledgerRoutes } from './total-ledgers.ts'
import { reductionRoutes } from './total-reductions.ts'

export const totalRoutes = { ...ledgerRoutes, ...reductionRoutes, ...allowanceRoutes } as const
