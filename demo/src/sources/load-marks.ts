import { shanghaiIso } from '@shanshui/server'
import type { Api } from '../api.ts'
import { HOUR_MS } from '../calendar.ts'
import { integer, stream } from '../chance.ts'
import { operators } from './cast-operators.ts'
import { inTurns, type LoadedSources } from './load-registry.ts'
import { dayMoment } from './story.ts'

export interface MarksOptions {
  readonly source: Api
  /** logins of enterprises by key */
  readonly enterprises: Readonly<Record<string, Api>>
  readonly loaded: LoadedSources
  readonly anchorMs: number
}

interface Ticket {
  readonly outlet: string
  readonly kind: string
  readonly from: readonly [daysAgo: number, clock: number]
  readonly to: readonly [daysAgo: number, clock: number]
  readonly factor?: string
  readonly content: string
}

const tickets: readonly Ticket[] = [
  {
    outlet: 'waste-DA001',
    kind: 'repair',
    from: [5, 9],
    to: [4, 15],
    content: '采样探头加热装置损坏，更换后标定合格，恢复监测',
  },
  {
    outlet: 'paper-DW001',
    kind: 'repair',
    from: [12, 14],
    to: [11, 11],
    content: '化学需氧量分析仪消解单元漏液，更换密封件并核查标样',
  },
  {
    outlet: 'meat-DW001',
    kind: 'repair',
    from: [3, 11],
    to: [2, 19],
    content: '数采仪电源模块烧毁，更换后恢复传输，停电期间数据不可补',
  },
]

/** Marks of working conditions and equipment, and the maintenance ledger. */
export async function loadMarks(options: MarksOptions): Promise<void> {
  const { source, enterprises, loaded, anchorMs } = options
  // a start that was broken off has told this already
  const { items } = await source.get<{ items: unknown[] }>('/sources/maintenance?limit=1')
  if (items.length > 0) return
  const id = outletId(loaded)
  const at = (daysAgo: number, clock: number) => shanghaiIso(dayMoment(anchorMs, daysAgo, clock))
  await source.post('/sources/marks', {
    outletId: id('chp-DA002'),
    item: 'startup',
    from: at(4, 9),
    to: at(4, 16),
    reason: '2 号机组检修后点火启动，企业书面报告',
  })
  // too late: in force only when the bureau accepts it
  await enterprises.smelter?.post('/sources/marks', {
    outletId: id('smelter-DA002'),
    item: 'maintenance',
    factor: 'a21026',
    from: at(3, 10),
    to: at(3, 12),
    reason: '二氧化硫分析仪滤芯更换',
  })
  for (const { outlet, kind, from, to, content, factor } of tickets) {
    await source.post('/sources/maintenance', {
      outletId: id(outlet),
      kind,
      from: at(...from),
      to: at(...to),
      technician: '运维值班',
      company: loaded.outlets.find((each) => each.key === outlet)?.operator,
      content,
      passed: true,
      ...(factor !== undefined && { factor }),
    })
  }
  await loadCalibrations(options)
}

/** Calibrations of every outlet; the company that neglects its work is behind by a quarter. */
async function loadCalibrations({ source, loaded, anchorMs }: MarksOptions): Promise<void> {
  const id = outletId(loaded)
  await inTurns(loaded.outlets, 4, async (outlet) => {
    const draws = stream(outlet.seed, 'calibration')
    const neglected = outlet.operator === operators.hengzhun
    const daysAgo = neglected ? 96 + integer(draws, 0, 20) : 1 + integer(draws, 0, 5)
    const fromMs = dayMoment(anchorMs, daysAgo, 9 + integer(draws, 1, 6))
    await source.post('/sources/maintenance', {
      outletId: id(outlet.key),
      kind: outlet.medium === 'air' ? 'calibration' : 'standard-check',
      factor: outlet.factors[0]?.factor,
      from: shanghaiIso(fromMs),
      to: shanghaiIso(fromMs + HOUR_MS),
      technician: '运维值班',
      company: outlet.operator,
      content: outlet.medium === 'air' ? '零点、量程校准' : '标准样品核查',
      ...(outlet.medium === 'air'
        ? { zeroDriftPercent: integer(draws, 2, 12) / 10, spanDriftPercent: integer(draws, 3, 14) / 10 }
        : { pairs: standardPairs(outlet.factors[0]?.limit ?? 1, draws) }),
    })
  })
}

/** Two standard solutions, at half the limit and at the limit, and what the instrument made of them. */
function standardPairs(limit: number, draws: number): { online: number; reference: number }[] {
  return [0.5, 1].map((share, i) => {
    const reference = Math.round(limit * share * 100) / 100
    return {
      reference,
      online: Math.round(reference * (0.97 + integer(draws, 10 + i, 60) / 1000) * 100) / 100,
    }
  })
}

function outletId(loaded: LoadedSources): (key: string) => number {
  const codes = new Map(loaded.outlets.map((outlet) => [outlet.key, outlet.code]))
  return (key) => loaded.ids.get(codes.get(key) ?? '') ?? 0
}
