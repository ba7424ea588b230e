// @vitest-environment happy-dom
import type { MatterDetail } from '@shanshui/contract'
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { Route, Routes } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { answerWith, renderAt } from '../../../testing/renderAt.tsx'
import { workflowFixture } from '../form/fixture.ts'
import { MatterPage } from './MatterPage.tsx'
import { briefFixture, demandFixture, detailFixture, optionFixture, stepFixture } from './matterFixture.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const page = (
  <Routes>
    <Route path="/matters/:id" element={<MatterPage />} />
  </Routes>
)
const answers = (detail: MatterDetail = detailFixture) => ({
  'GET /matters/7': { body: detail },
  'GET /workflows/fixture': { body: workflowFixture },
  'GET /evidence': { body: { items: [], mayAdd: false, limitBytes: 1000 } },
  'GET /directory/people': { body: { items: [] } },
  'GET /directory/organizations': { body: { items: [] } },
  'GET /workflows': { body: { items: [] } },
})

test('the next action is one button; what is missing for it is listed and keeps it shut', async () => {
  const short: MatterDetail = {
    ...detailFixture,
    options: [{ ...optionFixture, refusals: [{ code: 'evidence', zh: '缺“整改后照片”1份', what: 'after' }] }],
    evidence: [{ ...demandFixture, have: 1, missing: 1 }],
  }
  answerWith(answers(short))
  await renderAt(page, '/matters/7')
  const button = await screen.findByRole('button', { name: '申请验收' })
  expect(button).toHaveProperty('disabled', true)
  const missing = document.getElementById(button.getAttribute('aria-describedby') ?? '')
  expect(missing?.textContent).toContain('缺“整改后照片”1份')
  expect(screen.getByText('缺 1 份（现有 1，要求 2）')).toBeTruthy()
})

test('the picture says in a list where the matter is and which way it came', async () => {
  answerWith(answers())
  await renderAt(page, '/matters/7')
  const list = await screen.findByRole('list', { name: '试验事项的状态' })
  const now = within(list).getByText('整改中').closest('li')
  expect(now?.getAttribute('aria-current')).toBe('step')
  // an end that was not taken is no part of the way
  expect(within(list).queryByText('已撤销')).toBeNull()
})

test('a form is not sent while a required field is empty', async () => {
  const asked = answerWith(answers())
  await renderAt(page, '/matters/7?step=submit')
  const form = await screen.findByRole('dialog')
  fireEvent.click(within(form).getByRole('button', { name: '申请验收' }))
  expect(await within(form).findByText('还有必填项或证据没有补齐。')).toBeTruthy()
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual([])
})

test('after a conflict the matter is read afresh, what was typed stays, and it says who was faster', async () => {
  const changed: MatterDetail = {
    ...detailFixture,
    matter: { ...briefFixture, version: 4 },
    history: [
      ...detailFixture.history,
      { ...stepFixture, seq: 3, title: { zh: '备注', en: 'Remark' }, by: { id: 4, name: '李科长' } },
    ],
  }
  const table: Record<string, { status?: number; body: unknown }> = {
    ...answers(),
    'POST /matters/7/steps': {
      status: 409,
      body: { type: '', title: '内容已被他人改动', status: 409, code: 'matter.changed' },
    },
  }
  answerWith(table)
  await renderAt(page, '/matters/7?step=submit')
  const form = await screen.findByRole('dialog')
  const field = within(form).getByLabelText(/整改结果/)
  fireEvent.change(field, { target: { value: '已封闭料场' } })
  table['GET /matters/7'] = { body: changed }
  fireEvent.click(within(form).getByRole('button', { name: '申请验收' }))
  await waitFor(() => expect(within(form).getByRole('alert').textContent).toContain('李科长'))
  expect(within(form).getByLabelText(/整改结果/)).toHaveProperty('value', '已封闭料场')
})

test('when the step is no longer possible, what was typed is still there to be copied', async () => {
  const table: Record<string, { status?: number; body: unknown }> = {
    ...answers(),
    'POST /matters/7/steps': {
      status: 409,
      body: { type: '', title: '', status: 409, code: 'matter.changed' },
    },
  }
  answerWith(table)
  await renderAt(page, '/matters/7?step=submit')
  const form = await screen.findByRole('dialog')
  fireEvent.change(within(form).getByLabelText(/整改结果/), { target: { value: '已封闭料场' } })
  table['GET /matters/7'] = {
    body: {
      ...detailFixture,
      matter: { ...briefFixture, state: 'accepting', stateTitle: { zh: '待验收', en: '' }, version: 4 },
      options: [],
    },
  }
  fireEvent.click(within(form).getByRole('button', { name: '申请验收' }))
  expect(await within(form).findByText('事项现为“待验收”，不能再办理“申请验收”。')).toBeTruthy()
  expect(within(form).getByText('已封闭料场')).toBeTruthy()
})
