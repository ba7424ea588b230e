import type { Training, TrainingDetail, TrainingSummary } from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { createFirstAdministrator } from '../identity/index.ts'
import { bureauRoomRoutes } from './index.ts'

let database: TestDatabase
let head: TestApp
let county: TestApp
let officer: TestApp
const clock = fixedClock(Date.parse('2026-11-20T10:00:00+08:00'))

beforeAll(async () => {
  database = await createTestDatabase()
  await createFirstAdministrator(database)
  const open = (actor: ReturnType<typeof testActor>) =>
    createTestApp(database.db, { routes: [bureauRoomRoutes], actor, clock })
  head = await open(testActor('section-head'))
  county = await open({ ...testActor('county-head'), regions: '{[629002,629003)}' })
  officer = await open(testActor('officer'))
})
afterAll(async () => {
  await Promise.all([head.close(), county.close(), officer.close()])
  await database.drop()
})

const law = {
  kind: 'training',
  theme: 'law',
  title: '法典学习',
  heldOn: '2026-09-10',
  hours: 3,
  regionCode: 629000,
}

async function make(app: TestApp, payload: object): Promise<TrainingDetail> {
  const answer = await app.app.inject({ method: 'POST', url: '/api/v1/trainings', payload })
  expect(answer.statusCode).toBe(201)
  return answer.json()
}

async function attend(app: TestApp, training: Training, attendees: object[]) {
  return app.app.inject({
    method: 'PUT',
    url: `/api/v1/trainings/${training.id}/attendance`,
    payload: { version: training.version, attendees },
  })
}

const upload = (app: TestApp, id: number, name: string, bytes: string | Buffer) => {
  const boundary = 'edge'
  const file = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)
  return app.app.inject({
    method: 'POST',
    url: `/api/v1/trainings/${id}/attendance/import`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  })
}

test('a person who came twice is two person-times and one person', async () => {
  const first = await make(head, law)
  const second = await make(head, { ...law, theme: 'enforcement', title: '笔录制作', heldOn: '2026-10-11' })
  const people = [
    { name: '韩劲松', organization: '金河分局' },
    { name: '石志坚', organization: '石岭分局' },
  ]
  expect((await attend(head, first.training, people)).statusCode).toBe(200)
  expect(
    (await attend(head, second.training, [{ name: '韩 劲松', organization: '金河分局' }])).statusCode,
  ).toBe(200)
  const summary: TrainingSummary = (
    await head.app.inject({ url: '/api/v1/trainings/summary?from=2026-01-01&to=2026-12-31' })
  ).json()
  expect(summary).toMatchObject({ events: 2, hours: 6, personTimes: 3, persons: 2, drills: 0 })
  expect(summary.byMonth.map(({ key, personTimes }) => [key, personTimes])).toEqual([
    ['2026-09', 2],
    ['2026-10', 1],
  ])
  const october: TrainingSummary = (
    await head.app.inject({ url: '/api/v1/trainings/summary?from=2026-10-01&to=2026-10-31' })
  ).json()
  expect(october).toMatchObject({ events: 1, personTimes: 1, persons: 1 })
})

test('the same person twice on one list is refused by name', async () => {
  const { training } = await make(head, { ...law, title: '重复名单' })
  const answer = await attend(head, training, [
    { name: '甲', organization: '市局' },
    { name: '甲', organization: '市 局' },
  ])
  expect(answer.statusCode).toBe(422)
  expect(answer.json()).toMatchObject({
    code: 'bureau.attendee-twice',
    detail: expect.stringContaining('甲'),
  })
})

test('a list of signatures in GB18030 is read, faulty lines are named, a second import adds nobody', async () => {
  const { training } = await make(head, { ...law, title: '导入名单' })
  // 单位,姓名,成绩 / 市局,王一,90 / 市局,,80 / 市局,李二,abc
  const gb = Buffer.from(
    'b5a5ceba2cd0d5c3fb2cb3c9bca80d0acad0bed62ccdf5d2bb2c39300d0acad0bed62c2c38300d0acad0bed62cc0eeb6fe2c616263',
    'hex',
  )
  const head1 = Buffer.concat([Buffer.from('b5a5cebb', 'hex'), gb.subarray(4)])
  const answer = await upload(head, training.id, 'list.csv', head1)
  expect(answer.json()).toMatchObject({
    added: 1,
    unchanged: 0,
    errors: [
      { line: 3, column: '姓名' },
      { line: 4, column: '成绩', value: 'abc' },
    ],
  })
  expect((await upload(head, training.id, 'list.csv', head1)).json()).toMatchObject({
    added: 0,
    unchanged: 1,
  })
  const wrong = await upload(head, training.id, 'list.csv', '部门,人\n市局,王一\n')
  expect(wrong.json()).toMatchObject({
    code: 'bureau.attendance-file',
    detail: expect.stringContaining('部门'),
  })
})

test('a drill keeps its problems until they are closed; a training has no drill report', async () => {
  const drill = {
    ...law,
    kind: 'drill',
    theme: 'emergency',
    title: '桌面推演',
    drill: {
      form: 'tabletop',
      scenario: '储罐泄漏',
      problems: [{ text: '首报超时' }, { text: '已改', closedOn: '2026-10-20' }],
    },
  }
  await make(head, drill)
  const span = '/api/v1/trainings/summary?from=2026-09-10&to=2026-09-10'
  expect((await head.app.inject({ url: span })).json()).toMatchObject({ drills: 1, openDrillProblems: 1 })
  const wrong = await head.app.inject({
    method: 'POST',
    url: '/api/v1/trainings',
    payload: { ...drill, kind: 'training' },
  })
  expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'bureau.drill-report'])
})

test('what has not been held cannot be registered', async () => {
  const answer = await head.app.inject({
    method: 'POST',
    url: '/api/v1/trainings',
    payload: { ...law, heldOn: '2026-11-21' },
  })
  expect([answer.statusCode, answer.json().code]).toEqual([422, 'bureau.training-future'])
})

test('a county enters and sees its own only; who may not write is refused', async () => {
  const mine = await make(county, { ...law, regionCode: 629002, title: '石岭区练兵' })
  const list: { items: Training[] } = (await county.app.inject({ url: '/api/v1/trainings' })).json()
  expect(list.items.map((one) => one.title)).toEqual(['石岭区练兵'])
  const foreign = await county.app.inject({ method: 'POST', url: '/api/v1/trainings', payload: law })
  expect(foreign.statusCode).toBe(403)
  const written = await officer.app.inject({ method: 'POST', url: '/api/v1/trainings', payload: law })
  expect(written.statusCode).toBe(403)
  const all: { items: Training[] } = (await head.app.inject({ url: '/api/v1/trainings' })).json()
  const other = all.items.find((one) => one.regionCode === 629000)
  expect((await county.app.inject({ url: `/api/v1/trainings/${other?.id}` })).statusCode).toBe(404)
  expect((await head.app.inject({ url: `/api/v1/trainings/${mine.training.id}` })).statusCode).toBe(200)
})

test('of two changes to one version the second is refused, and a withdrawn event no longer counts', async () => {
  const { training } = await make(head, { ...law, title: '撤销', heldOn: '2026-03-03' })
  const change = (title: string) =>
    head.app.inject({
      method: 'PUT',
      url: `/api/v1/trainings/${training.id}`,
      payload: { ...law, title, version: training.version },
    })
  expect((await change('改名一')).statusCode).toBe(200)
  expect((await change('改名二')).json()).toMatchObject({ code: 'bureau.changed-meanwhile', status: 409 })
  const gone = await head.app.inject({
    method: 'POST',
    url: `/api/v1/trainings/${training.id}/withdraw`,
    payload: { version: training.version + 1, reason: '重复登记' },
  })
  expect(gone.statusCode).toBe(204)
  expect((await head.app.inject({ url: `/api/v1/trainings/${training.id}` })).statusCode).toBe(404)
  const { rows } = await database.db.pool.query(`select action from audit where object = $1 order by seq`, [
    `training:${training.id}`,
  ])
  expect(rows.map((row) => row.action)).toEqual([
    'training.created',
    'training.changed',
    'training.withdrawn',
  ])
})

test('pages follow one another without gap or repeat', async () => {
  const seen: number[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const url: string = `/api/v1/trainings?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`
    const page: { items: Training[]; next: string | null } = (await head.app.inject({ url })).json()
    seen.push(...page.items.map((one) => one.id))
    cursor = page.next
  }
  const { rows } = await database.db.pool.query('select id from training where withdrawn is null')
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.toSorted()).toEqual(rows.map((row) => row.id).toSorted())
})

test('the register opens in a spreadsheet', async () => {
  const csv = await head.app.inject({ url: '/api/v1/trainings/export/csv?year=2026' })
  expect(csv.headers['content-type']).toContain('text/csv')
  expect(csv.body).toContain('法典学习')
  const xlsx = await head.app.inject({ url: '/api/v1/trainings/export/xlsx?year=2026' })
  expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
})
