// @vitest-environment happy-dom
import type { EvidenceItem } from '@shanshui/contract'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { answerWith, renderAt } from '../../testing/renderAt.tsx'
import { EvidenceList } from './EvidenceList.tsx'
import { EvidenceUpload } from './EvidenceUpload.tsx'

const subject = { kind: 'matter', id: 7 } as const
const item: EvidenceItem = {
  id: 9,
  subject,
  demand: 'after',
  kind: 'photo',
  title: '排口照片',
  fileName: 'a.jpg',
  mediaType: 'image/jpeg',
  bytes: 2_000_000,
  sha256: 'ab'.repeat(32),
  takenAt: '2026-03-02T10:00:00+08:00',
  takenFrom: 'exif',
  uploadedAt: '2026-03-02T11:00:00+08:00',
  lon: 105.6,
  lat: 34.5,
  placeFrom: 'exif',
  distanceM: 9164,
  located: false,
  verdict: 'differs',
  findings: [{ code: 'place-differs', detail: '离对象 9164 米（允许 500 米）' }],
  exif: null,
  device: null,
  claim: null,
  scan: 'not-scanned',
  viewable: true,
  thumbnail: true,
  internal: false,
  byUser: { id: 1, name: '王工' },
  organization: { id: 1, name: '市局' },
  withdrawn: null,
  mayWithdraw: true,
}
const withdrawn = {
  ...item,
  id: 10,
  demand: null,
  title: '拍错的照片',
  mayWithdraw: false,
  withdrawn: { at: '2026-03-02T12:00:00+08:00', by: { id: 1, name: '王工' }, reason: '拍错了排口' },
}
const list = (more = {}) => ({
  'GET /evidence': { body: { items: [item, withdrawn], mayAdd: true, limitBytes: 1_000_000, ...more } },
  'GET /evidence/uploads': { body: { items: [] } },
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a file is shown under what it was handed in for, with the verdict and what it rests on', async () => {
  answerWith(list())
  await renderAt(
    <EvidenceList subject={subject} demandTitle={(id) => (id === 'after' ? '整改后照片' : undefined)} />,
  )
  await screen.findByText('整改后照片')
  expect(screen.getAllByText('与所称不符')).toHaveLength(2)
  expect(screen.getAllByText(/离对象 9164 米/)).toHaveLength(2)
  expect(screen.getByText(/王工 撤回：拍错了排口/)).toBeTruthy()
  expect(screen.getAllByText('未做病毒查杀')).toHaveLength(2)
})

test('withdrawing needs a reason', async () => {
  const asked = answerWith({ ...list(), 'POST /evidence/9/withdraw': { body: item } })
  await renderAt(<EvidenceList subject={subject} />)
  fireEvent.click(await screen.findByRole('button', { name: /^撤\s?回$/ }))
  const dialog = await screen.findByRole('dialog')
  const confirm = [...dialog.querySelectorAll('button')].find((b) => /撤\s?回/.test(b.textContent ?? ''))
  expect(confirm?.disabled).toBe(true)
  fireEvent.change(screen.getByLabelText('撤回理由（不少于两个字）'), { target: { value: '拍错排口' } })
  await waitFor(() => expect(confirm?.disabled).toBe(false))
  if (confirm) fireEvent.click(confirm)
  await waitFor(() => expect(asked).toContain('POST /evidence/9/withdraw'))
})

test('a file beyond the limit is not sent, and who may not add sees no upload', async () => {
  const asked = answerWith(list())
  const page = await renderAt(<EvidenceUpload subject={subject} />)
  const input = (await screen.findByLabelText('选择文件')) as HTMLInputElement
  fireEvent.change(input, { target: { files: [new File([new Uint8Array(1_000_001)], 'big.mp4')] } })
  await screen.findByText(/超过上限/)
  expect(asked.some((line) => line.startsWith('POST'))).toBe(false)
  page.unmount()
  answerWith(list({ mayAdd: false }))
  const closed = await renderAt(<EvidenceUpload subject={subject} />)
  await waitFor(() => expect(closed.container.textContent).not.toContain('…'))
  expect(screen.queryByLabelText('选择文件')).toBeNull()
})
