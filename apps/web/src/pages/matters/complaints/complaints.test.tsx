// @vitest-environment happy-dom
import type { Complaint, ComplaintDetail } from '@shanshui/contract'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { answerWith, renderAt } from '../../../testing/renderAt.tsx'
import { PersonPart } from './complaint/PersonPart.tsx'
import { SimilarPart } from './complaint/SimilarPart.tsx'
import { ComplaintMarks } from './marks.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const ticket = (id: number, more: Partial<Complaint> = {}): Complaint => ({
  id,
  number: `XF-629001-2026-000${id}`,
  channel: '12345',
  outerNumber: null,
  platformNumber: null,
  title: '建设路口异味',
  theme: 'odour',
  urgency: 'ordinary',
  nature: 'enforcement',
  named: true,
  campaign: null,
  regionCode: 629_001,
  regionName: '金平县',
  place: '建设路口',
  lon: null,
  lat: null,
  enterprise: null,
  problem: null,
  matter: {
    id: 9,
    number: 'JB-1',
    state: 'received',
    stateTitle: '待受理',
    phase: 'open',
    waitsFor: ['市局'],
  },
  due: null,
  mergedInto: null,
  children: 0,
  repeats: 0,
  receivedAt: '2026-11-23T09:00:00+08:00',
  acceptedAt: null,
  answeredAt: null,
  finishedAt: null,
  verdict: null,
  satisfaction: null,
  version: 3,
  ...more,
})
const detail = (more: Partial<ComplaintDetail> = {}): ComplaintDetail => ({
  complaint: ticket(1),
  content: '有味',
  occurredOn: null,
  answers: [],
  children: [],
  earlier: [],
  similar: [],
  nearby: [],
  reviewUntil: null,
  complainant: { kept: true, mayLook: true, looks: 2 },
  allowed: ['change', 'merge', 'answer', 'look'],
  ...more,
})

test('the person is asked for only with a reason, shown in the dialog, and gone when it closes', async () => {
  const asked = answerWith({
    'POST /complaints/1/complainant/look': {
      body: { complainant: { name: '王小明', phone: '13800001111' }, lookId: 3 },
    },
  })
  await renderAt(<PersonPart detail={detail()} />)
  expect(screen.queryByText('王小明')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: '查看举报人' }))
  const send = await screen.findByRole('button', { name: '写明事由并查看' })
  expect((send as HTMLButtonElement).disabled).toBe(true)
  expect(asked).toEqual([])
  fireEvent.change(screen.getByLabelText('查看事由'), { target: { value: '电话核实异味时段' } })
  fireEvent.click(send)
  expect(await screen.findByText('王小明')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /^关\s?闭$/ }))
  await waitFor(() => expect(screen.queryByText('王小明')).toBeNull())
})

test('who does not handle the matter finds no button, only why', async () => {
  await renderAt(<PersonPart detail={detail({ complainant: { kept: true, mayLook: false, looks: 0 } })} />)
  expect(screen.queryByRole('button', { name: '查看举报人' })).toBeNull()
  expect(screen.getByText(/只有本件的交办、承办单位/)).toBeTruthy()
})

test('a merger says what it does and asks for a reason; what has ended is offered nothing', async () => {
  const asked = answerWith({ 'POST /complaints/1/merge': { body: detail() } })
  const similar = [
    {
      complaint: ticket(2),
      score: 0.9,
      metres: 50,
      days: 1,
      reasons: ['相距 50 米', '同一类问题'],
      mergeable: true,
    },
    { complaint: ticket(3), score: 0.8, metres: 90, days: 60, reasons: ['相距 90 米'], mergeable: false },
  ]
  await renderAt(<SimilarPart detail={detail({ similar })} />)
  const buttons = screen.getAllByRole('button', { name: '并入该件' })
  expect(buttons).toHaveLength(1)
  fireEvent.click(buttons[0] as HTMLElement)
  expect(await screen.findByText(/两件的举报人仍须分别答复/)).toBeTruthy()
  fireEvent.change(screen.getByLabelText('并案理由'), { target: { value: '同一处异味' } })
  fireEvent.click(screen.getByRole('button', { name: /^并\s?案$/ }))
  await waitFor(() => expect(asked).toContain('POST /complaints/1/merge'))
})

test('a third complaint about the same is told as the third', async () => {
  await renderAt(<ComplaintMarks complaint={ticket(1, { repeats: 2, children: 1, urgency: 'urgent' })} />)
  for (const text of ['第 3 次举报', '并入 1 件', '紧急', '实名']) expect(screen.getByText(text)).toBeTruthy()
})
