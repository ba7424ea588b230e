import type { ReductionType } from '@shanshui/contract'

/** A reduction project of the cast: what it did, with the inputs of its formula by pollutant. All invented. */
export interface CastProject {
  readonly code: string
  readonly name: string
  readonly type: ReductionType
  /** enterprise of the cast */
  readonly enterprise: string
  readonly facility: string
  readonly completedOn: string
  readonly before: string
  readonly after: string
  readonly claims: readonly {
    readonly pollutant: string
    readonly inputs: Readonly<Record<string, number>>
  }[]
}

/** Targets handed down by the province for 2022, t, by county. */
export const targets2022: readonly {
  readonly regionCode: number
  readonly tonnes: Readonly<Record<string, number>>
}[] = [
  { regionCode: 629000, tonnes: { SO2: 680, NOx: 1770, COD: 1120, 'NH3-N': 190 } },
  { regionCode: 629001, tonnes: { SO2: 520, NOx: 980, COD: 430, 'NH3-N': 100 } },
  { regionCode: 629002, tonnes: { SO2: 130, NOx: 780, COD: 95, 'NH3-N': 16 } },
  { regionCode: 629021, tonnes: { SO2: 30, NOx: 10, COD: 595, 'NH3-N': 74 } },
]

const auto = (concentrationBefore: number, concentrationAfter: number, flow: number, hours: number) => ({
  concentrationBefore,
  concentrationAfter,
  flow,
  hours,
})

export const projects2022: readonly CastProject[] = [
  {
    code: 'QC2022-001',
    name: '祁川钢铁 1 号烧结机烟气超低排放改造',
    type: 'retrofit-auto',
    enterprise: 'steel',
    facility: '1 号烧结机',
    completedOn: '2021-12-20',
    before: '石灰石膏法脱硫',
    after: '循环流化床脱硫+SCR 脱硝',
    claims: [
      { pollutant: 'SO2', inputs: auto(122, 33, 812_000, 7860) },
      { pollutant: 'NOx', inputs: auto(206, 47, 812_000, 7860) },
    ],
  },
  {
    code: 'QC2022-002',
    name: '石岭水泥 1 号窑深度脱硝',
    type: 'retrofit-auto',
    enterprise: 'cement',
    facility: '1 号窑',
    completedOn: '2021-11-30',
    before: 'SNCR',
    after: 'SNCR+SCR',
    claims: [{ pollutant: 'NOx', inputs: auto(312, 48, 458_000, 6720) }],
  },
  {
    code: 'QC2022-003',
    name: '石岭铅锌制酸尾气脱硫提标',
    type: 'retrofit-auto',
    enterprise: 'lead',
    facility: '沸腾炉制酸',
    completedOn: '2021-12-05',
    before: '两转两吸',
    after: '两转两吸+离子液脱硫',
    claims: [{ pollutant: 'SO2', inputs: auto(376, 190, 102_000, 7600) }],
  },
  {
    code: 'QC2022-004',
    name: '禾川淀粉燃煤锅炉清洁能源替代',
    type: 'fuel-switch',
    enterprise: 'starch',
    facility: '20 t/h 锅炉',
    completedOn: '2021-10-28',
    before: '燃煤链条炉',
    after: '天然气锅炉',
    claims: [
      { pollutant: 'SO2', inputs: { coalReplaced: 4600, efCoal: 7.4, gas: 270, efGas: 0.4, months: 12 } },
      { pollutant: 'NOx', inputs: { coalReplaced: 4600, efCoal: 2.94, gas: 270, efGas: 9.36, months: 12 } },
    ],
  },
  {
    code: 'QC2022-005',
    name: '金河第一污水处理厂提标改造',
    type: 'sewage-upgrade',
    enterprise: 'sewage1',
    facility: '一期',
    completedOn: '2021-12-31',
    before: '一级B',
    after: '一级A',
    claims: [
      {
        pollutant: 'COD',
        inputs: { volume: 80_500, concentrationBefore: 47.6, concentrationAfter: 31.8, days: 365 },
      },
      {
        pollutant: 'NH3-N',
        inputs: { volume: 80_500, concentrationBefore: 6.1, concentrationAfter: 2.3, days: 365 },
      },
    ],
  },
  {
    code: 'QC2022-006',
    name: '石岭化肥废水深度治理',
    type: 'industrial-water',
    enterprise: 'fertiliser',
    facility: '废水处理站',
    completedOn: '2021-12-12',
    before: '混凝+好氧',
    after: '混凝+A/O+臭氧催化氧化',
    claims: [
      {
        pollutant: 'COD',
        inputs: { annualVolume: 2_640_000, concentrationBefore: 95, concentrationAfter: 56, months: 12 },
      },
      {
        pollutant: 'NH3-N',
        inputs: { annualVolume: 2_640_000, concentrationBefore: 16, concentrationAfter: 9.2, months: 12 },
      },
    ],
  },
  {
    code: 'QC2022-007',
    name: '禾川县城污水处理厂扩容',
    type: 'sewage-new',
    enterprise: 'hechuansewage',
    facility: '二期',
    completedOn: '2022-02-26',
    before: '1 万 m³/d',
    after: '1.8 万 m³/d',
    claims: [
      {
        pollutant: 'COD',
        inputs: { volumeAdded: 7800, concentrationIn: 322, concentrationOut: 41, days: 305 },
      },
      {
        pollutant: 'NH3-N',
        inputs: { volumeAdded: 7800, concentrationIn: 38.6, concentrationOut: 4.3, days: 305 },
      },
    ],
  },
]
