/** For tests: a county branch with officers, a plant, and tasks of it. */
import type { FieldOperation, FieldOperationKind } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db/index.ts'
import { createTestDeps, testActor } from '../../platform/testing/index.ts'
import { type InspectionRoomDeps, noDoors } from './inspection-doors.ts'
import { openTask, type TaskDraft } from './open-task.ts'

export const county = 629001
export const otherCounty = 629002
export const now = Date.parse('2026-11-25T10:00:00+08:00')

export interface Town {
  readonly branch: number
  readonly plantOwner: number
  readonly plant: number
  readonly head: Actor
  readonly first: Actor
  readonly second: Actor
  readonly stranger: Actor
  readonly elsewhere: Actor
  readonly enterprise: Actor
}

async function organization(db: Database, code: string, type: string, region: number): Promise<number> {
  const { rows } = await db.pool.query<{ id: number }>(
    'insert into organization (code, name, type, region_code) values ($1, $1, $2, $3) returning id',
    [code, type, region],
  )
  return rows[0]?.id ?? 0
}

async function person(
  db: Database,
  login: string,
  role: Parameters<typeof testActor>[0],
  organizationId: number,
  region: number,
  owner: 'any' | 'own' = 'any',
): Promise<Actor> {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into app_user (login, name, organization_id, roles, regions, owner_scope, password_hash)
     values ($1, $1, $2, $3, $4, $5, 'x') returning id`,
    [login, organizationId, [role], [region], owner],
  )
  return testActor(role, {
    userId: rows[0]?.id ?? 0,
    name: login,
    organizationId,
    regions: `{[${region},${region + 1})}`,
    owner: owner === 'any' ? 'any' : organizationId,
  })
}

export async function insertPlant(
  db: Database,
  n: number,
  ownerId: number,
  properties: object = {},
  region = county,
): Promise<number> {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into feature (kind, code, name, region_code, owner_id, lon, lat, properties)
     values ('enterprise', $1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      `E${n}`,
      `第${n}厂`,
      region,
      ownerId,
      102.1 + (n % 20) * 0.01,
      38.4 + Math.floor(n / 20) * 0.02,
      JSON.stringify({
        industry: 'C3216',
        sector: 'nonferrous',
        permitClass: 'key',
        autoMonitored: true,
        ...properties,
      }),
    ],
  )
  return rows[0]?.id ?? 0
}

async function certify(db: Database, actor: Actor, region = county): Promise<void> {
  await db.pool.query(
    `insert into inspector (user_id, region_code, certificate, certificate_expires, skills, lon, lat, minutes_per_day)
     values ($1, $2, $3, '2028-12-31', '{online-monitoring}', 102.15, 38.45, 420)`,
    [actor.userId, region, `甘C-${actor.userId}`],
  )
}

export async function settleTown(db: Database): Promise<Town> {
  for (const [code, name, level, parent] of [
    [629000, '祁川市', 'city', null],
    [county, '金河区', 'county', 629000],
    [otherCounty, '石岭区', 'county', 629000],
  ])
    await db.pool.query(
      'insert into region (code, name, level, parent_code) values ($1, $2, $3, $4) on conflict do nothing',
      [code, name, level, parent],
    )
  const branch = await organization(db, 'BR1', 'branch', county)
  const otherBranch = await organization(db, 'BR2', 'branch', otherCounty)
  const plantOwner = await organization(db, 'PL', 'enterprise', county)
  const town = {
    branch,
    plantOwner,
    plant: await insertPlant(db, 1, plantOwner),
    head: await person(db, 'head', 'county-head', branch, county),
    first: await person(db, 'first', 'officer', branch, county),
    second: await person(db, 'second', 'officer', branch, county),
    stranger: await person(db, 'stranger', 'officer', branch, county),
    elsewhere: await person(db, 'elsewhere', 'officer', otherBranch, otherCounty),
    enterprise: await person(db, 'plant', 'enterprise', plantOwner, county, 'own'),
  }
  for (const actor of [town.first, town.second, town.stranger]) await certify(db, actor)
  await certify(db, town.elsewhere, otherCounty)
  return town
}

export async function inspectionDeps(db: Database): Promise<InspectionRoomDeps> {
  return { ...(await createTestDeps(db, { clock: fixedClock(now) })), doors: noDoors }
}

/** A task of the first and the second officer at the plant. */
export async function makeTask(db: Database, town: Town, more: Partial<TaskDraft> = {}): Promise<number> {
  return db.asActor(town.head, (trx) =>
    openTask(
      trx,
      town.head,
      {
        kind: 'risk',
        title: '第1厂',
        regionCode: county,
        ownerId: town.plantOwner,
        enterpriseId: town.plant,
        place: { lon: 102.11, lat: 38.4 },
        plannedOn: '2026-11-25',
        sequence: 1,
        startMinute: 540,
        minutes: 100,
        officers: [town.first.userId, town.second.userId],
        handlerId: town.branch,
        planId: null,
        candidateId: null,
        drawId: null,
        exception: null,
        why: ['风险值 60'],
        what: ['治理设施'],
        checklists: ['online-monitoring', 'waste-gas'],
        refs: [],
        commandId: null,
        ...more,
      },
      now,
    ),
  )
}

export const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('signature'),
]).toString('base64')

let count = 0
/** One operation of a phone; each has its own id. */
export function operation(
  taskId: number,
  kind: FieldOperationKind,
  payload: unknown,
  more: Partial<FieldOperation> = {},
): FieldOperation {
  count++
  return {
    id: `operation-${count}`,
    taskId,
    baseVersion: 0,
    seq: count,
    kind,
    at: new Date(now + count * 1000).toISOString(),
    payload,
    ...more,
  }
}

/** Everything that a complete record needs. */
export function wholeVisit(taskId: number, town: Town): FieldOperation[] {
  const { first, second } = town
  return [
    operation(taskId, 'arrive', { lon: 102.11, lat: 38.4, accuracyM: 8 }),
    operation(taskId, 'certificate', {
      officers: [
        { userId: first.userId, certificate: `甘C-${first.userId}` },
        { userId: second.userId, certificate: `甘C-${second.userId}` },
      ],
      shownTo: '王某',
    }),
    operation(taskId, 'answer', { item: 'waste-gas.running', verdict: 'not-conform', note: '循环泵停转' }),
    operation(taskId, 'record', { field: 'facts', value: '检查时窑炉在产，脱硫循环泵停转。' }),
    operation(taskId, 'problem', {
      problemKey: 'problem-0001',
      title: '脱硫循环泵停转',
      detail: '窑炉在产',
      theme: 'waste-gas',
      item: 'waste-gas.running',
    }),
    operation(taskId, 'signature', { role: 'inspected', name: '王某', png }),
    operation(taskId, 'signature', { role: 'officer', name: 'first', png }),
    operation(taskId, 'signature', { role: 'second-officer', name: 'second', png }),
    operation(taskId, 'finish', { conclusion: 'problem' }),
  ]
}
