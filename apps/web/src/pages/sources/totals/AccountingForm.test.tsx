// @vitest-environment happy-dom
import type { LedgerRow } from '@shanshui/contract'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { answerWith, renderAt } from '../../../testing/renderAt.tsx'
import { AccountingForm } from './AccountingForm.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const row: LedgerRow = {
  outletId: 4,
  outletNumber: 'DA001',
  outletName: '1号炉烟囱',
  enterpriseId: 9,
  enterpriseName: '某厂',
  pollutant: 'NOx',
  online: null,
  reported: null,
  accounted: null,
  diverging: 0,
  months: [],
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const saveButton = () => screen.getByRole('button', { name: /保\s*存/ })

test('tonnes are shown while they are written; without the source nothing can be saved', async () => {
  await renderAt(<AccountingForm row={row} year={2026} onClose={() => undefined} />)
  expect(screen.getByText('系数核算 DA001 NOx')).toBeDefined()
  type('产量或燃料量', '1000')
  type('产污系数，kg/单位', '2')
  type('治理效率，%', '50')
  expect(screen.getByRole('status').textContent).toBe('1.000 t')
  expect(saveButton().hasAttribute('disabled')).toBe(true)
  type('产量、系数、效率的出处', '2026年生产报表')
  expect(saveButton().hasAttribute('disabled')).toBe(false)
})

test('what the server refuses is said in the form, which stays open', async () => {
  const closed = vi.fn()
  answerWith({ 'PUT /tonnage/accounting': { status: 409, body: { title: '该月份已锁定', status: 409 } } })
  await renderAt(<AccountingForm row={row} year={2026} onClose={closed} />)
  type('产量或燃料量', '1000')
  type('产污系数，kg/单位', '2')
  type('产量、系数、效率的出处', '2026年生产报表')
  fireEvent.click(saveButton())
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('系数核算'))
  expect(closed).not.toHaveBeenCalled()
})
