/**
 * Station files of hourly air data, line by line: the national layout (`date,hour,type,<station codes>`) and the long
 * layout (`date,hour,site,PM2.5,…`). Only the 1 h values of the six basic items are taken; AQI and running means are
 * derived and known. A line that cannot be read is an error with line, column, value and reason; the others are kept.
 */
import { type FileHeader, fileItems, isDerived, itemOf } from './file-header.ts'
import { type HourLabel, hourStart, parseDay, parseHour, parseMoment } from './file-time.ts'
import { splitLine, type TableLine } from './table-text.ts'

export interface LineError {
  readonly line: number
  readonly column: string
  readonly value: string
  readonly reason: string
  readonly text: string
}

/** Station-hours in columns. `values` holds six numbers a row in the order of {@link fileItems}; NaN = no value. */
export interface StationHours {
  readonly count: number
  /** Index into {@link StationFileParser.codes}. */
  readonly station: Int32Array
  readonly startMs: Float64Array
  /** Which of the six items the file has for this hour, bit i = item i. */
  readonly mask: Uint8Array
  readonly values: Float64Array
  readonly line: Int32Array
}

const items = fileItems.length
const missingTexts = new Set(['', '-', '—', '--', '——', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan'])

/** Not a number: the cell is no value but an error. */
const badCell = Number.NEGATIVE_INFINITY

function readCell(cell: string): number {
  if (cell === '') return Number.NaN
  const value = Number(cell)
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value
  return missingTexts.has(cell) ? Number.NaN : badCell
}

const cellFault = (cell: string): string => (Number(cell) < 0 ? '浓度不能是负数' : '不是数字')

export interface ParserOptions {
  readonly header: FileHeader
  readonly separator: ',' | '\t'
  readonly hourLabel: HourLabel
  /** Index of a station code, or −1 for a code that the registry does not know. */
  stationOf(code: string): number
  onError(error: LineError): void
  onUnknownCode(code: string, line: number): void
  /** Rows a chunk holds. */
  readonly chunkRows?: number
}

/** Push lines, pull chunks. Deterministic: the same file gives the same rows in the same order. */
export class StationFileParser {
  readonly #options: ParserOptions
  readonly #rows: RowBuffer
  readonly #national: NationalGroups | undefined
  readonly #at: { date: number; hour: number; moment: number; site: number; type: number }
  readonly #itemColumns: readonly { column: number; index: number }[]
  readonly #longMask: number
  #lastDayText = ''
  #lastDay: number | undefined

  constructor(options: ParserOptions) {
    this.#options = options
    this.#rows = new RowBuffer(options.chunkRows ?? 20_000)
    const { columns } = options.header
    const at = (role: string) => columns.findIndex((c) => c.role === role)
    this.#at = {
      date: at('date'),
      hour: at('hour'),
      moment: at('moment'),
      site: at('site'),
      type: at('type'),
    }
    this.#itemColumns = columns.flatMap((c, column) =>
      c.role === 'item' ? [{ column, index: fileItems.indexOf(c.item) }] : [],
    )
    this.#longMask = this.#itemColumns.reduce((mask, c) => mask | (1 << c.index), 0)
    if (options.header.layout === 'national') this.#national = new NationalGroups(options, this.#rows)
  }

  /** Reads one line; afterwards take chunks while {@link full}. */
  push(line: number, text: string): void {
    if (text.trim() === '') return
    const cells = splitLine(text, this.#options.separator)
    if (this.#national) this.#pushNational(this.#national, line, text, cells)
    else this.#pushLong({ line, text, cells })
  }

  get full(): boolean {
    return this.#rows.full
  }

  /** Rows read so far, at most one chunk. */
  take(): StationHours {
    return this.#rows.take()
  }

  /** The last rows; call after the last line. */
  finish(): StationHours {
    this.#national?.flush()
    return this.#rows.take()
  }

  #pushLong(row: TableLine): void {
    const startMs = this.#startOf(row)
    if (startMs === undefined) return
    const code = row.cells[this.#at.site] ?? ''
    const station = this.#options.stationOf(code)
    if (station < 0) {
      this.#options.onUnknownCode(code, row.line)
      this.#fail(row, this.#at.site, code === '' ? '没有站点编码' : '站点未登记')
      return
    }
    const slot = this.#rows.reserve()
    for (const { column, index } of this.#itemColumns) {
      const cell = row.cells[column] ?? ''
      const value = readCell(cell)
      if (value === badCell) {
        this.#fail(row, column, cellFault(cell))
        return
      }
      this.#rows.values[slot * items + index] = value
    }
    this.#rows.commit(station, startMs, this.#longMask, row.line)
  }

  #pushNational(groups: NationalGroups, line: number, text: string, cells: readonly string[]): void {
    const type = cells[this.#at.type] ?? ''
    const item = itemOf(type)
    if (item === undefined) {
      if (!isDerived(type)) this.#fail({ line, text, cells }, this.#at.type, '不认识的类型')
      return
    }
    const startMs = this.#startOf({ line, text, cells })
    if (startMs === undefined) return
    if (cells.length > this.#options.header.cells.length) {
      this.#fail({ line, text, cells }, cells.length - 1, '列数比表头多')
      return
    }
    const fault = groups.add(startMs, fileItems.indexOf(item), line, cells)
    if (fault) this.#fail({ line, text, cells }, fault.column, fault.reason)
  }

  #startOf(row: TableLine): number | undefined {
    const { date, hour, moment } = this.#at
    if (moment >= 0) {
      const start = parseMoment(row.cells[moment] ?? '', this.#options.hourLabel)
      if (start === undefined) this.#fail(row, moment, '不是“日期 小时”')
      return start
    }
    const dayText = row.cells[date] ?? ''
    if (dayText !== this.#lastDayText) {
      this.#lastDayText = dayText
      this.#lastDay = parseDay(dayText)
    }
    if (this.#lastDay === undefined) {
      this.#fail(row, date, '不是日期')
      return undefined
    }
    const label = parseHour(row.cells[hour] ?? '', this.#options.hourLabel)
    if (label === undefined) {
      this.#fail(row, hour, this.#options.hourLabel === 'end' ? '小时应为 0 至 24' : '小时应为 0 至 23')
      return undefined
    }
    return hourStart(this.#lastDay, label, this.#options.hourLabel)
  }

  #fail(row: TableLine, column: number, reason: string): void {
    this.#options.onError({
      line: row.line,
      column: this.#options.header.cells[column] ?? `第 ${column + 1} 列`,
      value: row.cells[column] ?? '',
      reason,
      text: row.text,
    })
  }
}

/** Gathers the lines of one hour (one line a type) into rows (one a station). */
class NationalGroups {
  readonly #rows: RowBuffer
  readonly #columns: readonly { column: number; station: number }[]
  readonly #values: Float64Array
  #startMs = Number.NaN
  #mask = 0
  #line = 0

  constructor(options: ParserOptions, rows: RowBuffer) {
    this.#rows = rows
    this.#columns = options.header.columns.flatMap((c, column) => {
      if (c.role !== 'station') return []
      const station = options.stationOf(c.code)
      if (station < 0) options.onUnknownCode(c.code, 1)
      return station < 0 ? [] : [{ column, station }]
    })
    this.#values = new Float64Array(this.#columns.length * items)
  }

  add(
    startMs: number,
    item: number,
    line: number,
    cells: readonly string[],
  ): { column: number; reason: string } | undefined {
    if (startMs !== this.#startMs) this.#begin(startMs, line)
    const bit = 1 << item
    if ((this.#mask & bit) !== 0) return { column: 0, reason: '同一小时同一类型重复' }
    for (let i = 0; i < this.#columns.length; i++) {
      const { column } = this.#columns[i] as { column: number }
      const cell = cells[column] ?? ''
      const value = readCell(cell)
      if (value === badCell) return { column, reason: cellFault(cell) }
      this.#values[i * items + item] = value
    }
    this.#mask |= bit
    return undefined
  }

  flush(): void {
    if (this.#mask === 0) return
    for (let i = 0; i < this.#columns.length; i++) {
      const slot = this.#rows.reserve()
      for (let k = 0; k < items; k++) {
        if ((this.#mask & (1 << k)) !== 0)
          this.#rows.values[slot * items + k] = this.#values[i * items + k] as number
      }
      this.#rows.commit(
        (this.#columns[i] as { station: number }).station,
        this.#startMs,
        this.#mask,
        this.#line,
      )
    }
    this.#mask = 0
  }

  #begin(startMs: number, line: number): void {
    this.flush()
    this.#startMs = startMs
    this.#line = line
  }
}

/** Growable columns. A group of stations may run over the chunk's size: it is never cut. */
class RowBuffer {
  readonly #target: number
  #count = 0
  #capacity: number
  #station: Int32Array
  #startMs: Float64Array
  #mask: Uint8Array
  #line: Int32Array
  values: Float64Array

  constructor(target: number) {
    this.#target = target
    this.#capacity = target + 2048
    this.#station = new Int32Array(this.#capacity)
    this.#startMs = new Float64Array(this.#capacity)
    this.#mask = new Uint8Array(this.#capacity)
    this.#line = new Int32Array(this.#capacity)
    this.values = new Float64Array(this.#capacity * items)
  }

  get full(): boolean {
    return this.#count >= this.#target
  }

  reserve(): number {
    if (this.#count === this.#capacity) this.#grow()
    this.values.fill(Number.NaN, this.#count * items, (this.#count + 1) * items)
    return this.#count
  }

  commit(station: number, startMs: number, mask: number, line: number): void {
    this.#station[this.#count] = station
    this.#startMs[this.#count] = startMs
    this.#mask[this.#count] = mask
    this.#line[this.#count] = line
    this.#count += 1
  }

  take(): StationHours {
    const count = this.#count
    this.#count = 0
    return {
      count,
      station: this.#station.slice(0, count),
      startMs: this.#startMs.slice(0, count),
      mask: this.#mask.slice(0, count),
      values: this.values.slice(0, count * items),
      line: this.#line.slice(0, count),
    }
  }

  #grow(): void {
    this.#capacity *= 2
    const wider = <T extends Int32Array | Float64Array | Uint8Array>(made: T, old: T): T => {
      made.set(old)
      return made
    }
    this.#station = wider(new Int32Array(this.#capacity), this.#station)
    this.#startMs = wider(new Float64Array(this.#capacity), this.#startMs)
    this.#mask = wider(new Uint8Array(this.#capacity), this.#mask)
    this.#line = wider(new Int32Array(this.#capacity), this.#line)
    this.values = wider(new Float64Array(this.#capacity * items), this.values)
  }
}
