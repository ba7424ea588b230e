// @vitest-environment happy-dom
import { permissionNames } from '@shanshui/contract'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { answerWith, renderAt } from '../testing/renderAt.tsx'
import { sessionOf } from '../testing/session.ts'
import { SessionGate } from './SessionGate.tsx'

const nobody = { status: 401, body: { type: '', title: '请登录', status: 401, code: 'auth.required' } }
const inside = (
  <SessionGate>
    <p>里面</p>
  </SessionGate>
)

afterEach(cleanup)

async function signIn(): Promise<void> {
  fireEvent.change(await screen.findByLabelText('账号'), { target: { value: 'jiance' } })
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'password' } })
  fireEvent.click(screen.getByRole('button', { name: /登\s?录/ }))
}

test('nobody signed in: the sign-in page stands where the page would, and the page comes after signing in', async () => {
  answerWith({ 'GET /session': nobody, 'POST /session': { body: sessionOf(permissionNames) } })
  const { search } = await renderAt(inside, '/air/year?year=2022')
  await signIn()
  expect(await screen.findByText('里面')).toBeTruthy()
  expect(search().get('year')).toBe('2022')
})

test('a locked account is told in words until when, not as a technical report', async () => {
  const locked = {
    type: '',
    title: '账号已暂时锁定',
    status: 423,
    code: 'auth.locked',
    detail: '请在 15 分钟后再试',
  }
  answerWith({ 'GET /session': nobody, 'POST /session': { status: 423, body: locked } })
  await renderAt(inside)
  await signIn()
  await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('账号已暂时锁定请在 15 分钟后再试'))
  expect(screen.queryByText('auth.locked')).toBeNull()
})

test('a one-time password must be changed before anything else, and twice alike', async () => {
  const session = sessionOf(permissionNames)
  const first = { ...session, user: { ...session.user, mustChangePassword: true } }
  const asked = answerWith({
    'GET /session': { body: first },
    'PUT /session/password': { status: 204, body: null },
  })
  await renderAt(inside)
  fireEvent.change(await screen.findByLabelText('当前密码'), { target: { value: 'one-time' } })
  expect(screen.queryByText('里面')).toBeNull()
  fireEvent.change(screen.getByLabelText('新密码'), { target: { value: 'a-long-password' } })
  fireEvent.change(screen.getByLabelText('再次输入新密码'), { target: { value: 'another' } })
  fireEvent.click(screen.getByRole('button', { name: /修\s?改/ }))
  expect(await screen.findByText('两次输入不一致')).toBeTruthy()
  expect(asked).not.toContain('PUT /session/password')
})

test('a server that cannot be reached is an error with a way to try again, not a sign-in page', async () => {
  answerWith({
    'GET /session': {
      status: 500,
      body: { type: '', title: '系统内部错误', status: 500, code: 'server.bug' },
    },
  })
  await renderAt(inside)
  expect(await screen.findByText('系统内部错误')).toBeTruthy()
  expect(screen.getByRole('button', { name: /重\s?试/ })).toBeTruthy()
  expect(screen.queryByLabelText('账号')).toBeNull()
})
