// @vitest-environment happy-dom
import type { MarkingDay } from '@shanshui/contract'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { renderAt } from '../../../testing/renderAt.tsx'
import { sessionOf } from '../../../testing/session.ts'
import { MarkingDayPart } from './MarkingDayPart.tsx'

afterEach(cleanup)

const day: MarkingDay = {
  date: '2026-11-24',
  deadline: '2026-11-25T12:00:00+08:00',
  deadlineBasis: { source: '公告2022年第21号', status: 'unverified' },
  late: true,
  outlets: [
    {
      id: 4,
      name: '1号炉烟囱',
      number: 'DA001',
      medium: 'air',
      enterprise: { id: 9, name: '某厂' },
      factors: ['a21026'],
      stretches: [
        {
          outletId: 4,
          factor: 'a21026',
          from: '2026-11-24T14:00:00+08:00',
          to: '2026-11-24T16:00:00+08:00',
          why: 'missing',
          text: '缺少数据',
          maxMultiple: null,
          marked: false,
          markIds: [],
        },
      ],
      marks: [],
      pending: 1,
    },
  ],
}
const items = [
  {
    item: 'maintenance',
    kind: 'equipment',
    code: 'M',
    name: { zh: '日常维护', en: 'Maintenance' },
    mediums: ['air'],
    sectors: null,
    effect: 'invalid',
    source: '规则',
    status: 'unverified',
  },
  {
    item: 'standard-check',
    kind: 'equipment',
    code: 'K',
    name: { zh: '标样核查', en: 'Standard check' },
    mediums: ['water'],
    sectors: null,
    effect: 'invalid',
    source: '规则',
    status: 'unverified',
  },
]

/** A server that answers and keeps what was posted. */
function serve(): { posted: unknown[] } {
  const posted: unknown[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method === 'POST') posted.push(JSON.parse(String(init.body)))
    const body = url.includes('mark-items') ? { items } : url.includes('marking-day') ? day : {}
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
  })
  return { posted }
}

test('a stretch that waits opens the form filled in; the mark is filed in the time of the city', async () => {
  const { posted } = serve()
  await renderAt(<MarkingDayPart day="2026-11-24" />)
  fireEvent.click(await screen.findByRole('button', { name: /^标\s?记$/ }))
  expect(await screen.findByText(/已过。现在提交的标记/)).toBeTruthy()
  const item = await screen.findByLabelText('标记内容')
  await waitFor(() => expect(item.textContent).toContain('日常维护'))
  expect(item.textContent).not.toContain('标样核查')
  fireEvent.change(item, { target: { value: 'maintenance' } })
  fireEvent.change(screen.getByLabelText('原因'), { target: { value: '更换滤芯' } })
  fireEvent.click(screen.getByRole('button', { name: '提交标记' }))
  await waitFor(() =>
    expect(posted).toEqual([
      {
        outletId: 4,
        factor: 'a21026',
        from: '2026-11-24T14:00:00+08:00',
        to: '2026-11-24T16:00:00+08:00',
        item: 'maintenance',
        reason: '更换滤芯',
      },
    ]),
  )
})

test('without a reason nothing is filed', async () => {
  const { posted } = serve()
  await renderAt(<MarkingDayPart day="2026-11-24" />)
  fireEvent.click(await screen.findByRole('button', { name: /^标\s?记$/ }))
  fireEvent.change(await screen.findByLabelText('标记内容'), { target: { value: 'maintenance' } })
  fireEvent.click(screen.getByRole('button', { name: '提交标记' }))
  expect(await screen.findByText('请写明原因，至少两个字')).toBeTruthy()
  expect(posted).toEqual([])
})

test('who may not mark sees the day and no button', async () => {
  serve()
  await renderAt(<MarkingDayPart day="2026-11-24" />, '/', sessionOf(['source:read']))
  expect(await screen.findByText('缺少数据')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /标\s?记$/ })).toBeNull()
})
