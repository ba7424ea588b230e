import 'fake-indexeddb/auto'
import type { FieldPack } from '@shanshui/contract'
import { afterEach, describe, expect, test } from 'vitest'
import { sessionOf } from '../testing/session.ts'
import { forgetSession, keepSession, keepsAnything, keptSession } from './device.ts'
import { FieldStore, type KeptFile, type NewOperation } from './store.ts'

const AT = Date.parse('2026-11-25T09:00:00+08:00')
const answer = (item: string, verdict = 'conform', taskId = 1): NewOperation => ({
  taskId,
  kind: 'answer',
  payload: { item, verdict },
  baseVersion: 3,
})
const photo: KeptFile = {
  key: '1:abc',
  taskId: 1,
  kind: 'photo',
  sha256: 'abc',
  name: 'a.jpg',
  title: '排放口',
  bytes: 3,
  takenMs: AT,
  lon: null,
  lat: null,
  accuracyM: null,
  thumb: null,
  state: 'waiting',
  offset: 0,
  reason: null,
}
const packOf = (...ids: number[]): FieldPack =>
  ({ revision: 'r', tasks: ids.map((id) => ({ id })) }) as unknown as FieldPack

let open: FieldStore[] = []
const storeOf = (userId: number): FieldStore => {
  const store = new FieldStore(userId)
  open.push(store)
  return store
}
afterEach(async () => {
  for (const store of open) await store.wipe()
  open = []
})

describe('what is written on the phone', () => {
  test('is there after the tab was closed and opened again', async () => {
    const store = storeOf(1)
    await store.write(answer('a'), AT)
    store.close()
    const again = storeOf(1)
    expect((await again.waiting()).map(({ key, seq }) => [key, seq])).toEqual([['answer:a', 1]])
  })

  test('an answer changed before it was sent is one operation, in its old place', async () => {
    const store = storeOf(1)
    const first = await store.write(answer('a', 'conform'), AT)
    await store.write(answer('b'), AT)
    await store.write(answer('a', 'doubtful'), AT + 1000)
    const waiting = await store.waiting()
    expect(waiting.map(({ key }) => key)).toEqual(['answer:a', 'answer:b'])
    expect(waiting[0]).toMatchObject({ id: first.id, operation: { payload: { verdict: 'doubtful' } } })
  })

  test('verdict, note and photos of an answer come at their own pace and none of them drives out another', async () => {
    const store = storeOf(1)
    const part = (payload: object): NewOperation => ({
      taskId: 1,
      kind: 'answer',
      payload: { item: 'a', ...payload },
      baseVersion: 3,
    })
    await Promise.all([
      store.write(part({ photos: ['p1'] }), AT),
      store.write(part({ verdict: 'not-conform' }), AT),
      store.draft(part({ note: '布袋破损' }), AT).then((key) => store.commitDraft(key)),
      store.write(part({ photos: ['p2'] }), AT),
    ])
    const [only, ...others] = await store.waiting()
    expect(others).toEqual([])
    expect(only?.operation.payload).toEqual({
      item: 'a',
      verdict: 'not-conform',
      note: '布袋破损',
      photos: expect.arrayContaining(['p1', 'p2']),
    })
  })

  test('a note added after the answer was sent keeps the verdict that the server has now', async () => {
    const store = storeOf(1)
    const first = await store.write(answer('a', 'conform'), AT)
    const value = { item: 'a', verdict: 'doubtful', photos: ['p9'] }
    await store.settle(
      [{ id: first.id, status: 'applied', code: null, detail: null, version: 4, conflictId: null }],
      [
        {
          id: 1,
          state: 'on-site',
          version: 5,
          items: [{ key: 'answer:a', value, version: 5, at: '2026-11-25T09:00:00+08:00', by: '同事' }],
          conflicts: [],
          problems: [],
          waitsFor: [],
        },
      ],
    )
    await store.write({ ...answer('a'), payload: { item: 'a', note: '已核' } }, AT)
    expect((await store.waiting())[0]?.operation.payload).toEqual({ ...value, note: '已核' })
  })

  test('an answer that is or was on its way is never replaced: the change is an operation of its own', async () => {
    const store = storeOf(1)
    const first = await store.write(answer('a', 'conform'), AT)
    await store.putOnWay([first.id])
    const second = await store.write(answer('a', 'doubtful'), AT)
    await store.bringBack([first.id])
    const third = await store.write(answer('a', 'not-conform'), AT)
    expect(second.id).not.toBe(first.id)
    expect(third.id).toBe(second.id)
    expect((await store.waiting()).map(({ id }) => id)).toEqual([first.id, second.id])
  })

  test('what was on its way when the battery died waits again', async () => {
    const store = storeOf(1)
    const { id } = await store.write(answer('a'), AT)
    await store.putOnWay([id])
    store.close()
    const again = storeOf(1)
    await again.recover()
    expect((await again.waiting()).map((one) => one.id)).toEqual([id])
  })

  test('what was being typed when the tab was killed is written at the next start, once', async () => {
    const store = storeOf(1)
    const typed = (value: string): NewOperation => ({
      taskId: 1,
      kind: 'record',
      payload: { field: 'facts', value },
      baseVersion: 3,
    })
    await store.draft(typed('除尘器'), AT)
    await store.draft(typed('除尘器布袋破损'), AT)
    store.close()
    const again = storeOf(1)
    await again.recover()
    await again.recover()
    const waiting = await again.waiting()
    expect(waiting.map(({ operation }) => operation.payload)).toEqual([
      { field: 'facts', value: '除尘器布袋破损' },
    ])
    expect(await again.db.drafts.count()).toBe(0)
  })

  test('a photo and the operation that names it are kept together, and once', async () => {
    const store = storeOf(1)
    const operation: NewOperation = {
      taskId: 1,
      kind: 'photo',
      payload: { sha256: 'abc', title: '排放口' },
      baseVersion: 3,
    }
    await store.keepFile(photo, new Blob(['abc']), operation, AT)
    await store.keepFile(photo, new Blob(['abc']), operation, AT)
    expect(await store.waitingFiles()).toHaveLength(1)
    expect(await store.waiting()).toHaveLength(1)
    expect(await (await store.bytesOf(photo.key))?.text()).toBe('abc')
    await store.fileSent(photo.key)
    expect(await store.bytesOf(photo.key)).toBeUndefined()
    expect(await store.waitingFiles()).toEqual([])
  })
})

describe('a newer pack', () => {
  test('takes sent things of tasks that are over from the phone, and leaves what is not sent', async () => {
    const store = storeOf(1)
    const sent = await store.write(answer('a', 'conform', 1), AT)
    const unsent = await store.write(answer('a', 'conform', 2), AT)
    await store.settle(
      [{ id: sent.id, status: 'applied', code: null, detail: null, version: 4, conflictId: null }],
      [],
    )
    await store.keepPack(packOf(3), AT)
    expect((await store.db.operations.toArray()).map(({ id }) => id)).toEqual([unsent.id])
  })
})

describe('another person on the same device', () => {
  test('sees nothing of the first one', async () => {
    const first = storeOf(1)
    await first.keepPack(packOf(7), AT)
    await first.write(answer('a'), AT)
    const second = storeOf(2)
    expect(await second.currentPack()).toBeUndefined()
    expect(await second.waiting()).toEqual([])
    expect(await second.device()).not.toBe(await first.device())
  })

  test('signing out forgets everything of this person, and says before what would be lost', async () => {
    const store = storeOf(1)
    await store.keepPack(packOf(1), AT)
    await store.write(answer('a'), AT)
    await store.draft(
      { taskId: 1, kind: 'record', payload: { field: 'facts', value: '正在写' }, baseVersion: 3 },
      AT,
    )
    expect(await store.unsent()).toBe(2)
    expect(await keepsAnything(1)).toBe(true)
    await store.wipe()
    expect(await keepsAnything(1)).toBe(false)
  })
})

describe('opening without signal', () => {
  test('is possible as the person who worked here last, for three days', async () => {
    const session = sessionOf(['inspection:perform'])
    await keepSession(session, AT)
    expect((await keptSession(AT + 71 * 3_600_000))?.user.id).toBe(1)
    expect(await keptSession(AT + 73 * 3_600_000)).toBeUndefined()
    expect(await keptSession(AT - 2 * 3_600_000)).toBeUndefined()
    await forgetSession()
    expect(await keptSession(AT)).toBeUndefined()
  })
})
