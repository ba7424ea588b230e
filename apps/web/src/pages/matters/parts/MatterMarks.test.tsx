// @vitest-environment happy-dom
import type { MatterDue } from '@shanshui/contract'
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { renderAt } from '../../../testing/renderAt.tsx'
import { DueMark } from './MatterMarks.tsx'

afterEach(cleanup)

const DAY_MS = 86_400_000
const due = (days: number, light: MatterDue['light']): MatterDue => ({
  clock: 'remedy',
  title: { zh: '整改时限', en: 'Remedy' },
  dueAt: new Date(Date.now() + days * DAY_MS).toISOString(),
  provisional: false,
  overdue: days < 0,
  light,
})

test('every light says in words what its colour says', async () => {
  await renderAt(
    <>
      <DueMark due={due(30, 'green')} />
      <DueMark due={due(-3, 'red')} />
      <DueMark due={null} />
    </>,
  )
  expect(await screen.findByText(/^剩 30 天$/)).toBeTruthy()
  expect(screen.getByText(/^逾期 3 天$/).className).toContain('text-red')
  expect(screen.getByText('无期限')).toBeTruthy()
})

test('a date counted without the notice of holidays is told to be provisional', async () => {
  await renderAt(<DueMark due={{ ...due(400, 'green'), provisional: true }} />)
  expect(await screen.findByText('暂定')).toBeTruthy()
})
