import 'fake-indexeddb/auto'
import type { FieldOperation, FieldOperationResult } from '@shanshui/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FieldStore, type KeptFile } from './store.ts'
import { SyncObstacle, SyncRefusal, syncOnce, type Transport } from './sync.ts'

const AT = Date.parse('2026-11-25T09:00:00+08:00')

/** What the network does with one request. `answer-lost`: the server has it, the phone does not know. */
type Fate = 'arrives' | 'lost' | 'answer-lost' | 'doubled' | 'half-named' | 'shuffled' | 'expired'

/** The server as its contract says: an operation counts once, by its id; what has no form is refused as a whole. */
class Server {
  readonly counted: FieldOperation[] = []
  readonly files = new Map<string, number>()
  readonly #seen = new Set<string>()

  take(operations: readonly FieldOperation[]): FieldOperationResult[] {
    if (operations.some(({ payload }) => (payload as { item?: string }).item === 'poison'))
      throw new SyncRefusal('request.invalid', 'poison')
    return operations.map((operation) => {
      const known = this.#seen.has(operation.id)
      if (!known) this.counted.push(operation)
      this.#seen.add(operation.id)
      return {
        id: operation.id,
        status: known ? 'duplicate' : 'applied',
        code: null,
        detail: null,
        version: this.counted.length,
        conflictId: null,
      }
    })
  }
}

class Network implements Transport {
  readonly server: Server
  readonly #fates: Fate[]
  constructor(server: Server, fates: readonly Fate[]) {
    this.server = server
    this.#fates = [...fates]
  }
  #next(): Fate {
    const fate = this.#fates.shift() ?? 'arrives'
    if (fate === 'lost') throw new SyncObstacle('unreachable')
    if (fate === 'expired') throw new SyncObstacle('signed-out')
    return fate
  }
  async userId(): Promise<number> {
    return 1
  }
  async send(_device: string, operations: readonly FieldOperation[]) {
    const fate = this.#next()
    let results = this.server.take(operations)
    if (fate === 'doubled') results = this.server.take(operations)
    if (fate === 'answer-lost') throw new SyncObstacle('unreachable')
    if (fate === 'half-named') results = results.slice(0, Math.ceil(results.length / 2))
    if (fate === 'shuffled') results = results.toReversed()
    return { driftSeconds: 0, results, tasks: [] }
  }
  async upload(file: KeptFile): Promise<void> {
    const fate = this.#next()
    this.server.files.set(file.key, (this.server.files.get(file.key) ?? 0) + (fate === 'doubled' ? 2 : 1))
    if (fate === 'answer-lost') throw new SyncObstacle('unreachable')
  }
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      item: fc.constantFrom('a', 'b', 'c', 'poison'),
      n: fc.nat(9),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('photo' as const), n: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('finish' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      cut: fc.boolean(),
      fates: fc.array(
        fc.constantFrom<Fate>(
          'arrives',
          'lost',
          'answer-lost',
          'doubled',
          'half-named',
          'shuffled',
          'expired',
        ),
        { maxLength: 6 },
      ),
    }),
  },
)

test('whatever the network does, every operation that the server can take counts exactly once and in its order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const server = new Server()
      let store = new FieldStore(1)
      const last = new Map<string, number>()
      const photos = new Set<string>()
      for (const one of steps) {
        if (one.do === 'answer') {
          await store.write(
            { taskId: 1, kind: 'answer', payload: { item: one.item, value: one.n }, baseVersion: 0 },
            AT,
          )
          last.set(one.item, one.n)
        }
        if (one.do === 'finish')
          await store.write(
            { taskId: 1, kind: 'finish', payload: { conclusion: 'problem' }, baseVersion: 0 },
            AT,
          )
        if (one.do === 'photo') {
          photos.add(`1:${one.n}`)
          await keepPhoto(store, one.n)
        }
        if (one.do === 'restart') {
          store.close()
          store = new FieldStore(1)
          await store.recover()
        }
        if (one.do === 'sync') await syncOnce(store, new Network(server, one.fates))
      }
      await store.recover()
      for (let tries = 0; tries < 3; tries += 1) await syncOnce(store, new Network(server, []))

      const kept = await store.db.operations.toArray()
      const poisoned = kept.filter(({ key }) => key === 'answer:poison')
      const good = kept.filter(({ key }) => key !== 'answer:poison')
      expect(good.every(({ state }) => state === 'sent')).toBe(true)
      expect(poisoned.every(({ state, reason }) => state === 'refused' && reason === 'poison')).toBe(true)
      expect(server.counted.map(({ id }) => id).sort()).toEqual(good.map(({ id }) => id).sort())
      for (const [item, value] of last) {
        if (item === 'poison') continue
        const final = server.counted
          .filter(({ payload }) => (payload as { item?: string }).item === item)
          .at(-1)
        expect(final?.payload).toMatchObject({ value })
      }
      expect([...server.files.keys()].sort()).toEqual([...photos].sort())
      expect(await store.waitingFiles()).toEqual([])
      await store.wipe()
    }),
    { numRuns: 150 },
  )
}, 120_000)

async function keepPhoto(store: FieldStore, n: number): Promise<void> {
  const sha256 = String(n)
  await store.keepFile(
    {
      key: `1:${sha256}`,
      taskId: 1,
      kind: 'photo',
      sha256,
      name: `${n}.jpg`,
      title: '照片',
      bytes: 1,
      takenMs: AT + n,
      lon: null,
      lat: null,
      accuracyM: null,
      thumb: null,
      state: 'waiting',
      offset: 0,
      reason: null,
    },
    new Blob(['x']),
    { taskId: 1, kind: 'photo', payload: { sha256, title: '照片' }, baseVersion: 0 },
    AT,
  )
}

test('the end of an inspection is sent only after its photos have arrived', async () => {
  const store = new FieldStore(1)
  const server = new Server()
  await keepPhoto(store, 1)
  await store.write({ taskId: 1, kind: 'finish', payload: { conclusion: 'no-problem' }, baseVersion: 0 }, AT)
  expect(await syncOnce(store, new Network(server, ['arrives', 'lost']))).toBe('unreachable')
  expect(server.counted.map(({ kind }) => kind)).toEqual(['photo'])
  expect(await syncOnce(store, new Network(server, []))).toBe('done')
  expect(server.counted.map(({ kind }) => kind)).toEqual(['photo', 'finish'])
  await store.wipe()
})

test('what one person wrote is never sent under the name of another', async () => {
  const store = new FieldStore(2)
  const server = new Server()
  await store.write({ taskId: 1, kind: 'answer', payload: { item: 'a' }, baseVersion: 0 }, AT)
  expect(await syncOnce(store, new Network(server, []))).toBe('other-user')
  expect(server.counted).toEqual([])
  expect(await store.waiting()).toHaveLength(1)
  await store.wipe()
})

test('an expired session keeps everything; after signing in the same operations go', async () => {
  const store = new FieldStore(1)
  const server = new Server()
  const { id } = await store.write({ taskId: 1, kind: 'answer', payload: { item: 'a' }, baseVersion: 0 }, AT)
  expect(await syncOnce(store, new Network(server, ['expired']))).toBe('signed-out')
  expect((await store.waiting()).map((one) => one.id)).toEqual([id])
  expect(await syncOnce(store, new Network(server, []))).toBe('done')
  expect(server.counted.map((one) => one.id)).toEqual([id])
  await store.wipe()
})
