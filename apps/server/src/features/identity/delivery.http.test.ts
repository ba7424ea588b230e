import type { ChannelStatus, Delivery, Notice } from '@shanshui/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import { type Channels, channelsOf, mostAttempts } from '../../platform/delivery/index.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { type FakeGateway, type FakeSmtp, startFakeGateway, startFakeSmtp } from './delivery.fixture.ts'
import { createFirstAdministrator, identityRoutes, notify, startDeliveryWorker } from './index.ts'

let database: TestDatabase
let server: TestApp
let smtp: FakeSmtp
let sms: FakeGateway
let wecom: FakeGateway
let actor: Actor = testActor('administrator')
const clock = fixedClock(Date.now())
let serial = 0

beforeAll(async () => {
  database = await createTestDatabase()
  ;[smtp, sms, wecom] = await Promise.all([startFakeSmtp(), startFakeGateway(), startFakeGateway()])
  server = await createTestApp(database.db, {
    routes: [identityRoutes],
    clock,
    config: {
      publicUrl: 'http://10.0.0.1:8080',
      smtpUrl: smtp.url,
      mailFrom: '山水 <shanshui@example.cn>',
      smsUrl: sms.url,
      smsToken: 'secret-token',
      smsTemplate: '{"mobile":"{phone}","params":["{title}"],"sn":"{id}","type":1}',
      wecomWebhookUrl: wecom.url,
    },
    authenticate: () => async () => ({ actor, via: 'key', csrfToken: null, mustChangePassword: false }),
  })
  await createFirstAdministrator(server.deps)
  await send('PUT', '/notices/contact', { email: 'wang@example.cn', phone: '13800001234' })
})
afterAll(async () => {
  await server.close()
  await Promise.all([smtp.close(), sms.close(), wecom.close()])
  await database.drop()
})
beforeEach(async () => {
  await database.db.pool.query('delete from notice')
  smtp.refuse(undefined)
  sms.answer(200, '{}')
  wecom.answer(200, '{"errcode":0}')
})

async function send(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  return server.app.inject({ method, url: `/api/v1${url}`, ...(payload === undefined ? {} : { payload }) })
}
const tell = (title = '2号机组 SO2 超标') => {
  serial++
  const notice = {
    topic: 'exceedance',
    to: { userIds: [1] },
    title,
    body: '52 mg/m³，限值 35',
    link: '/sources/outlets/7',
  }
  return database.db.transaction((trx) => notify(trx, { ...notice, dedupeKey: `k${serial}` }))
}
async function drain(channels: Channels = channelsOf(server.deps.config)): Promise<number> {
  const worker = startDeliveryWorker(server.deps, channels)
  try {
    return await worker.drainOnce()
  } finally {
    await worker.stop()
  }
}
const outbox = async (query = '') =>
  (await send('GET', `/notices/outbox${query}`)).json<{ items: Delivery[] }>().items
const stateOf = async (channel: string) => {
  const row = (await outbox(`?channel=${channel}`))[0]
  return row === undefined ? undefined : { state: row.state, attempts: row.attempts, error: row.error }
}

test('a notice goes out by every configured channel, once, with its link', async () => {
  const before = [smtp.mails.length, sms.requests.length, wecom.requests.length]
  await tell()
  expect(await drain()).toBe(3)
  expect(await drain()).toBe(0)
  const mail = smtp.mails.at(-1)
  expect([smtp.mails.length, sms.requests.length, wecom.requests.length]).toEqual(before.map((n) => n + 1))
  expect(mail?.to).toBe('wang@example.cn')
  expect(mail?.data).toMatch(/^Message-ID: <notice-\d+@example.cn>$/im)
  expect(sms.requests.at(-1)?.authorization).toBe('Bearer secret-token')
  expect(JSON.parse(sms.requests.at(-1)?.body ?? '')).toMatchObject({
    mobile: '13800001234',
    params: ['2号机组 SO2 超标'],
    sn: expect.stringMatching(/^notice-\d+$/),
    type: 1,
  })
  expect(JSON.parse(wecom.requests.at(-1)?.body ?? '').text.content).toBe(
    '2号机组 SO2 超标\n52 mg/m³，限值 35\nhttp://10.0.0.1:8080/sources/outlets/7',
  )
  expect((await outbox()).map((row) => row.state)).toEqual(['sent', 'sent', 'sent'])
})

test('addresses are shown in part', async () => {
  await tell()
  await drain()
  expect((await outbox()).map((row) => row.to).toSorted()).toEqual(
    ['系统管理员（138****1234）', '系统管理员（wa***@example.cn）', '群机器人'].toSorted(),
  )
})

test('what fails for a while is tried again later, each time later, and then given up in sight', async () => {
  sms.answer(503, 'busy')
  await tell()
  await drain()
  expect(await stateOf('sms')).toEqual({
    state: 'queued',
    attempts: 1,
    error: expect.stringContaining('503：busy'),
  })
  expect(await drain()).toBe(0) // not due yet
  const waits: number[] = []
  for (let attempt = 2; attempt <= mostAttempts; attempt++) {
    const next = Date.parse((await outbox('?channel=sms'))[0]?.nextAt ?? '')
    waits.push(next - clock.now())
    clock.set(next + 1)
    expect(await drain()).toBe(1)
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(await stateOf('sms')).toMatchObject({ state: 'failed', attempts: mostAttempts })
  expect((await send('GET', '/notices/channels')).json<{ items: ChannelStatus[] }>().items).toContainEqual(
    expect.objectContaining({ channel: 'sms', configured: true, failed: 1, sent: 0 }),
  )

  // mended: somebody sends it again
  sms.answer(200, '{}')
  const id = (await outbox('?state=failed'))[0]?.id
  expect((await send('POST', `/notices/outbox/${id}/retry`)).json()).toMatchObject({
    state: 'queued',
    attempts: 0,
  })
  expect(await drain()).toBe(1)
  expect(await stateOf('sms')).toMatchObject({ state: 'sent' })
  expect((await send('POST', `/notices/outbox/${id}/retry`)).json()).toMatchObject({
    status: 409,
    code: 'notice.not-failed',
  })
})

test('a mailbox that does not exist is not tried again; a robot that refuses is', async () => {
  smtp.refuse('550 no such mailbox')
  wecom.answer(200, '{"errcode":45009,"errmsg":"api freq out of limit"}')
  await tell()
  await drain()
  expect(await stateOf('email')).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: expect.stringContaining('550'),
  })
  expect(await stateOf('wecom')).toMatchObject({ state: 'queued', error: expect.stringContaining('45009') })
})

test('with no network everything stays in the queue, in the application it is read at once', async () => {
  const nowhere = channelsOf({
    ...server.deps.config,
    smtpUrl: 'smtp://127.0.0.1:9',
    smsUrl: 'http://127.0.0.1:9',
    wecomWebhookUrl: 'http://127.0.0.1:9',
  })
  await tell()
  expect(await drain(nowhere)).toBe(3)
  expect((await outbox()).map((row) => row.state)).toEqual(['queued', 'queued', 'queued'])
  const list = (await send('GET', '/notices')).json<{ items: Notice[]; unread: number }>()
  expect(list).toMatchObject({
    unread: 1,
    items: [{ title: '2号机组 SO2 超标', link: '/sources/outlets/7', readAt: null }],
  })
  expect((await send('POST', '/notices/read', { upTo: list.items[0]?.id })).json()).toEqual({ unread: 0 })
  expect((await send('GET', '/notices?unread=true')).json()).toMatchObject({ items: [], unread: 0 })
})

test('a worker killed between sending and noting it: another sends again, the delivery is one', async () => {
  await tell()
  let reached = 0
  // Sends, and dies before it can say so.
  const dying: Channels = {
    email: {
      target: '',
      send: () => {
        reached++
        return new Promise<never>(() => undefined)
      },
      close: () => undefined,
    },
  }
  const killed = startDeliveryWorker(server.deps, dying)
  void killed.drainOnce()
  await expect.poll(() => reached).toBe(1)
  const before = smtp.mails.length
  const { email } = channelsOf(server.deps.config)
  expect(await drain({ email: email as NonNullable<typeof email> })).toBe(0) // the lease holds
  clock.advance(121_000)
  expect(await drain({ email: email as NonNullable<typeof email> })).toBe(1)
  expect(smtp.mails.length).toBe(before + 1)
  expect((await outbox('?channel=email')).map(({ state, attempts }) => ({ state, attempts }))).toEqual([
    { state: 'sent', attempts: 2 },
  ])
})

test('eight workers at once send each delivery once', async () => {
  for (let i = 0; i < 20; i++) await tell(`第 ${i} 条`)
  const before = smtp.mails.length
  const { email } = channelsOf(server.deps.config)
  const sent = await Promise.all(
    Array.from({ length: 8 }, () => drain({ email: email as NonNullable<typeof email> })),
  )
  expect(sent.reduce((a, b) => a + b, 0)).toBe(20)
  const titles = smtp.mails.slice(before).map(({ data }) => /^Message-ID: (.*)$/im.exec(data)?.[1])
  expect(new Set(titles).size).toBe(20)
})

test('a channel configured later sends nothing old', async () => {
  await tell()
  await drain({})
  expect(await outbox()).toEqual([])
  expect(await drain()).toBe(0)
})

test('a person reads only the own notices; the contact goes into the chain without the address', async () => {
  await tell()
  const before = actor
  actor = testActor('officer', { userId: 2 })
  try {
    expect((await send('GET', '/notices')).json()).toMatchObject({ items: [], unread: 0 })
    expect((await send('GET', '/notices/outbox')).json()).toMatchObject({ code: 'auth.forbidden' })
  } finally {
    actor = before
  }
  const { rows } = await database.db.pool.query(
    `select detail from audit where action = 'identity.contact-changed' order by seq desc limit 1`,
  )
  expect(rows[0].detail).toEqual({ email: true, phone: true })
  expect((await send('PUT', '/notices/contact', { email: 'no', phone: null })).json()).toMatchObject({
    code: 'request.invalid',
  })
})

test('a test notice reaches the sender', async () => {
  expect((await send('POST', '/notices/test')).statusCode).toBe(204)
  expect((await send('GET', '/notices')).json()).toMatchObject({ items: [{ topic: 'test' }] })
})
