import { describe, expect, it, vi } from 'vitest'
import { Batcher, type BatcherOptions } from './batcher.ts'

interface Item {
  id: number
  bad?: boolean
  quarantined?: boolean
}
const dataFault = Object.assign(new Error('bad value'), { code: '22003' })

function make(overrides: Partial<BatcherOptions<Item>> = {}) {
  const committed: Item[][] = []
  const pressure: boolean[] = []
  const batcher = new Batcher<Item>({
    commit: async (batch) => {
      await new Promise((r) => setTimeout(r, 5))
      if (batch.some((i) => i.bad && !i.quarantined)) throw dataFault
      committed.push([...batch])
    },
    isDataFault: (e) => e === dataFault,
    poisoned: (item) => ({ ...item, quarantined: true }),
    bytesOf: () => 10,
    onPressure: (full) => pressure.push(full),
    onFault: () => undefined,
    ...overrides,
  })
  const send = (item: Item) => new Promise<boolean>((resolve) => batcher.push(item, resolve))
  return { batcher, committed, pressure, send }
}

describe('natural batching', () => {
  it('gathers what arrives during a commit into the next batch, in order', async () => {
    const { committed, send } = make()
    const first = send({ id: 0 })
    await new Promise((r) => setTimeout(r, 2))
    await Promise.all([first, ...Array.from({ length: 50 }, (_, i) => send({ id: i + 1 }))])
    expect(committed).toHaveLength(2)
    expect(committed.flat().map((i) => i.id)).toEqual(Array.from({ length: 51 }, (_, i) => i))
  })

  it('never holds more than the stated number in a batch', async () => {
    const { committed, send } = make({ maxBatch: 7 })
    await Promise.all(Array.from({ length: 50 }, (_, id) => send({ id })))
    expect(Math.max(...committed.map((b) => b.length))).toBeLessThanOrEqual(7)
    expect(committed.flat()).toHaveLength(50)
  })

  it('says done only after the commit', async () => {
    let release = () => {}
    const gate = new Promise<void>((r) => {
      release = r
    })
    const { send } = make({ commit: () => gate })
    let done = false
    const sent = send({ id: 1 }).then(() => {
      done = true
    })
    await new Promise((r) => setTimeout(r, 20))
    expect(done).toBe(false)
    release()
    await sent
    expect(done).toBe(true)
  })

  it('halves a poisoned batch: the good are written, each poison alone goes to quarantine', async () => {
    const { committed, send } = make()
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, id) => send({ id, bad: id === 3 || id === 29 })),
    )
    expect(results.every(Boolean)).toBe(true)
    expect(
      committed
        .flat()
        .filter((i) => i.quarantined)
        .map((i) => i.id)
        .sort((a, b) => a - b),
    ).toEqual([3, 29])
    expect(new Set(committed.flat().map((i) => i.id)).size).toBe(40)
  })

  it('repeats after a fault of the database and loses nothing', async () => {
    let down = 3
    const written: number[] = []
    const { send } = make({
      commit: async (batch) => {
        if (down-- > 0) throw new Error('connection lost')
        written.push(...batch.map((i) => i.id))
      },
    })
    expect(await Promise.all([send({ id: 1 }), send({ id: 2 })])).toEqual([true, true])
    expect(written).toEqual([1, 2])
  })

  it('asks the senders to wait when the queue is full and lets go when half is free', async () => {
    const { pressure, send } = make({ maxQueuedBytes: 100, maxBatch: 4 })
    await Promise.all(Array.from({ length: 12 }, (_, id) => send({ id })))
    expect(pressure).toEqual([true, false])
  })

  it('acknowledges nothing that was not written when it is stopped during an outage', async () => {
    const commit = vi.fn(async () => {
      throw new Error('disk full')
    })
    const { batcher, send } = make({ commit })
    const sent = [send({ id: 1 }), send({ id: 2 })]
    await batcher.stop(30)
    expect(await Promise.all(sent)).toEqual([false, false])
    expect(await send({ id: 3 })).toBe(false)
  })
})
