/** Hours and days of one outlet as pages show them; one hour with how it came about and its raw messages. */
import type { LimitChoice, OutletHourColumns, OutletHourDetail } from '@shanshui/contract'
import { hourStates } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { readRecord } from '../intake/index.ts'
import { type Outlet, permitOf } from '../registry/index.ts'
import { dateOf, hourMs, isoOf, isoTimes, listOf, startOf } from '../series/index.ts'
import { factorName, factorUnit } from './factor-name.ts'
import { hourRevisions, hourRows } from './hour.repository.ts'
import { exceeds, multipleOf } from './hour-evaluation.ts'
import { hourTrace } from './hour-trace.ts'
import { limitsById, outletLayouts } from './limit.repository.ts'
import { inForce, markRows } from './mark.repository.ts'
import { deviceFlagTexts, markItem } from './mark-item.table.ts'
import { messagesOfHour, validMinutesOf } from './message.repository.ts'
import { conversionOf } from './outlet-context.ts'
import { visibleOutlet } from './source.policy.ts'
import {
  factorValues,
  type HourReasonChar,
  type HourRow,
  headValues,
  hourReasons,
  hourState,
  isAbout,
  isPollutant,
  type LimitRow,
  valueAt,
} from './source.table.ts'
import { instantOf, orNull, rangeOf } from './source-range.ts'

type ViewDeps = Pick<Deps, 'db' | 'clock'>
const longestHourDays = 92
const stateChars = ['-', 'V', 'I', 'F', 'E']

export const presentLimit = (row: LimitRow): LimitChoice => ({
  value: row.value,
  min: row.min,
  unit: row.unit,
  averaging: row.averaging,
  source: row.source,
  clause: row.clause,
  why: row.why,
  status: row.status,
})

const reasonText = (char: string) => hourReasons[char as HourReasonChar] ?? { code: char, zh: char }

export async function outletHourColumns(
  deps: ViewDeps,
  actor: Actor,
  id: number,
  query: { from: string; to: string; factors?: string },
): Promise<OutletHourColumns> {
  const { fromMs, toMs } = rangeOf(query.from, query.to, longestHourDays)
  return deps.db.asActor(actor, async (trx) => {
    const outlet = await visibleOutlet(trx, id)
    const wanted = listOf(query.factors) ?? outlet.factors.filter(isPollutant).toSorted()
    const first = startOf('hour', fromMs)
    // hours that are still to come are no gap
    const lastMs = Math.min(toMs, startOf('hour', deps.clock.now()) + hourMs)
    const rows = lastMs <= first ? [] : await hourRows(trx, [id], first, lastMs)
    const layouts = await outletLayouts(trx)
    const limits = await limitsById(
      trx,
      rows.flatMap((row) => [...row.limits]),
    )
    const count = Math.max(0, Math.ceil((lastMs - first) / hourMs))
    const byHour: (HourRow | undefined)[] = new Array(count).fill(undefined)
    for (const row of rows) byHour[(row.startMs - first) / hourMs] = row
    const head = (at: number) => byHour.map((row) => orNull(row?.vals[at]))
    return {
      outletId: id,
      times: isoTimes(
        Float64Array.from({ length: count }, (_, i) => first + i * hourMs),
        count,
      ),
      o2: head(0),
      flow: head(1),
      load: head(2),
      factors: wanted.map((factor) => factorColumns(factor, byHour, layouts, limits)),
      reasons: Object.fromEntries(Object.values(hourReasons).map(({ code, zh }) => [code, zh])),
    }
  })
}

function factorColumns(
  factor: string,
  byHour: readonly (HourRow | undefined)[],
  layouts: ReadonlyMap<number, readonly string[]>,
  limits: ReadonlyMap<number, LimitRow>,
): OutletHourColumns['factors'][number] {
  const places = byHour.map((row) =>
    row === undefined ? -1 : (layouts.get(row.layoutId)?.indexOf(factor) ?? -1),
  )
  const column = (value: number) =>
    byHour.map((row, i) => {
      const f = places[i] as number
      return f < 0 ? null : orNull(row?.vals[headValues + f * factorValues + value])
    })
  const chars = (pick: (row: HourRow) => string, none: string) =>
    byHour.map((row, i) => {
      const f = places[i] as number
      return row === undefined || f < 0 ? none : (pick(row)[f] ?? none)
    })
  const used: LimitRow[] = []
  const limitIndex = byHour.map((row, i) => {
    const limit = limits.get(row?.limits[places[i] as number] ?? 0)
    if (limit === undefined) return -1
    if (!used.includes(limit)) used.push(limit)
    return used.indexOf(limit)
  })
  const measured = column(valueAt.measured)
  const converted = column(valueAt.converted)
  const states = chars((row) => row.states, '0')
  const auto = chars((row) => row.auto, ' ')
  const manual = chars((row) => row.manual, ' ')
  return {
    factor,
    name: factorName(factor),
    unit: used[0]?.unit ?? factorUnit(factor),
    measured,
    reported: column(valueAt.reported),
    converted,
    massKg: column(valueAt.massKg),
    limit: column(valueAt.limit),
    limits: used.map(presentLimit),
    limitIndex,
    state: states.map((state) => stateChars[Number(state)] ?? '-').join(''),
    reason: chars((row) => row.reasons, '-').map((char) => reasonText(char).code),
    marks: manual.map((char, i) => (char === ' ' ? auto[i] : char)).join(''),
    autoMarks: auto.join(''),
    manualMarks: manual.join(''),
    exceeded: byHour.map((_, i) => {
      const limit = used[limitIndex[i] as number]
      const value = converted[i] ?? measured[i] ?? null
      if (limit === undefined || limit.averaging === 'day' || value === null) return false
      return Number(states[i]) === hourState.valid && exceeds(value, limit)
    }),
  }
}

/** One hour and factor. @throws `source.outlet-unknown`, `source.hour-unknown` */
export async function outletHourDetail(
  deps: ViewDeps,
  actor: Actor,
  id: number,
  query: { hour: string; factor: string },
): Promise<OutletHourDetail> {
  const startMs = startOf('hour', instantOf(query.hour, 'hour'))
  return deps.db.asActor(actor, async (trx) => {
    const outlet = await visibleOutlet(trx, id)
    const [row] = await hourRows(trx, [id], startMs, startMs + hourMs)
    const layouts = await outletLayouts(trx)
    const f = row === undefined ? -1 : (layouts.get(row.layoutId)?.indexOf(query.factor) ?? -1)
    if (row === undefined || f < 0)
      throw new AppError('source.hour-unknown', { detail: `${query.hour} ${query.factor}` })
    return detailOf(trx, deps, actor, outlet, row, query.factor, f, layouts)
  })
}

async function detailOf(
  q: Queryable,
  deps: ViewDeps,
  actor: Actor,
  outlet: Outlet,
  row: HourRow,
  factor: string,
  f: number,
  layouts: ReadonlyMap<number, readonly string[]>,
): Promise<OutletHourDetail> {
  const at = headValues + f * factorValues
  const value = (index: number) => orNull(row.vals[at + index])
  const limit = (await limitsById(q, row.limits)).get(row.limits[f] ?? 0)
  const endMs = row.startMs + hourMs
  const permit = await permitOf(q, outlet.enterprise.code, dateOf(row.startMs))
  const conversion = conversionOf(outlet, permit)
  const marks = (await markRows(q, { outletIds: [row.outletId], fromMs: row.startMs, toMs: endMs })).filter(
    (mark) => inForce(mark) && isAbout(mark, factor),
  )
  const msgs = await messagesOfHour(q, row.outletId, row.startMs, row.methods[f] === 'm' ? 'm' : 'h')
  const judged = value(valueAt.converted) ?? value(valueAt.measured)
  const validMinutes =
    row.methods[f] === 'm' ? await validMinutesOf(q, row.outletId, row.startMs, factor) : null
  const auto = row.auto[f] ?? ' '
  const over = limit !== undefined && judged !== null && exceeds(judged, limit)
  return {
    outletId: row.outletId,
    factor,
    hour: isoOf(row.startMs),
    value: judged,
    measured: value(valueAt.measured),
    reported: value(valueAt.reported),
    converted: value(valueAt.converted),
    o2: orNull(row.vals[0]),
    flow: orNull(row.vals[1]),
    load: orNull(row.vals[2]),
    massKg: value(valueAt.massKg),
    state: hourStates[Number(row.states[f])] ?? 'missing',
    reason: reasonText(row.reasons[f] ?? ' ').code,
    reasonText: reasonText(row.reasons[f] ?? ' ').zh,
    method: row.methods[f] === 'm' ? 'minutes' : row.methods[f] === 'h' ? 'hour-frame' : 'none',
    validMinutes,
    limit: limit === undefined ? null : presentLimit(limit),
    multiple: over ? orNull(multipleOf(judged, limit)) : null,
    trace: hourTrace({ row, f, factor, limit, outlet, conversion, validMinutes }),
    marks: [
      ...(auto === ' '
        ? []
        : [
            {
              id: '',
              origin: 'auto' as const,
              item: auto,
              text: `设备标记：${deviceFlagTexts[auto] ?? auto}`,
            },
          ]),
      ...marks.map((mark) => ({
        id: mark.id,
        origin: 'manual' as const,
        item: mark.item,
        text: `${markItem(mark.item)?.name.zh ?? mark.item}：${mark.reason}`,
      })),
    ],
    messages: await rawMessages(deps, actor, msgs),
    msgs: msgs.map(String),
    revisions: (await hourRevisions(q, row.outletId, row.startMs)).map((old) => {
      const place = layouts.get(old.layout)?.indexOf(factor) ?? -1
      const was = (index: number) =>
        place < 0 ? null : orNull(old.vals[headValues + place * factorValues + index])
      return {
        replacedAt: isoOf(old.replaced_ms),
        why: old.why,
        measured: was(valueAt.measured),
        converted: was(valueAt.converted),
        massKg: was(valueAt.massKg),
        limit: was(valueAt.limit),
        state: hourStates[Number(old.states[place] ?? 0)] ?? 'missing',
      }
    }),
  }
}

const mostMessages = 70

/** Raw text of the messages, for those who may read the journal. The journal itself knows no owner. */
async function rawMessages(
  deps: ViewDeps,
  actor: Actor,
  msgs: readonly bigint[],
): Promise<OutletHourDetail['messages']> {
  if (!actor.permissions.has('journal:read')) return []
  const messages: OutletHourDetail['messages'] = []
  for (const msg of msgs.slice(0, mostMessages)) {
    const record = await readRecord(deps.db.pool, msg)
    if (record === undefined || record.kind !== 'frames') continue
    const text = Buffer.from(record.bytes).toString('latin1')
    messages.push({ msg: String(msg), receivedAt: isoOf(record.receivedMs), text })
  }
  return messages
}
