import type { Target } from '@shanshui/contract'
import type { Api } from './api.ts'

interface DemoTarget {
  readonly indicator: string
  readonly title: string
  readonly comparison: '<=' | '>='
  readonly reach: number
}

const SOURCE = '演示数据：祁川市年度生态环境保护目标（虚构）'

const of2022: readonly DemoTarget[] = [
  { indicator: 'air.mean.pm25', title: 'PM2.5 年均浓度', comparison: '<=', reach: 21 },
  { indicator: 'air.mean.pm10', title: 'PM10 年均浓度', comparison: '<=', reach: 63 },
  { indicator: 'air.excellent.ratio', title: '优良天数比例', comparison: '>=', reach: 87 },
]

const ahead: readonly DemoTarget[] = [
  { indicator: 'air.mean.pm25', title: 'PM2.5 年均浓度', comparison: '<=', reach: 18 },
  { indicator: 'air.mean.pm10', title: 'PM10 年均浓度', comparison: '<=', reach: 54 },
  { indicator: 'air.excellent.ratio', title: '优良天数比例', comparison: '>=', reach: 88 },
  { indicator: 'air.heavy.days', title: '重度及以上污染天数', comparison: '<=', reach: 10 },
  { indicator: 'air.index', title: '综合指数', comparison: '<=', reach: 3.2 },
]

/** Targets of 2022 and of the running year, plausible and labelled as invented. By the director. */
export async function loadTargets(director: Api, cityId: number, thisYear: number): Promise<void> {
  for (const [year, targets] of [
    [2022, of2022],
    [thisYear, ahead],
  ] as const) {
    const { items } = await director.get<{ items: Target[] }>(`/targets?year=${year}`)
    const known = new Set(items.map((target) => target.indicator))
    for (const target of targets) {
      if (known.has(target.indicator)) continue
      await director.post('/targets', { ...target, subjectId: cityId, year, source: SOURCE })
    }
  }
}
