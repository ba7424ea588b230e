import type { Readable } from 'node:stream'

export interface CsvRecord {
  readonly cells: readonly string[]
  /** Why the line is no record; `cells` is then the line as it came. */
  readonly fault?: string
}

/** A cell may go over so many lines; a quote that is not closed by then belongs to a broken line. */
const LOOK_AHEAD = 64

/**
 * Records of a CSV text (RFC 4180; a quote inside an unquoted cell is a character), empty lines left out.
 * A line whose quote is never closed, or closed only by swallowing other records, is given back alone with its
 * fault, so that one broken line does not take the rest of the file with it: a cell over several lines counts only
 * where the record then has as many cells as the header.
 */
export async function* csvRecords(source: Readable): AsyncGenerator<CsvRecord> {
  const lines = linesOf(source)
  const waiting: string[] = []
  const next = async (): Promise<string | undefined> => waiting.shift() ?? (await lines.next()).value
  let width: number | undefined
  for (let line = await next(); line !== undefined; line = await next()) {
    if (line === '') continue
    let cells = cellsOf(line)
    if (cells === undefined) {
      const taken: string[] = []
      while (cells === undefined && taken.length < LOOK_AHEAD) {
        const more = await next()
        if (more === undefined) break
        taken.push(more)
        cells = cellsOf([line, ...taken].join('\n'))
      }
      if (cells === undefined || (width ?? cells.length) !== cells.length) {
        waiting.unshift(...taken)
        yield { cells: [line], fault: '引号未闭合' }
        continue
      }
    }
    width ??= cells.length
    yield { cells }
  }
}

async function* linesOf(source: Readable): AsyncGenerator<string, undefined> {
  let rest = ''
  let first = true
  for await (const chunk of source as AsyncIterable<string>) {
    rest += chunk
    if (first && rest !== '') {
      rest = rest.replace(/^\uFEFF/, '')
      first = false
    }
    // A carriage return at the end of a chunk may be half of a line end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest.replace(/\r$/, '')
}

const NEEDS_QUOTES = /[",\r\n]/

/** A cell as a record has it, in quotes where it needs them. */
export function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The cells of one record; undefined when a quote is open at its end. */
export function cellsOf(text: string): string[] | undefined {
  if (!text.includes('"')) return text.split(',')
  const cells: string[] = []
  for (let at = 0; ; ) {
    const cell = text[at] === '"' ? quotedCell(text, at) : undefined
    if (cell === 'open') return undefined
    const comma = text.indexOf(',', at)
    const end = cell?.end ?? (comma < 0 ? text.length : comma)
    cells.push(cell?.value ?? text.slice(at, end))
    if (end >= text.length) return cells
    at = end + 1
  }
}

/** A cell in quotes; undefined when text follows its closing quote, which makes the quotes part of the text. */
function quotedCell(text: string, start: number): { value: string; end: number } | 'open' | undefined {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') at++
    else if (at + 1 === text.length || text[at + 1] === ',')
      return { value: text.slice(start + 1, at).replaceAll('""', '"'), end: at + 1 }
    else return undefined
  }
  return 'open'
}
