// @vitest-environment happy-dom
import type { FigureRef } from '@shanshui/contract'
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { renderAt } from '../../testing/renderAt.tsx'
import { sessionOf } from '../../testing/session.ts'
import { FigureValue } from './FigureValue.tsx'

const figure: FigureRef = {
  id: 12,
  indicator: 'air.mean.pm25.change',
  value: -6.4,
  text: '-6.4',
  unit: '%',
  state: 'fresh',
  note: null,
}

afterEach(cleanup)

test('a click writes the figure into the address, which opens the drawer', async () => {
  const { search } = await renderAt(<FigureValue figure={figure} />)
  fireEvent.click(screen.getByRole('button', { name: '−6.4' }))
  expect(search().get('figure')).toBe('12')
})

test('who may not read figures sees the number without a way into its basis', async () => {
  await renderAt(<FigureValue figure={figure} unit />, '/', sessionOf(['air:read']))
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('−6.4')).toBeTruthy()
})

test('a stale figure and a remark are told in words', async () => {
  await renderAt(<FigureValue figure={{ ...figure, state: 'stale', note: '数据不完整，仅供参考' }} />)
  const name = screen.getByRole('button').textContent
  expect(name).toContain('数据不完整，仅供参考')
  expect(screen.getByRole('img', { name: '数据已变，待重算' })).toBeTruthy()
})
