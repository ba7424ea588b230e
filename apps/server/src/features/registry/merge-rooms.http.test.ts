/** A merger reaches every room: machines report for the outlet that stands, leads and duties follow, and go back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roomRoutes } from '../../main.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { creditCode, deviceDraft, makePlant, makeRegions, so2 } from './enterprise-fixture.ts'
import { upsertFeature } from './index.ts'

let database: TestDatabase
let server: TestApp

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, {
    actor: testActor('source'),
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
  })
  await database.db.transaction(makeRegions)
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const call = (method: 'POST' | 'PUT' | 'GET', url: string, payload?: object) =>
  server.app.inject({ method, url: `/api/v1${url}`, ...(payload === undefined ? {} : { payload }) })

test('field machines, leads, obligations and applications for allowance follow a merger and its undoing', async () => {
  const { pool } = database.db
  const keep = await database.db.transaction((trx) => makePlant(trx, creditCode(1), '祁川热电有限公司'))
  const drop = await database.db.transaction((trx) => makePlant(trx, creditCode(2), '祁川热电公司'))
  const twin = drop.outlets[0]?.id ?? 0
  const stands = keep.outlets[0]?.id ?? 0
  await database.db.transaction((trx) =>
    upsertFeature(trx, 'system', deviceDraft(`${creditCode(1)}-DA001`, 'second', [so2])),
  )
  for (const [mn, pointId] of [
    [`MN${`D-${creditCode(1).slice(-6)}`.replace('-', '')}`, stands],
    [`MN${`D-${creditCode(2).slice(-6)}`.replace('-', '')}`, twin],
  ] as const) {
    const answer = await call('PUT', `/gateway/stations/${mn}`, {
      pointId,
      enabled: true,
      password: '123456',
      reason: '联网',
    })
    expect(answer.statusCode).toBe(200)
  }
  await pool.query(
    `insert into lead (feature_id, enterprise_id, rule_id, region_code, owner_id, state, level, weight, score, from_at,
                       to_at, statistic, threshold, n, explanation, refutation, opened_at, changed_at)
     select f, $3, 'constant', 629001, 1, 'open', 'watch', 0.3, 0.3, now(), now(), '{}', '', 1, '', '', now(), now()
       from unnest($1::int[] || $2::int) f`,
    [[drop.outlets[1]?.id, twin], drop.enterprise.id, drop.enterprise.id],
  )
  const leads = async () =>
    (await pool.query('select distinct enterprise_id from lead')).rows.map((row) => row.enterprise_id)
  const machines = async () =>
    (await pool.query('select mn, point_id from hj212_station order by mn')).rows.map((row) => row.point_id)
  expect(await machines()).toEqual([stands, twin])

  await pool.query(
    `insert into allowance_application (project_code, project_name, enterprise_id, region_code, failing, needs, state,
                                        applied_at, applied_by)
     select 'P' || n, '新建锅炉', case n when 1 then $1::int else $2::int end, 629001, '{}', '[]', 'applied', now(), 1
       from generate_series(1, 2) n`,
    [drop.enterprise.id, keep.enterprise.id],
  )
  const applications = async () =>
    (await pool.query('select enterprise_id from allowance_application order by project_code')).rows.map(
      (row) => row.enterprise_id,
    )

  const versions = { keep: 1, drop: 1 }
  const merged = await call('POST', `/enterprises/${keep.enterprise.id}/merge`, {
    dropId: drop.enterprise.id,
    reason: '同一单位',
    versions,
  })
  expect(merged.statusCode).toBe(201)
  expect(await machines()).toEqual([stands, stands])
  expect(await leads()).toEqual([keep.enterprise.id])
  expect(await applications()).toEqual([keep.enterprise.id, keep.enterprise.id])
  const dossier = (await call('GET', `/enterprises/${keep.enterprise.id}`)).json()
  expect(dossier.summary.open).toContainEqual({ kind: 'lead', count: 3 })
  const { rows } = await pool.query(`select count(*)::int as n from journal_block where source = 'station'`)
  expect(rows[0].n).toBeGreaterThanOrEqual(4)

  const undone = await call('POST', `/enterprises/merges/${merged.json().id}/undo`, { reason: '分开' })
  expect(undone.statusCode).toBe(200)
  expect(await machines()).toEqual([stands, twin])
  expect(await leads()).toEqual([drop.enterprise.id])
  // The application that the kept plant had made itself stays with it.
  expect(await applications()).toEqual([drop.enterprise.id, keep.enterprise.id])
})
