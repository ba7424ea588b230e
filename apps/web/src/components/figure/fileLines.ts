import { addDays } from '../../format/time.ts'

/** Which lines of a station file carry one hour: those that begin so; and the one of the item among them. */
export interface FileLines {
  readonly starts: string
  readonly item: string
}

/**
 * The national layout writes `date,hour,type,…` with the hour by its end: label 24 of a day stands in the file as
 * hour 0 of the next day. `hour` is `<station>.<label>` or empty.
 */
export function fileLines(date: string, hour: string, item: string): FileLines | undefined {
  const label = Number(hour.split('.')[1])
  if (!Number.isInteger(label) || label < 1 || label > 24) return undefined
  const day = label === 24 ? addDays(date, 1) : date
  const starts = `${day.replaceAll('-', '')},${label % 24},`
  return { starts, item: `${starts}${item},` }
}

export interface MarkedLine {
  readonly text: string
  /** Line number in the record, from 1. */
  readonly number: number
  readonly mark: 'item' | 'hour' | undefined
}

/** Lines of a record with those of the hour marked; `undefined` when none is found: the record is shown as it is. */
export function markLines(text: string, wanted: FileLines | undefined): MarkedLine[] | undefined {
  if (wanted === undefined) return undefined
  const lines = text.split('\n').map((line, index): MarkedLine => {
    const mark = line.startsWith(wanted.item) ? 'item' : line.startsWith(wanted.starts) ? 'hour' : undefined
    return { text: line, number: index + 1, mark }
  })
  return lines.some((line) => line.mark !== undefined) ? lines : undefined
}
