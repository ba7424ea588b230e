import { useMemo } from 'react'
import { type AnyParam, listParam, textParam, useAddress } from '../../address/useAddress.ts'
import type { Column } from './column.ts'

export interface TableState<Row> {
  readonly columns: readonly Column<Row>[]
  readonly words: string
  readonly sort: string
  readonly choices: Readonly<Record<string, string>>
  readonly shownKeys: readonly string[]
  readonly setWords: (words: string) => void
  readonly setSort: (sort: string) => void
  readonly setChoice: (key: string, value: string | undefined) => void
  readonly setShownKeys: (keys: readonly string[]) => void
}

/** Filter, sort and columns of one table, kept in the address under `<id>.…`. */
export function useTableState<Row>(id: string, columns: readonly Column<Row>[]): TableState<Row> {
  const standard = columns.filter((column) => column.hidden !== true).map((column) => column.key)
  const standardText = standard.join(',')
  const params = useMemo(() => {
    const own: Record<string, AnyParam> = {
      [`${id}.q`]: textParam(),
      [`${id}.sort`]: textParam(),
      [`${id}.is`]: listParam(),
      [`${id}.cols`]: listParam(standardText.split(',')),
    }
    return own
  }, [id, standardText])
  const [raw, change] = useAddress(params)
  const state: Readonly<Record<string, unknown>> = raw
  const text = (name: string): string => (state[`${id}.${name}`] as string | undefined) ?? ''
  const shownKeys = state[`${id}.cols`] as readonly string[]
  const choiceList = state[`${id}.is`] as readonly string[]
  const choices = useMemo(() => parseChoices(choiceList), [choiceList])
  const shownColumns = useMemo(
    () => columns.filter((column) => shownKeys.includes(column.key)),
    [columns, shownKeys],
  )
  const write = (name: string, value: unknown): void => change({ [`${id}.${name}`]: value as never })
  return {
    columns: shownColumns.length === 0 ? columns : shownColumns,
    words: text('q'),
    sort: text('sort'),
    choices,
    shownKeys,
    setWords: (words) => write('q', words),
    setSort: (sort) => write('sort', sort),
    setShownKeys: (keys) => write('cols', keys),
    setChoice: (key, value) => {
      const { [key]: _, ...others } = choices
      write('is', printChoices(value === undefined ? others : { ...others, [key]: value }))
    },
  }
}

function parseChoices(list: readonly string[]): Record<string, string> {
  const pairs = list.map((entry) => {
    const at = entry.indexOf(':')
    return [entry.slice(0, at), decodeURIComponent(entry.slice(at + 1))] as const
  })
  return Object.fromEntries(pairs)
}

function printChoices(choices: Readonly<Record<string, string>>): string[] {
  return Object.entries(choices).map(([key, value]) => `${key}:${encodeURIComponent(value)}`)
}
