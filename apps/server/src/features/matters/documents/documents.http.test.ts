/** Documents of real matters over HTTP: what stood when they were produced, pictures with hashes, who gets which. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MatterDetail } from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../platform/actor.ts'
import { archiveNames } from '../../../platform/archive.ts'
import { fixedClock } from '../../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../../platform/testing/index.ts'
import { picture, sha256Of, upload } from '../../evidence/evidence-fixture.ts'
import { evidenceRoutes } from '../../evidence/index.ts'
import { seedCalendar } from '../calendar.service.ts'
import { matterRoomRoutes } from '../matter.routes.ts'
import { matterSubject } from '../matter-doors.ts'
import { county, type People, settle } from '../matter-fixture.ts'

const start = Date.parse('2026-03-02T09:00:00+08:00')
const clock = fixedClock(start)
let database: TestDatabase
let server: TestApp
let people: People
let actor: Actor
let dataDir: string
let matter: MatterDetail

beforeAll(async () => {
  database = await createTestDatabase()
  people = await settle(database.db)
  await seedCalendar(database.db.pool, start)
  dataDir = mkdtempSync(join(tmpdir(), 'shanshui-documents-'))
  server = await createTestApp(database.db, {
    config: { dataDir },
    routes: [(deps) => matterRoomRoutes(deps), (deps) => evidenceRoutes(deps, [matterSubject])],
    authenticate: () => async () => ({ actor, via: 'key', csrfToken: null, mustChangePassword: false }),
    clock,
  })
  actor = people.head
  const opened = await server.app.inject({
    method: 'POST',
    url: '/api/v1/matters',
    payload: {
      workflow: 'rectification',
      title: '雨污分流不彻底',
      regionCode: county,
      enterpriseId: people.plant,
      source: 'inspectorate',
      parties: {
        overseer: { organizationId: people.bureau },
        handler: { organizationId: people.branch },
        acceptor: { organizationId: people.department },
      },
    },
  })
  matter = opened.json()
})
afterAll(async () => {
  await server.close()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

async function step(by: Actor, transition: string, fields: object) {
  actor = by
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1/matters/${matter.matter.id}/steps`,
    payload: { transition, version: matter.matter.version, fields },
  })
  expect(answer.statusCode, answer.body).toBe(200)
  matter = answer.json()
}
const document = (by: Actor, file: string) => {
  actor = by
  return server.app.inject({ url: `/api/v1/matters/${matter.matter.id}/documents/${file}` })
}
const plan = (measures: string) => ({
  responsibleUnit: '甲冶炼厂',
  goals: [{ indicator: '铜', target: '≤0.5 mg/L' }],
  dueOn: '2026-06-30',
  measures,
  acceptanceUnit: '单位D',
  cycleMonths: 0,
})

test('before a step the bureau has a form to fill, and the enterprise has nothing', async () => {
  const form = await document(people.head, 'acceptance-sheet.html')
  expect(form.statusCode).toBe(200)
  expect(form.body).toContain(matter.matter.number)
  expect(form.body).toContain('甲冶炼厂')
  actor = people.enterprise
  await database.db.pool.query('update matter set shown_to_owner = true where id = $1', [matter.matter.id])
  expect((await document(people.enterprise, 'acceptance-sheet.html')).json()).toMatchObject({
    code: 'matter.document-unknown',
  })
})

test('a document says what stood when it was produced, with the pictures and hashes of then', async () => {
  await step(people.head, 'split', { problemText: '雨水沟混入<生产废水>', list: 'province', key: true })
  const bytes = await picture({ takenAt: '2026:03:02 08:50:00', lon: 102.1, lat: 38.5 }, 9)
  actor = people.county
  const added = await upload({ app: server.app, who: '' }, bytes, {
    subject: { kind: 'matter', id: matter.matter.id },
    title: '雨水沟现场',
  })
  expect(added.body).toMatchObject({ located: true })
  clock.advance(3_600_000)
  await step(people.county, 'submit-plan', plan('封堵连通口'))
  const order = await document(people.head, 'supervision-order.html')
  expect(order.headers['content-security-policy']).toContain("default-src 'none'")
  expect(order.body).toContain('雨水沟混入&#60;生产废水&#62;')
  expect(order.body).not.toContain('封堵连通口')
  const page = (await document(people.head, 'rectification-plan.html')).body
  expect(page).toContain('封堵连通口')
  expect(page).toContain('≤0.5 mg/L')
  expect(page).toContain('2026年6月30日')
  const sheet = await document(people.head, 'acceptance-sheet.html')
  expect(sheet.body).toContain(sha256Of(bytes))
  expect(sheet.body).toContain('data:image/jpeg;base64,')
})

test('as DOCX it is a file with the picture in it', async () => {
  const answer = await document(people.head, 'acceptance-sheet.docx')
  expect(answer.headers['content-disposition']).toContain(encodeURIComponent('整改验收销号表_'))
  const names = archiveNames(answer.rawPayload) ?? []
  expect(names).toContain('word/document.xml')
  expect(names.some((name) => name.startsWith('word/media/') && name.endsWith('.jpg'))).toBe(true)
})

test('the enterprise gets what it signs once it is made, never what is between offices', async () => {
  expect((await document(people.enterprise, 'rectification-plan.html')).statusCode).toBe(200)
  expect((await document(people.enterprise, 'supervision-order.html')).statusCode).toBe(404)
  actor = people.enterprise
  const detail = (await server.app.inject({ url: `/api/v1/matters/${matter.matter.id}` })).json()
  const kinds = new Set(detail.documents.map((one: { kind: string }) => one.kind))
  expect(kinds).not.toContain('supervision-order')
  expect(kinds).toContain('rectification-plan')
})

test('nobody outside sees any; kinds and forms that do not exist are refused', async () => {
  expect((await document(people.other, 'rectification-plan.html')).json().code).toBe('matter.unknown')
  expect((await document(people.head, 'penalty-decision.html')).json().code).toBe('matter.document-unknown')
  expect((await document(people.head, 'nothing-known.docx')).json().code).toBe('matter.document-unknown')
  expect((await document(people.head, 'acceptance-sheet.pdf')).statusCode).toBe(400)
  expect((await document(people.head, 'constructor.html')).statusCode).toBe(404)
})
