import { hechuan } from './cast-hechuan.ts'
import { jinhe } from './cast-jinhe.ts'
import { shiling } from './cast-shiling.ts'
import type { CastEnterprise } from './cast-types.ts'

export interface CastPark {
  readonly code: string
  readonly name: string
  readonly regionCode: number
  readonly lon: number
  readonly lat: number
  readonly kind: 'chemical' | 'economic-zone'
  readonly areaKm2: number
  readonly managedBy: string
  readonly industries: readonly string[]
}

export const parks: readonly CastPark[] = [
  {
    code: 'PK629001',
    name: '祁川经济技术开发区',
    regionCode: 629001,
    lon: 102.145,
    lat: 38.545,
    kind: 'economic-zone',
    areaKm2: 26.4,
    managedBy: '祁川经济技术开发区管理委员会',
    industries: ['有色金属冶炼及加工', '钢铁', '化工'],
  },
  {
    code: 'PK629002',
    name: '石岭化工园区',
    regionCode: 629002,
    lon: 102.035,
    lat: 38.318,
    kind: 'chemical',
    areaKm2: 9.8,
    managedBy: '石岭化工园区管理办公室',
    industries: ['精细化工', '化肥'],
  },
]

/** Everybody who pollutes in the demo city. Names, people, places and figures are invented. */
export const enterprises: readonly CastEnterprise[] = [...jinhe, ...shiling, ...hechuan]
