// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { isPublicAddress } from '../../app/publicAddress.ts'
import { answerWith, renderAt } from '../../testing/renderAt.tsx'
import { ReportPage } from './report/ReportPage.tsx'
import { StatusPage } from './status/StatusPage.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const form = {
  token: 'token-1',
  minSeconds: 5,
  validMinutes: 120,
  regions: [{ code: 629_001, name: '金平县' }],
  bureau: '金川市生态环境局',
}
const receipt = {
  number: 'XF-629001-2026-0001',
  code: 'ABCDE-23456',
  photoToken: 'p',
  repeated: false,
  receivedAt: '2026-11-25T09:00:00+08:00',
  informBy: '2026-12-10',
}

async function fill(): Promise<void> {
  fireEvent.click(await screen.findByLabelText(/异味/))
  fireEvent.change(screen.getByLabelText('发生在哪个区县'), { target: { value: '629001' } })
  fireEvent.change(screen.getByLabelText('具体地点'), { target: { value: '建设路口' } })
  fireEvent.change(screen.getByLabelText('情况说明'), {
    target: { value: '每天夜里有刺鼻的气味，关窗也挡不住' },
  })
}

test('what is missing is said beside each field, and nothing is sent', async () => {
  const asked = answerWith({ 'GET /public/complaint-form': { body: form } })
  await renderAt(<ReportPage />)
  fireEvent.click(await screen.findByRole('button', { name: '提交举报' }))
  expect(await screen.findByText('请选择区县。')).toBeTruthy()
  expect(screen.getByLabelText('具体地点').getAttribute('aria-invalid')).toBe('true')
  expect(asked.some((line) => line.startsWith('POST'))).toBe(false)
})

test('a report that was taken shows number and code, and by when one is told', async () => {
  answerWith({
    'GET /public/complaint-form': { body: form },
    'POST /public/complaints': { status: 201, body: receipt },
  })
  await renderAt(<ReportPage />)
  await fill()
  fireEvent.click(screen.getByRole('button', { name: '提交举报' }))
  expect(await screen.findByText(receipt.code)).toBeTruthy()
  expect(screen.getByText(receipt.number)).toBeTruthy()
  expect(screen.getByText(/2026-12-10 前告知是否受理/)).toBeTruthy()
})

test('an expired form is renewed, and what was typed stays', async () => {
  const expired = { type: '', title: '表单已过期', status: 422, code: 'public.form-expired' }
  const asked = answerWith({
    'GET /public/complaint-form': { body: form },
    'POST /public/complaints': { status: 422, body: expired },
  })
  await renderAt(<ReportPage />)
  await fill()
  fireEvent.click(screen.getByRole('button', { name: '提交举报' }))
  expect(await screen.findByText('已为您换了新的表单，请核对后再次提交。')).toBeTruthy()
  await waitFor(() => expect(asked.filter((line) => line === 'GET /public/complaint-form')).toHaveLength(2))
  expect((screen.getByLabelText('具体地点') as HTMLInputElement).value).toBe('建设路口')
})

test('name and telephone are asked for only when the report is named', async () => {
  answerWith({ 'GET /public/complaint-form': { body: form } })
  await renderAt(<ReportPage />)
  expect(await screen.findByLabelText(/匿名举报/)).toHaveProperty('checked', true)
  expect(screen.queryByLabelText('姓名')).toBeNull()
  fireEvent.click(screen.getByLabelText(/实名举报/))
  expect(screen.getByLabelText('姓名')).toBeTruthy()
})

test('the state is told in plain words with the answer; a wrong code is one plain refusal', async () => {
  answerWith({
    'GET /public/complaints/XF-1': {
      body: {
        number: 'XF-1',
        state: 'answered',
        stateTitle: '已答复',
        theme: 'odour',
        receivedAt: '2026-11-01T09:00:00+08:00',
        informBy: '2026-11-16',
        acceptedAt: '2026-11-02T09:00:00+08:00',
        finishBy: '2027-01-04',
        extended: false,
        answers: [{ at: '2026-11-20T09:00:00+08:00', text: '已责令更换集气罩' }],
        verdict: 'substantiated',
        finishedAt: null,
        reviewUntil: '2026-12-21',
        next: '',
      },
    },
    'GET /public/complaints/XF-2': {
      status: 404,
      body: { type: '', title: '编号或查询码不正确', status: 404, code: 'public.complaint-unknown' },
    },
  })
  await renderAt(<StatusPage />)
  const look = (number: string) => {
    fireEvent.change(screen.getByLabelText('编号'), { target: { value: number } })
    fireEvent.change(screen.getByLabelText('查询码'), { target: { value: 'ABCDE-23456' } })
    fireEvent.click(screen.getByRole('button', { name: '查询' }))
  }
  look('XF-1')
  expect(await screen.findByText('已责令更换集气罩')).toBeTruthy()
  expect(screen.getByText('2026-12-21')).toBeTruthy()
  expect(screen.getByText('属实')).toBeTruthy()
  look('XF-2')
  expect(await screen.findByText('编号或查询码不正确')).toBeTruthy()
})

test.each([
  ['/report', true],
  ['/report/status', true],
  ['/reports', false],
  ['/reports/list', false],
  ['/', false],
])('%s is public: %s', (address, open) => {
  expect(isPublicAddress(address)).toBe(open)
})
