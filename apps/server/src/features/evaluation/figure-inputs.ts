import type { FigureInputDay, FigureInputs, FigureRecord } from '@shanshui/contract'
import { type AirItem, airItemInfo, airItems } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/errors.ts'
import { readRecordAs } from '../intake/index.ts'
import { assessmentStationsOf, listPoints, type Point } from '../registry/index.ts'
import { readSeries, type SeriesTable } from '../series/index.ts'
import { type AirDeps, visibleOf } from './air-scope.ts'
import { dateAt } from './air-window.ts'
import { dayMs, dayStartMs, hourMs, isoOf } from './civil-day.ts'
import { valuesOf } from './day-table.ts'
import { requestOf } from './figure.service.ts'
import type { FigureRow } from './figure.table.ts'
import { visibleFigure } from './figure-detail.ts'
import { closureOf, figureEngine } from './figure-engine.ts'
import type { FigureRequest } from './figure-request.ts'
import { loadFigureData } from './load-figure-data.ts'

/** The items that an indicator is calculated from: the one in its name, or all six. */
export function itemsOf(requests: readonly FigureRequest[]): AirItem[] {
  const named = new Set<AirItem>()
  for (const { indicator } of requests) {
    const item = airItems.find((i) => indicator.endsWith(`.${i}`))
    if (item === undefined || indicator.startsWith('air.primary.')) return [...airItems]
    named.add(item)
  }
  return airItems.filter((item) => named.has(item))
}

/** The requests of a figure that read days themselves. */
const readers = (request: FigureRequest): FigureRequest[] => {
  const closure = closureOf([request])
  const needed = closure.filter((r) => closureOf([r]).length === 1)
  return needed.length > 0 ? needed : [...closure]
}

/** The days behind a figure, whether each was used and, if not or not as measured, why. */
export async function figureInputs(deps: AirDeps, actor: Actor, id: number): Promise<FigureInputs> {
  const figure = await visibleFigure(deps, actor, id)
  const request = requestOf(figure)
  const closure = closureOf([request])
  const engine = figureEngine(await loadFigureData(deps.db.pool, closure))
  const sources = readers(request)
  const items = itemsOf(sources)
  const spans = [...new Map(sources.map((s) => [`${s.from}/${s.to}`, s])).values()].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  )
  return {
    figureId: figure.id,
    items,
    digest: figure.digest,
    digestNow: engine.figure(request).digest,
    days: spans.flatMap((span) => daysBehind(span, items, sources, engine)),
  }
}

function daysBehind(
  span: FigureRequest,
  items: readonly AirItem[],
  sources: readonly FigureRequest[],
  engine: ReturnType<typeof figureEngine>,
): FigureInputs['days'] {
  const window = engine.window(span)
  const reasons = new Map<string, string[]>()
  for (const source of sources.filter((s) => s.from === span.from && s.to === span.to)) {
    const named = sources.length > 1 ? `${engine.figure(source).request.indicator.split('.').at(-1)}：` : ''
    for (const { date, reason } of engine.figure(source).basis.exclusions) {
      const known = reasons.get(date) ?? []
      if (!known.some((k) => k.endsWith(reason))) reasons.set(date, [...known, `${named}${reason}`])
    }
  }
  return window.dates.map((date, i) => {
    const values: Record<string, number | null> = {}
    for (const item of items) {
      const value = valuesOf(window.table, span.sand)[item][i] ?? Number.NaN
      values[item] = Number.isNaN(value) ? null : value
    }
    const single = items.length === 1 && items[0] !== undefined ? values[items[0]] !== null : undefined
    const included = single ?? window.aqi()[i]?.aqi !== null
    return {
      pointId: span.subjectId,
      date: dateAt(window, i),
      values,
      included,
      reason: reasons.get(date)?.join('；') ?? null,
    }
  })
}

/** The hours of one day behind a figure, station by station, each with the number of its raw record. */
export async function figureInputDay(
  deps: AirDeps,
  actor: Actor,
  id: number,
  date: string,
): Promise<FigureInputDay> {
  const figure = await visibleFigure(deps, actor, id)
  const sources = readers(requestOf(figure))
  if (!sources.some((s) => date >= s.from && date <= s.to)) {
    throw new AppError('figure.day-outside', { detail: `${date} 不在 ${figure.from} 至 ${figure.to} 内` })
  }
  const behind = await stationsBehind(deps, figure)
  const visible = await visibleOf(deps, actor, behind)
  const stations = behind.filter((station) => visible.has(station.id))
  const items = itemsOf(sources)
  const factors = items.map((item) => airItemInfo[item].code)
  const fromMs = dayStartMs(date)
  const query = { pointIds: stations.map((s) => s.id), fromMs, toMs: fromMs + dayMs, factors }
  const hours = await readSeries(deps.db.pool, { ...query, period: 'hour', includeInvalid: true })
  const days = await readSeries(deps.db.pool, { ...query, period: 'day' })
  return {
    figureId: figure.id,
    date,
    items,
    stations: stations.map(({ id: stationId, name }) => ({
      id: stationId,
      name,
      day: valuesAt(days, days.pointId.indexOf(stationId), items),
      hours: Array.from({ length: 24 }, (_, h) =>
        hourOf(hours, stationId, fromMs + h * hourMs, h + 1, items),
      ),
    })),
  }
}

async function stationsBehind(deps: AirDeps, figure: FigureRow): Promise<Point[]> {
  if (figure.stations !== null) return listPoints(deps.db.pool, { ids: figure.stations })
  const stations = await assessmentStationsOf(deps.db.pool, figure.subjectId)
  return stations.length > 0 ? stations : listPoints(deps.db.pool, { ids: [figure.subjectId] })
}

function hourOf(
  series: SeriesTable,
  pointId: number,
  startMs: number,
  label: number,
  items: readonly AirItem[],
): FigureInputDay['stations'][number]['hours'][number] {
  const row = series.startMs.findIndex((ms, i) => ms === startMs && series.pointId[i] === pointId)
  const msg = row < 0 ? -1n : (series.msg[row] ?? -1n)
  const characters = (of: Map<string, string>) =>
    Object.fromEntries(
      items.map((item) => [item, row < 0 ? ' ' : (of.get(airItemInfo[item].code)?.[row] ?? ' ')]),
    )
  return {
    hour: label,
    at: isoOf(startMs),
    values: valuesAt(series, row, items),
    flags: characters(series.flags),
    marks: characters(series.marks),
    msg: msg > 0n ? String(msg) : null,
  }
}

function valuesAt(
  series: SeriesTable,
  row: number,
  items: readonly AirItem[],
): Record<string, number | null> {
  return Object.fromEntries(
    items.map((item) => {
      const value = row < 0 ? Number.NaN : (series.columns.get(airItemInfo[item].code)?.[row] ?? Number.NaN)
      return [item, Number.isNaN(value) ? null : value]
    }),
  )
}

const mostHexBytes = 4096
const mostTextBytes = 65_536

/**
 * The raw bytes behind a value: the frame, the line of the file, or the decision. Errors: `figure.record-unknown`,
 * `auth.forbidden` when they hold data of points that the actor does not see.
 */
export async function figureRecord(deps: AirDeps, actor: Actor, msg: string): Promise<FigureRecord> {
  const number = BigInt(msg)
  const record = number > 9_223_372_036_854_775_807n ? undefined : await readRecordAs(deps.db, actor, number)
  if (record === undefined) throw new AppError('figure.record-unknown', { detail: `没有记录 ${msg}` })
  const { bytes, kind, source, receivedMs } = record
  return {
    msg,
    kind,
    source,
    receivedAt: isoOf(receivedMs),
    text: decodeText(bytes.subarray(0, mostTextBytes)),
    hex: Buffer.from(bytes.subarray(0, mostHexBytes)).toString('hex'),
    bytes: bytes.length,
  }
}

/** UTF-8 when it is, else GB18030, which reads any bytes. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
