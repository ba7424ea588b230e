import type { Readable } from 'node:stream'
import { NUMBER } from '../evaluate/cells.ts'
import { cellsOf } from '../evaluate/csv-records.ts'
import { type HourStyle, readHour } from './hours.ts'

/** One line of the input as the scan needs it. Empty numbers are NaN. */
export interface Row {
  outlet: string
  medium: 'air' | 'water' | undefined
  hourMs: number
  parameter: string
  value: number
  converted: number
  o2: number
  flow: number
  load: number
  mark: string
  limit: number
  range: number
}

export interface Fault {
  readonly line: number
  readonly column: string
  readonly value: string
  readonly reason: string
}

/** The header is missing or lacks a column without which nothing can be scanned. */
export class HeaderError extends Error {}

/** The columns of numbers. */
export const NUMBERS = ['value', 'converted', 'o2', 'flow', 'load', 'limit', 'range'] as const
const NEEDED = ['outlet', 'hour', 'parameter', 'value'] as const
/** What files write for "not available" besides nothing. */
const EMPTY = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '-', '--'])
/** Limits of pH are a span; the upper end is kept. */
const SPAN = /^(\d+\.?\d*)\s*[-~～—]\s*(\d+\.?\d*)$/

const MEDIA: Readonly<Record<string, 'air' | 'water'>> = {
  air: 'air',
  gas: 'air',
  废气: 'air',
  气: 'air',
  大气: 'air',
  water: 'water',
  废水: 'water',
  水: 'water',
  污水: 'water',
}

/** Bytes: a file without line ends must neither fill the memory nor be searched again with every piece of it. */
const MOST_LINE = 65_536
/** So much of a bad cell or line is told. */
const MOST_QUOTED = 200

/** Hours repeat for every parameter and outlet: each text is read once. */
const MOST_KNOWN = 400_000

/** Reads the lines of a CSV stream; texts may be UTF-8 (with or without mark) or GB18030, decided text by text. */
export class RowReader {
  readonly #onFault: (fault: Fault) => void
  readonly #texts = new Map<string, string>()
  readonly #hours = new Map<string, number>()
  #columns: Record<string, number> = {}
  #width = 0
  /** how the hours of the input are written */
  style: HourStyle | undefined

  constructor(onFault: (fault: Fault) => void) {
    this.#onFault = onFault
  }

  /** Calls `onRow` for every good line; the row object is reused. A promise it gives back is waited for. */
  async read(input: Readable, onRow: (row: Row) => Promise<void> | undefined): Promise<void> {
    let rest = ''
    let line = 0
    let skipping = false
    const take = (text: string): Promise<void> | undefined => {
      line++
      if (line === 1) {
        this.#header(text)
        return undefined
      }
      if (text === '' || text === '\r') return undefined
      const row = this.#row(text.endsWith('\r') ? text.slice(0, -1) : text, line)
      return row === undefined ? undefined : onRow(row)
    }
    for await (const chunk of input as AsyncIterable<Buffer>) {
      // bytes as characters: commas, quotes and line ends are single bytes in UTF-8 and in GB18030 alike
      let piece = chunk.toString('latin1')
      if (skipping) {
        const end = piece.indexOf('\n')
        if (end < 0) continue
        piece = piece.slice(end + 1)
        skipping = false
      }
      const lines = (rest + piece).split('\n')
      rest = lines.pop() ?? ''
      for (const text of lines) {
        const waiting = take(text)
        // millions of lines: waiting only where there is something to wait for
        if (waiting !== undefined) await waiting
      }
      if (rest.length <= MOST_LINE) continue
      line++
      if (line === 1) throw new HeaderError(`第 1 行长于 ${MOST_LINE} 字节，不是表头`)
      this.#bad(line, '', rest, `长于 ${MOST_LINE} 字节，已跳过`)
      rest = ''
      skipping = true
    }
    if (rest !== '') await take(rest)
    if (line === 0) throw new HeaderError('输入是空的：第一行应为表头 outlet,medium,hour,parameter,value,…')
  }

  #header(text: string): void {
    const cells = cellsOf(text.replace(/^\xEF\xBB\xBF/, '').replace(/\r$/, '')) ?? []
    this.#columns = Object.fromEntries(cells.map((cell, i) => [this.#text(cell).trim().toLowerCase(), i]))
    this.#width = cells.length
    const missing = NEEDED.filter((name) => this.#columns[name] === undefined)
    if (missing.length > 0)
      throw new HeaderError(
        `表头缺少 ${missing.join('、')}；应有 outlet,medium,hour,parameter,value,converted,o2,flow,load,mark,limit,range`,
      )
  }

  readonly #reused: Row = {
    outlet: '',
    medium: undefined,
    hourMs: 0,
    parameter: '',
    value: Number.NaN,
    converted: Number.NaN,
    o2: Number.NaN,
    flow: Number.NaN,
    load: Number.NaN,
    mark: '',
    limit: Number.NaN,
    range: Number.NaN,
  }

  #row(text: string, line: number): Row | undefined {
    const cells = cellsOf(text)
    if (cells === undefined) return this.#bad(line, '', text, '引号未闭合')
    if (cells.length !== this.#width)
      return this.#bad(line, '', text, `列数为 ${cells.length}，应为 ${this.#width}`)
    const row = this.#reused
    const cell = (name: string): string => {
      const at = this.#columns[name]
      return at === undefined ? '' : (cells[at] ?? '')
    }
    row.outlet = this.#text(cell('outlet'))
    if (row.outlet === '') return this.#bad(line, 'outlet', '', '为空')
    row.parameter = this.#text(cell('parameter'))
    if (row.parameter === '') return this.#bad(line, 'parameter', '', '为空')
    const medium = this.#text(cell('medium')).toLowerCase()
    row.medium = MEDIA[medium]
    if (row.medium === undefined && medium !== '')
      return this.#bad(line, 'medium', cell('medium'), '应为 air 或 water')
    const hour = this.#hour(cell('hour'))
    if (typeof hour === 'string') return this.#bad(line, 'hour', cell('hour'), hour)
    row.hourMs = hour
    for (const name of NUMBERS) {
      const v = this.#number(name, cell(name))
      if (v === undefined) return this.#bad(line, name, cell(name), '不是数值')
      row[name] = v
    }
    row.mark = this.#text(cell('mark'))
    return row
  }

  #number(name: string, raw: string): number | undefined {
    if (raw === '') return Number.NaN
    const quick = Number(raw)
    if (Number.isFinite(quick) && NUMBER.test(raw)) return quick
    const text = raw.trim()
    if (EMPTY.has(text)) return Number.NaN
    const span = name === 'limit' ? SPAN.exec(this.#text(text)) : null
    if (span !== null) return Number(span[2])
    return NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined
  }

  #hour(raw: string): number | string {
    const known = this.#hours.get(raw)
    if (known !== undefined) return known
    const read = readHour(raw)
    if ('fault' in read) return read.fault
    this.style ??= read.style
    if (this.#hours.size >= MOST_KNOWN) this.#hours.clear()
    this.#hours.set(raw, read.ms)
    return read.ms
  }

  /** Text of bytes: plain ASCII as it is, else UTF-8 where it is valid, else GB18030. */
  #text(raw: string): string {
    const known = this.#texts.get(raw)
    if (known !== undefined) return known
    const text = decoded(raw).trim()
    if (this.#texts.size > 10_000) this.#texts.clear()
    this.#texts.set(raw, text)
    return text
  }

  #bad(line: number, column: string, value: string, reason: string): undefined {
    const shown = value.length > MOST_QUOTED ? `${decoded(value.slice(0, MOST_QUOTED))}…` : decoded(value)
    this.#onFault({ line, column, value: shown, reason })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030')

function decoded(raw: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII
  if (/^[\x00-\x7F]*$/.test(raw)) return raw
  const bytes = Buffer.from(raw, 'latin1')
  try {
    return utf8.decode(bytes)
  } catch {
    return gb18030.decode(bytes)
  }
}
