import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeOperation, type Word } from './field-merge.ts'

interface Sent {
  readonly device: 'a' | 'b'
  readonly seq: number
  readonly value: number
}

/** Plays operations in the order of their arrival, as the server does; the values that are to be seen afterwards. */
function play(arrivals: readonly Sent[]): Set<number> {
  let standing: Word | undefined
  let version = 0
  const last = new Map<string, Word>()
  const beside = new Set<number>()
  for (const sent of arrivals) {
    const verdict = mergeOperation(standing, [...last.values()], { ...sent, baseVersion: 0 })
    if (verdict === 'older') continue
    if (verdict === 'write') version++
    const word: Word = { ...sent, version: Math.max(version, 1) }
    last.set(sent.device, word)
    if (verdict === 'write') standing = word
    if (verdict === 'conflict') beside.add(sent.value)
  }
  return new Set([...beside, ...(standing === undefined ? [] : [Number(standing.value)])])
}

const sents = fc
  .array(
    fc.record({
      device: fc.constantFrom('a' as const, 'b' as const),
      value: fc.integer({ min: 0, max: 4 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) => list.map((one, i): Sent => ({ ...one, seq: i + 1 })))
const shuffled = sents.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
)

test('in every order of arrival the last word of each device is to be seen', () => {
  fc.assert(
    fc.property(shuffled, ([list, arrivals]) => {
      const shown = play(arrivals)
      for (const device of ['a', 'b']) {
        const last = list.filter((one) => one.device === device).at(-1)
        if (last !== undefined) expect(shown.has(last.value)).toBe(true)
      }
    }),
    { numRuns: 5000 },
  )
})

test('one device alone ends with its last word, whatever arrives late', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), (order) => {
      expect([...play(order.map((seq) => ({ device: 'a', seq, value: seq })))]).toEqual([6])
    }),
  )
})

test('who has read the newest version writes over it; who has not is kept beside it', () => {
  const standing = { value: 'x', version: 5, device: 'a', seq: 9 }
  const by = (baseVersion: number, value: string) =>
    mergeOperation(standing, [standing], { device: 'b', seq: 1, value, baseVersion })
  expect(by(5, 'y')).toBe('write')
  expect(by(4, 'y')).toBe('conflict')
  expect(by(4, 'x')).toBe('same')
})
