import type { FieldOperation, FieldTaskState } from '@shanshui/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { fieldPack } from './field-pack.service.ts'
import { decideFieldConflict, syncField } from './field-sync.service.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import {
  inspectionDeps,
  makeTask,
  now,
  operation,
  png,
  settleTown,
  type Town,
  wholeVisit,
} from './inspection-fixture.ts'
import { recordPage } from './record-page.ts'
import { getTask, listTasks } from './task.service.ts'

let database: TestDatabase
let deps: InspectionRoomDeps
let town: Town
beforeAll(async () => {
  database = await createTestDatabase()
  town = await settleTown(database.db)
  deps = await inspectionDeps(database.db)
})
afterAll(() => database.drop())

const send = (actor: Actor, device: string, operations: readonly FieldOperation[], tasks?: number[]) =>
  syncField(deps, actor, {
    device,
    deviceTime: new Date(now + 90_000).toISOString(),
    operations,
    ...(tasks === undefined ? {} : { tasks }),
  })
const itemOf = (state: FieldTaskState | undefined, key: string) =>
  state?.items.find((item) => item.key === key)?.value

async function addPhoto(taskId: number): Promise<void> {
  await database.db.pool.query(
    `insert into evidence (subject_kind, subject_id, demand, kind, title, file_name, media_type, bytes, sha256,
       region_code, owner_id, parties, shown_to_owner, internal, taken_at, taken_from, lon, lat, place_from, located,
       verdict, findings, scan, uploaded_at, user_id, organization_id)
     select 'matter', m.id, 'site-photo', 'photo', '现场', 'p.jpg', 'image/jpeg', 10, encode(sha256(m.number::bytea), 'hex'),
       m.region_code, m.owner_id, m.parties, false, false, now(), 'exif', 102.1, 38.4, 'exif', true, 'fits', '[]', 'clean',
       now(), $2, $3 from matter m join inspection i on i.matter_id = m.id where i.id = $1`,
    [taskId, town.first.userId, town.branch],
  )
}

test('a whole visit arrives in one piece, is applied once, and the matter follows when a located picture is there', async () => {
  const task = await makeTask(database.db, town)
  const operations = wholeVisit(task, town)
  const first = await send(town.first, 'phone-a', operations)
  expect(first.results.map((one) => one.status)).toEqual(operations.map(() => 'applied'))
  expect(first.driftSeconds).toBe(90)
  expect(first.tasks[0]).toMatchObject({ state: 'on-site', waitsFor: ['有时间和位置的现场照片'] })
  expect(first.tasks[0]?.problems).toHaveLength(1)

  const again = await send(town.first, 'phone-a', operations)
  expect(again.results.map((one) => one.status)).toEqual(operations.map(() => 'duplicate'))
  expect(again.tasks[0]?.version).toBe(first.tasks[0]?.version)
  expect(again.tasks[0]?.problems).toHaveLength(1)

  await addPhoto(task)
  const later = await send(town.first, 'phone-a', [], [task])
  expect(later.tasks[0]).toMatchObject({ state: 'recorded', waitsFor: [] })

  const detail = await getTask(deps, town.head, task)
  expect(detail).toMatchObject({ conclusion: 'problem', problems: 1, overdue: false })
  expect(detail.devices).toEqual([
    expect.objectContaining({ device: 'phone-a', driftSeconds: 90, operations: 9 }),
  ])
  const page = recordPage(detail, 'digest')
  expect(page).toContain('脱硫循环泵停转')
  expect(page).toContain('王某')
})

test('two officers who write the same item differently: both versions stay until a person decides', async () => {
  const task = await makeTask(database.db, town)
  const answer = (note: string, seq: number) =>
    operation(task, 'answer', { item: 'waste-gas.bypass', verdict: 'conform', note }, { seq })
  await send(town.first, 'phone-a', [answer('铅封完好', 1)])
  const other = answer('挡板半开', 1)
  const second = await send(town.second, 'phone-b', [
    other,
    operation(task, 'answer', { item: 'waste-gas.running', verdict: 'conform' }, { seq: 2 }),
  ])
  expect(second.results.map((one) => one.status)).toEqual(['conflict', 'applied'])
  const [conflict] = second.tasks[0]?.conflicts ?? []
  expect(conflict?.versions.map((one) => (one.value as { note: string }).note).sort()).toEqual([
    '挡板半开',
    '铅封完好',
  ])
  expect(itemOf(second.tasks[0], 'answer:waste-gas.bypass')).toMatchObject({ note: '铅封完好' })

  const reason = '二人复看，挡板确实半开'
  const decided = await decideFieldConflict(deps, town.head, task, conflict?.id ?? 0, {
    operationId: other.id,
    reason,
  })
  expect(itemOf(decided, 'answer:waste-gas.bypass')).toMatchObject({ note: '挡板半开' })
  expect(decided.conflicts[0]).toMatchObject({ decided: { reason, operationId: other.id } })
  expect(decided.conflicts[0]?.versions).toHaveLength(2)
})

test('what is not right is refused with its reason and kept as it came', async () => {
  const task = await makeTask(database.db, town)
  const bad = [
    operation(task, 'signature', { role: 'inspected', name: '王某', png: 'bm90IGEgcG5n' }),
    operation(task, 'answer', { item: 'waste-gas.running', verdict: 'perhaps' }),
  ]
  const { results, tasks } = await send(town.first, 'phone-a', bad)
  expect(results.map((one) => [one.status, one.code])).toEqual([
    ['refused', 'field.payload-invalid'],
    ['refused', 'field.payload-invalid'],
  ])
  expect(tasks[0]?.items).toEqual([])
  const stranger = await send(town.stranger, 'phone-c', [
    operation(task, 'record', { field: 'facts', value: 'x' }),
  ])
  expect(stranger.results[0]).toMatchObject({ status: 'refused', code: 'field.task-not-yours' })
  const { rows } = await database.db.pool.query<{ n: number }>(
    `select count(*)::int as n from field_operation where inspection_id = $1 and status = 'refused'`,
    [task],
  )
  expect(rows[0]?.n).toBe(3)
})

test('refusing to sign needs a reason and a witness, and serves instead of the signature', async () => {
  const task = await makeTask(database.db, town)
  const operations = wholeVisit(task, town).filter(
    (one) => !(one.kind === 'signature' && (one.payload as { role: string }).role === 'inspected'),
  )
  const before = await send(town.first, 'phone-a', operations)
  expect(before.tasks[0]?.waitsFor).toEqual(['被检查人签名，或拒签理由与见证人'])
  await addPhoto(task)
  const refusal = operation(task, 'refusal', { reason: '不认可结论', witness: '李某', witnessUnit: '居委会' })
  const after = await send(town.first, 'phone-a', [refusal])
  expect(after.tasks[0]?.state).toBe('recorded')
})

test('an officer of another county and the enterprise see nothing of it', async () => {
  const task = await makeTask(database.db, town)
  const far = await send(town.elsewhere, 'phone-d', [
    operation(task, 'record', { field: 'facts', value: 'x' }),
  ])
  expect(far.results[0]).toMatchObject({ status: 'refused', code: 'inspection.task-unknown' })
  expect(far.tasks).toEqual([])
  for (const actor of [town.elsewhere, town.enterprise]) {
    await expect(getTask(deps, actor, task)).rejects.toMatchObject({ code: 'inspection.task-unknown' })
    expect((await listTasks(deps, actor, {})).items).toEqual([])
  }
})

test('the parcel has everything of the days, and its revision changes with what it says only', async () => {
  const task = await makeTask(database.db, town)
  const period = { from: '2026-11-25', to: '2026-11-27' }
  const pack = await fieldPack(deps, town.first, period)
  const own = pack.tasks.find((one) => one.id === task)
  expect(own).toMatchObject({
    arrival: '09:00',
    enterprise: { name: '第1厂' },
    offSite: { enterpriseId: town.plant },
  })
  expect(own?.officers.map((one) => one.certificate)).toEqual([
    `甘C-${town.first.userId}`,
    `甘C-${town.second.userId}`,
  ])
  expect(pack.checklists.map((list) => list.theme)).toEqual(['online-monitoring', 'waste-gas'])
  const cited = new Set(pack.checklists.flatMap((list) => list.items.flatMap((item) => item.law)))
  expect(new Set(pack.laws.map((law) => law.id))).toEqual(cited)
  expect((await fieldPack(deps, town.first, period)).revision).toBe(pack.revision)
  await send(town.first, 'phone-a', [operation(task, 'record', { field: 'weather', value: '晴' })])
  expect((await fieldPack(deps, town.first, period)).revision).not.toBe(pack.revision)
  expect((await fieldPack(deps, town.stranger, period)).tasks).toEqual([])
})

test('two phones in any order, with repetitions: nothing is lost and both see the same in the end', async () => {
  const word = fc.record({
    device: fc.constantFrom('a', 'b'),
    field: fc.constantFrom('facts', 'weather', 'production'),
    value: fc.constantFrom('晴', '阴', '雨'),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat(7)),
      async (words, choose) => {
        const task = await makeTask(database.db, town)
        const all = words.map((one, i) => ({
          operation: operation(task, 'record', { field: one.field, value: one.value }, { seq: i + 1 }),
          ...one,
        }))
        const arrivals = [...all, ...all].sort(() => ((choose.next().value as number) % 2 === 0 ? 1 : -1))
        for (const one of arrivals)
          await send(one.device === 'a' ? town.first : town.second, `phone-${one.device}`, [one.operation])
        const [a, b] = [
          await send(town.first, 'phone-a', [], [task]),
          await send(town.second, 'phone-b', [], [task]),
        ]
        expect(a.tasks).toEqual(b.tasks)
        const state = a.tasks[0]
        for (const field of new Set(words.map((one) => one.field)))
          for (const device of ['a', 'b']) {
            const last = all.filter((one) => one.device === device && one.field === field).at(-1)
            if (last === undefined) continue
            const shown = [
              itemOf(state, `record:${field}`),
              ...(state?.conflicts ?? [])
                .filter((one) => one.key === `record:${field}`)
                .flatMap((one) => one.versions.map((version) => version.value)),
            ]
            expect(shown).toContainEqual({ text: last.value })
          }
        const { rows } = await database.db.pool.query<{ n: number }>(
          'select count(*)::int as n from field_operation where inspection_id = $1',
          [task],
        )
        expect(rows[0]?.n).toBe(words.length)
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)

test('a signature is stored with its digest', async () => {
  const task = await makeTask(database.db, town)
  const { tasks } = await send(town.first, 'phone-a', [
    operation(task, 'signature', { role: 'officer', name: 'first', png }),
  ])
  expect(itemOf(tasks[0], 'signature:officer')).toMatchObject({
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})
