import { isoDate } from './calendar.ts'

/** Places of the fictional city. Nothing here exists: codes 629xxx are not given out in GB/T 2260. */

export interface DemoRegion {
  readonly code: number
  readonly name: string
  readonly level: 'city' | 'county'
  readonly parent: number | null
}

export const CITY_CODE = 629000

export const regions: readonly DemoRegion[] = [
  { code: CITY_CODE, name: '祁川市', level: 'city', parent: null },
  { code: 629001, name: '金河区', level: 'county', parent: CITY_CODE },
  { code: 629002, name: '石岭区', level: 'county', parent: CITY_CODE },
  { code: 629021, name: '禾川县', level: 'county', parent: CITY_CODE },
]

export interface DemoStation {
  /** code of the national list; the 99xx block is not in use */
  readonly code: string
  readonly name: string
  readonly regionCode: number
  readonly lon: number
  readonly lat: number
  /** 24 hexadecimal digits, HJ 212-2017 table 3 */
  readonly mn: string
  readonly password: string
  readonly address: string
  readonly since: string
}

const since = isoDate(18_262) // 2020-01-01

export const stations: readonly DemoStation[] = [
  {
    code: '9901A',
    name: '市监测站',
    regionCode: 629001,
    lon: 102.1925,
    lat: 38.5213,
    mn: '629001AA00000000009901A0',
    password: '901901',
    address: '金河区新华路 18 号市生态环境监测站楼顶',
    since,
  },
  {
    code: '9902A',
    name: '新城公园',
    regionCode: 629001,
    lon: 102.2486,
    lat: 38.5682,
    mn: '629001AA00000000009902A0',
    password: '902902',
    address: '金河区新城公园北门管理房楼顶',
    since,
  },
  {
    code: '9903A',
    name: '冶金东路',
    regionCode: 629001,
    lon: 102.1283,
    lat: 38.4967,
    mn: '629001AA00000000009903A0',
    password: '903903',
    address: '金河区冶金东路 66 号街道办楼顶',
    since,
  },
  {
    code: '9904A',
    name: '金河一中',
    regionCode: 629001,
    lon: 102.2361,
    lat: 38.4838,
    mn: '629001AA00000000009904A0',
    password: '904904',
    address: '金河区育才街 2 号教学楼楼顶',
    since,
  },
  {
    code: '9905A',
    name: '石岭镇',
    regionCode: 629002,
    lon: 102.0774,
    lat: 38.3862,
    mn: '629002AA00000000009905A0',
    password: '905905',
    address: '石岭区石岭镇政府楼顶',
    since,
  },
]

/** Code of the feature that carries the city's values: the built-up area, mean of its assessment points (HJ 663). */
export const AIR_CITY = { code: 'AC629000', name: '祁川市', lon: 102.19, lat: 38.52 } as const

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三'] as const

export interface DemoPeer {
  readonly code: string
  readonly name: string
}

export const peers: readonly DemoPeer[] = numerals.map((numeral, i) => ({
  code: `PC${String(i + 1).padStart(2, '0')}`,
  name: `对标城市${numeral}`,
}))
