// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { renderAt } from '../../testing/renderAt.tsx'
import type { Column } from './column.ts'
import { DataTable } from './DataTable.tsx'

interface Row {
  readonly id: number
  readonly name: string
  readonly aqi: number | null
}

const columns: Column<Row>[] = [
  { key: 'name', title: '点位', value: (row) => row.name },
  { key: 'aqi', title: 'AQI', decimals: 0, value: (row) => row.aqi },
  { key: 'id', title: '编号', decimals: 0, value: (row) => row.id, hidden: true },
]
const rows: Row[] = [
  { id: 1, name: '金河一站', aqi: 87 },
  { id: 2, name: '石岭站', aqi: null },
  { id: 3, name: '金河二站', aqi: 112 },
]
const table = <DataTable id="t" caption="站点" columns={columns} rows={rows} rowKey={(row) => row.id} />
const names = (): string[] =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('rowheader').textContent ?? '')

afterEach(cleanup)

test('a head sorts up, down and not at all, says so, and writes it into the address', async () => {
  const { search } = await renderAt(table)
  const head = screen.getByRole('columnheader', { name: /AQI/ })
  fireEvent.click(within(head).getByRole('button'))
  expect(names()).toEqual(['金河一站', '金河二站', '石岭站'])
  expect(head.getAttribute('aria-sort')).toBe('ascending')
  fireEvent.click(within(head).getByRole('button'))
  expect(names()).toEqual(['金河二站', '金河一站', '石岭站'])
  expect(search().get('t.sort')).toBe('-aqi')
  fireEvent.click(within(head).getByRole('button'))
  expect(search().has('t.sort')).toBe(false)
})

test('a link reproduces filter, order and columns', async () => {
  await renderAt(table, `/?t.q=${encodeURIComponent('金河')}&t.sort=-aqi&t.cols=name,id`)
  expect(names()).toEqual(['金河二站', '金河一站'])
  expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['点位', '编号'])
})

test('a keyset list asks for the next page while there is one', async () => {
  const onMore = vi.fn()
  const paged = (next: string | null) => (
    <DataTable
      id="t"
      caption="站点"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      paging={{ next, loading: false, onMore }}
    />
  )
  await renderAt(paged('after-3'))
  fireEvent.click(screen.getByRole('button', { name: '继续读取' }))
  expect(onMore).toHaveBeenCalledTimes(1)
  cleanup()
  await renderAt(paged(null))
  expect(screen.queryByRole('button', { name: '继续读取' })).toBeNull()
})

test('a filter that matches nothing says so instead of claiming that there are no data', async () => {
  await renderAt(table, '/?t.q=zzz')
  expect(screen.getByText('没有符合筛选条件的行')).toBeTruthy()
})
