/** From a file in the journal to observations, chunk by chunk; the same code for an import and for a replay of it. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { fileFactors } from './file-header.ts'
import { findAirHeader, findPeerHeader, type ImportSource } from './import-source.ts'
import { type PeerRow, readPeerLine } from './peer-file.ts'
import { writePeerIndex } from './peer-index.repository.ts'
import type { Cause, ObservationRow, ValueWriter, WriteResult } from './series-door.ts'
import { writeInRounds } from './series-door.ts'
import { type LineError, StationFileParser, type StationHours } from './station-file.ts'
import { splitLine } from './table-text.ts'

/** A place that a code of the file stands for. */
export interface Target {
  readonly id: number
  readonly regionCode: number
  readonly ownerId: number
}
export type Targets = ReadonlyMap<string, Target>

export interface Piece<T> {
  readonly content: T
  readonly rows: number
  /** Last line read. */
  readonly line: number
  readonly errors: readonly LineError[]
  readonly unknown: readonly string[]
}

/** A file of nothing but bad lines must not gather in memory. */
const errorsPerPiece = 5_000

export interface AirReading {
  readonly layout: string
  readonly headerLine: string
  pieces(): Generator<Piece<StationHours>>
  readonly targetOf: (station: number) => Target
}

/** Opens an air file. Deterministic: same file, targets and chunk size give the same pieces. */
export function readAir(source: ImportSource, targets: Targets, chunkRows: number): AirReading {
  const { header, line: headerAt } = findAirHeader(source)
  const known = [...targets.values()]
  const indexes = new Map([...targets.keys()].map((code, i) => [code, i]))
  return {
    layout: header.layout === 'national' ? '国家原始格式' : '长格式',
    headerLine: header.cells.join(source.separator),
    targetOf: (station) => known[station] as Target,
    *pieces() {
      let errors: LineError[] = []
      const unknown = new Set<string>()
      const parser = new StationFileParser({
        header,
        separator: source.separator,
        hourLabel: source.card.hourLabel,
        chunkRows,
        stationOf: (code) => indexes.get(code) ?? -1,
        onError: (error) => errors.push(error),
        onUnknownCode: (code) => unknown.add(code),
      })
      const piece = (content: StationHours, line: number): Piece<StationHours> => {
        const made = { content, rows: content.count, line, errors, unknown: [...unknown] }
        errors = []
        return made
      }
      let last = 0
      for (const { line, text } of source.lines()) {
        last = line
        if (line <= headerAt) continue
        parser.push(line, text)
        if (parser.full || errors.length >= errorsPerPiece) yield piece(parser.take(), line)
      }
      yield piece(parser.finish(), last)
    },
  }
}

const allItems = 63
/** Flags of a row by which of its six values are there: N has a value, space has none. */
const flagTexts = new Map<number, string>()

function flagsOf(values: Float64Array): string {
  let bits = 1 << values.length
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) bits |= 1 << i
  let text = flagTexts.get(bits)
  if (text === undefined) {
    text = Array.from(values, (v) => (Number.isNaN(v) ? ' ' : 'N')).join('')
    flagTexts.set(bits, text)
  }
  return text
}

const factorsOf = (mask: number): string[] => fileFactors.filter((_, i) => (mask & (1 << i)) !== 0)

/** Writes one piece of station-hours in the caller's transaction. */
export async function applyAir(
  trx: Trx,
  writer: ValueWriter,
  source: ImportSource,
  reading: Pick<AirReading, 'targetOf'>,
  hours: StationHours,
  cause: Cause,
): Promise<WriteResult> {
  const layouts = new Map<number, number>()
  for (const mask of new Set(hours.mask)) layouts.set(mask, await writer.internLayout(trx, factorsOf(mask)))
  const rows: ObservationRow[] = []
  for (let i = 0; i < hours.count; i++) {
    const mask = hours.mask[i] as number
    const all = hours.values.subarray(i * 6, i * 6 + 6)
    const values = mask === allItems ? all : all.filter((_, k) => (mask & (1 << k)) !== 0)
    const target = reading.targetOf(hours.station[i] as number)
    rows.push({
      pointId: target.id,
      regionCode: target.regionCode,
      ownerId: target.ownerId,
      startMs: hours.startMs[i] as number,
      layoutId: layouts.get(mask) as number,
      values,
      flags: flagsOf(values),
      msg: source.msgOfLine(hours.line[i] as number),
    })
  }
  return await writeInRounds(writer, trx, 'hour', rows, cause)
}

export interface PeerReading {
  readonly layout: string
  readonly headerLine: string
  pieces(): Generator<Piece<readonly PeerRow[]>>
}

/** Opens a file of published indexes. Cities by code or name. */
export function readPeers(source: ImportSource, targets: Targets, chunkRows: number): PeerReading {
  const { header, line: headerAt } = findPeerHeader(source)
  return {
    layout: '对标城市综合指数',
    headerLine: header.cells.join(source.separator),
    *pieces() {
      let rows: PeerRow[] = []
      let errors: LineError[] = []
      const unknown = new Set<string>()
      let last = 0
      for (const { line, text } of source.lines()) {
        last = line
        if (line <= headerAt || text.trim() === '') continue
        const row = readPeerLine(header, { line, text, cells: splitLine(text, source.separator) })
        if ('reason' in row) errors.push(row)
        else if (targets.has(row.city)) rows.push(row)
        else {
          unknown.add(row.city)
          const column = header.cells[header.columns.indexOf('city')] ?? ''
          errors.push({ line, column, value: row.city, reason: '城市未登记为对标城市', text })
        }
        if (rows.length < chunkRows && errors.length < errorsPerPiece) continue
        yield { content: rows, rows: rows.length, line, errors, unknown: [...unknown] }
        rows = []
        errors = []
      }
      yield { content: rows, rows: rows.length, line: last, errors, unknown: [...unknown] }
    },
  }
}

export async function applyPeers(
  trx: Trx,
  source: ImportSource,
  targets: Targets,
  rows: readonly PeerRow[],
  atMs: number,
): Promise<WriteResult> {
  const total = { inserted: 0, revised: 0, unchanged: 0 }
  for (const row of rows) {
    const city = targets.get(row.city)
    if (city === undefined) continue
    const msg = source.msgOfLine(row.line)
    const outcome = await writePeerIndex(
      trx,
      { cityId: city.id, from: row.period.from, to: row.period.to, values: row.values, msg },
      atMs,
    )
    total[outcome] += 1
  }
  return total
}

/** Which code of a file is which point: fixed at the start of an import, so that a resumed or replayed one reads the same. */
export type TargetTable = Readonly<Record<string, readonly [id: number, regionCode: number, ownerId: number]>>

export function targetsFrom(table: TargetTable): Targets {
  return new Map(
    Object.entries(table).map(([code, [id, regionCode, ownerId]]) => [code, { id, regionCode, ownerId }]),
  )
}

export type PointLister = (
  q: Queryable,
  kind: 'air-station' | 'peer-city',
) => Promise<readonly { code: string; names: readonly string[]; target: Target }[]>
