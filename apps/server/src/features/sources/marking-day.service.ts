/** What an enterprise has to mark of one day: stretches that ask for a reason, and those that have one. */
import type { MarkingDay, MarkingStretch } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Outlet } from '../registry/index.ts'
import { dayMs, hourMs, isoOf } from '../series/index.ts'
import { markDeadline } from './exceedance.service.ts'
import { factorName } from './factor-name.ts'
import { hourRows } from './hour.repository.ts'
import { exceeds, multipleOf } from './hour-evaluation.ts'
import { limitsById, outletLayouts } from './limit.repository.ts'
import { inForce, type MarkRow, markRows } from './mark.repository.ts'
import { presentMarks } from './mark.service.ts'
import { deviceFlagTexts } from './mark-item.table.ts'
import { readSettings } from './setting.repository.ts'
import { outletsSeen } from './source.policy.ts'
import { comparableAt, type HourRow, hourState, isAbout, isPollutant, type LimitRow } from './source.table.ts'
import { instantOf } from './source-range.ts'

type DayDeps = Pick<Deps, 'db' | 'clock'>
const mostOutlets = 200

export async function markingDay(
  deps: DayDeps,
  actor: Actor,
  query: { date: string; enterpriseId?: number; outletId?: number },
): Promise<MarkingDay> {
  const fromMs = instantOf(query.date, 'date')
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const settings = await readSettings(trx)
    const { enterpriseId, outletId } = query
    const outlets = (await outletsSeen(trx, { enterpriseId, outletId })).slice(0, mostOutlets)
    const ids = outlets.map((outlet) => outlet.id)
    const graceMs = settings.number('hour.graceMinutes') * 60_000
    const untilMs = Math.min(fromMs + dayMs, Math.floor((nowMs - graceMs) / hourMs) * hourMs)
    const rows = untilMs <= fromMs ? [] : await hourRows(trx, ids, fromMs, untilMs)
    const layouts = await outletLayouts(trx)
    const limits = await limitsById(
      trx,
      rows.flatMap((row) => [...row.limits]),
    )
    const marks = await markRows(trx, { outletIds: ids, fromMs, toMs: fromMs + dayMs })
    const deadlineMs = markDeadline(fromMs, settings)
    const { source, status } = settings.row('mark.deadlineHour')
    const presented = await presentMarks(trx, marks)
    return {
      date: query.date,
      deadline: isoOf(deadlineMs),
      deadlineBasis: { source, status },
      late: nowMs > deadlineMs,
      outlets: outlets.map((outlet) => {
        const own = rows.filter((row) => row.outletId === outlet.id)
        const ownMarks = marks.filter((mark) => mark.outlet_id === outlet.id)
        const facts = { outlet, rows: own, layouts, limits, marks: ownMarks, fromMs, untilMs }
        const stretches = stretchesOf(facts)
        return {
          id: outlet.id,
          name: outlet.name,
          number: outlet.number,
          medium: outlet.medium,
          enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
          factors: outlet.factors.filter(isPollutant),
          stretches,
          marks: presented.filter((mark) => mark.outletId === outlet.id),
          pending: stretches.filter((stretch) => !stretch.marked).length,
        }
      }),
    }
  })
}

interface DayFacts {
  readonly outlet: Outlet
  readonly rows: readonly HourRow[]
  readonly layouts: ReadonlyMap<number, readonly string[]>
  readonly limits: ReadonlyMap<number, LimitRow>
  readonly marks: readonly MarkRow[]
  readonly fromMs: number
  readonly untilMs: number
}

type Ask = Pick<MarkingStretch, 'why' | 'text'> & { multiple: number | null }

/** Consecutive hours that ask for the same reason, by factor; the same stretch of all factors is one. */
function stretchesOf(facts: DayFacts): MarkingStretch[] {
  const byHour = new Map(facts.rows.map((row) => [row.startMs, row]))
  const stretches: MarkingStretch[] = []
  for (const factor of facts.outlet.factors.filter(isPollutant).toSorted()) {
    let open: { fromMs: number; toMs: number; ask: Ask } | undefined
    const close = () => {
      if (open !== undefined) stretches.push(stretchOf(facts, factor, open))
      open = undefined
    }
    for (let ms = facts.fromMs; ms < facts.untilMs; ms += hourMs) {
      const ask = askOf(facts, factor, byHour.get(ms))
      if (ask !== undefined && open !== undefined && open.ask.text === ask.text) {
        open.toMs = ms + hourMs
        if (ask.multiple !== null) open.ask.multiple = Math.max(open.ask.multiple ?? 0, ask.multiple)
        continue
      }
      close()
      if (ask !== undefined) open = { fromMs: ms, toMs: ms + hourMs, ask }
    }
    close()
  }
  return joinFactors(stretches, facts.outlet.factors.filter(isPollutant).length)
}

function askOf(facts: DayFacts, factor: string, row: HourRow | undefined): Ask | undefined {
  const f = row === undefined ? -1 : (facts.layouts.get(row.layoutId)?.indexOf(factor) ?? -1)
  if (row === undefined || f < 0) return { why: 'missing', text: '缺少数据', multiple: null }
  const state = Number(row.states[f])
  const auto = row.auto[f] ?? ' '
  if (auto !== ' ' && auto !== 'T')
    return { why: 'device-flag', text: `设备标记：${deviceFlagTexts[auto] ?? auto}`, multiple: null }
  if (state === hourState.missing) return { why: 'missing', text: '缺少数据', multiple: null }
  if (row.reasons[f] === 'z') return { why: 'zero-flow', text: '流量为零', multiple: null }
  const limit = facts.limits.get(row.limits[f] ?? 0)
  const value = comparableAt(row, f)
  if (limit === undefined || limit.averaging === 'day' || !exceeds(value, limit)) return undefined
  return { why: 'exceeding', text: '超过限值', multiple: multipleOf(value, limit) }
}

function stretchOf(
  facts: DayFacts,
  factor: string,
  open: { fromMs: number; toMs: number; ask: Ask },
): MarkingStretch {
  const { fromMs, toMs, ask } = open
  const covering = facts.marks.filter(
    (mark) =>
      mark.state !== 'withdrawn' &&
      mark.state !== 'rejected' &&
      mark.from_ms < toMs &&
      mark.to_ms > fromMs &&
      isAbout(mark, factor),
  )
  const coveredMs = covering.reduce(
    (sum, mark) => sum + Math.min(mark.to_ms, toMs) - Math.max(mark.from_ms, fromMs),
    0,
  )
  return {
    outletId: facts.outlet.id,
    factor,
    from: isoOf(fromMs),
    to: isoOf(toMs),
    why: ask.why,
    text: `${factorName(factor)}：${ask.text}`,
    maxMultiple: ask.multiple,
    marked: coveredMs >= toMs - fromMs && covering.some((mark) => inForce(mark) || mark.state === 'filed'),
    markIds: covering.map((mark) => mark.id),
  }
}

/** What asks alike for every factor is asked once. */
function joinFactors(stretches: readonly MarkingStretch[], factors: number): MarkingStretch[] {
  const groups = new Map<string, MarkingStretch[]>()
  for (const stretch of stretches) {
    const key = `${stretch.from}/${stretch.to}/${stretch.why}/${stretch.marked}/${stretch.text.split('：').slice(1)}`
    groups.set(key, [...(groups.get(key) ?? []), stretch])
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      if (first === undefined || group.length < factors || factors === 1) return group
      const markIds = [...new Set(group.flatMap((stretch) => stretch.markIds))]
      const text = `各因子：${first.text.split('：').slice(1).join('：')}`
      return [{ ...first, factor: null, text, markIds }]
    })
    .sort((a, b) => a.from.localeCompare(b.from) || (a.factor ?? '').localeCompare(b.factor ?? ''))
}
