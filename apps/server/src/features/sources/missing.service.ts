/** Exactly one reason for every hour that an outlet's data are missing: what intake knows, and what was marked. */
import type { SourceMissingHours } from '@shanshui/contract'
import { markedMinutes } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { hourReasonTexts, missingHours } from '../intake/index.ts'
import { hourMs, isoOf, readSeries, startOf } from '../series/index.ts'
import { marksInForce } from './mark.repository.ts'
import { markItem, markItems } from './mark-item.table.ts'
import { outletsSeen } from './source.policy.ts'
import { bearableMinutes, isPollutant, type MarkInForce } from './source.table.ts'
import { instantOf } from './source-range.ts'

type GridDeps = Pick<Deps, 'db' | 'clock'>

/** Who has to act. */
const partyOf: Readonly<Record<string, string>> = {
  complete: '',
  'not-yet-due': '',
  'not-in-operation': '',
  'planned-stop': '',
  'device-stopped': '企业',
  'device-maintenance': '运维单位',
  'device-fault': '运维单位',
  'device-calibrating': '运维单位',
  'device-link': '运维单位',
  'device-no-value': '运维单位',
  'time-rejected': '运维单位',
  quarantined: '平台',
  'platform-down': '平台',
  'never-connected': '企业',
  'link-down': '链路',
  'not-sent': '运维单位',
  'no-file': '企业',
}

const legend = [
  ...Object.entries(hourReasonTexts).map(([code, text]) => ({
    code,
    text: code === 'complete' ? '各因子齐全' : text.replace('站点', '排放口'),
    party: partyOf[code] ?? '',
  })),
  ...markItems.map((item) => ({
    code: `marked-${item.item}`,
    text: `已标记：${item.name.zh}`,
    party: item.kind === 'equipment' ? '运维单位' : '企业',
  })),
]
const indexOf = new Map(legend.map(({ code }, i) => [code, i]))
/** Nothing is expected then, or nothing is missing: a mark explains nothing more. */
const settled = new Set(['complete', 'not-yet-due', 'not-in-operation', 'planned-stop'])

export async function missingOutletHours(
  deps: GridDeps,
  actor: Actor,
  query: { from: string; hours?: number; outletId?: number; enterpriseId?: number },
): Promise<SourceMissingHours> {
  const fromMs = startOf('hour', instantOf(query.from, 'from'))
  const hours = query.hours ?? 72
  return deps.db.asActor(actor, async (trx) => {
    const outlets = await outletsSeen(trx, query)
    const factorsOf = new Map(outlets.map((outlet) => [outlet.id, outlet.factors.filter(isPollutant)]))
    const grid = await missingHours(
      trx,
      { readSeries },
      { fromMs, hours, nowMs: deps.clock.now(), others: { kind: 'outlet', factorsOf } },
    )
    const marks = await marksInForce(trx, [...factorsOf.keys()], fromMs, fromMs + hours * hourMs)
    return {
      from: isoOf(fromMs),
      hours,
      reasons: legend,
      outlets: outlets.map((outlet) => {
        const rows = grid.stations.filter((station) => station.pointId === outlet.id)
        const own = marks.filter((mark) => mark.outletId === outlet.id)
        const marked = markedReasons(own, fromMs, hours)
        const first = rows[0]
        return {
          outletId: outlet.id,
          outletName: outlet.name,
          enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
          cells: Array.from({ length: hours }, (_, i) => {
            const known = rows.map((row) => row.reasons[i] ?? 'not-sent')
            // of several devices the one that ever reported speaks
            const reason = known.find((one) => one !== 'never-connected') ?? known[0] ?? 'never-connected'
            const code = settled.has(reason) ? reason : (marked[i] ?? reason)
            return indexOf.get(code) ?? 0
          }),
          missingFactors: first?.missingItems ?? new Array(hours).fill(outlet.factors.length),
        }
      }),
    }
  })
}

/** The mark that explains an hour: the one that covers most of it, if it covers more than an hour can lose. */
function markedReasons(marks: readonly MarkInForce[], fromMs: number, hours: number): (string | undefined)[] {
  const reasons: (string | undefined)[] = new Array(hours).fill(undefined)
  const most = new Uint8Array(hours).fill(bearableMinutes)
  const minutes = new Uint8Array(hours)
  for (const mark of marks) {
    if (markItem(mark.item) === undefined) continue
    markedMinutes(minutes, fromMs, [mark])
    for (let i = 0; i < hours; i++) {
      if ((minutes[i] as number) <= (most[i] as number)) continue
      most[i] = minutes[i] as number
      reasons[i] = `marked-${mark.item}`
    }
  }
  return reasons
}
