import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { makeTestCity, type TestCity, testCause } from './air-fixture.ts'
import { hourMs } from './civil-time.ts'
import { applyDecision } from './decision.service.ts'
import { digestOf, wipeDerived } from './digest.repository.ts'
import { internLayout } from './layout.repository.ts'
import { drainDirty } from './rollup.service.ts'
import type { ObservationRow } from './series.table.ts'
import { writeObservations } from './write.service.ts'

const startMs = Date.parse('2024-02-28T00:00:00+08:00')
const hours = 72

let test: TestDatabase
let city: TestCity
beforeAll(async () => {
  test = await createTestDatabase()
  city = await makeTestCity(test.db)
})
afterAll(() => test.drop())

interface Message {
  readonly station: number
  readonly hour: number
  readonly values: readonly number[]
  readonly flags: string
}

const messages = fc.array(
  fc.record({
    station: fc.nat(4),
    hour: fc.nat(hours - 1),
    values: fc.array(fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constant(Number.NaN)), {
      minLength: 6,
      maxLength: 6,
    }),
    flags: fc
      .array(fc.constantFrom('N', 'N', 'N', 'D', 'T'), { minLength: 6, maxLength: 6 })
      .map((f) => f.join('')),
  }),
  { minLength: 1, maxLength: 150 },
)

function rowOf(message: Message, at: number): ObservationRow {
  const stations = [...city.stationIds, city.controlId]
  return {
    pointId: stations[message.station] ?? 0,
    regionCode: 629001,
    ownerId: 0,
    startMs: startMs + message.hour * hourMs,
    layoutId: city.layoutId,
    values: message.values,
    flags: message.flags,
    msg: BigInt(at + 1),
  }
}

type Step = { rows: readonly ObservationRow[] } | 'drain' | 'decide'

const sand = {
  type: 'sand',
  by: 1,
  atMs: testCause.atMs,
  reason: '测试',
  body: {
    action: 'make',
    cityId: 0,
    pointIds: [] as number[],
    regionCode: 629000,
    ownerId: 0,
    fromMs: startMs + 30 * hourMs,
    toMs: startMs + 40 * hourMs,
    factors: ['a34002', 'a34004'],
    scope: 'days',
    byName: 'test',
  },
}
const mark = {
  type: 'mark',
  by: 1,
  atMs: testCause.atMs,
  reason: '测试',
  body: {
    action: 'make',
    pointId: 0,
    regionCode: 629001,
    ownerId: 0,
    fromMs: startMs + 5 * hourMs,
    toMs: startMs + 20 * hourMs,
    factors: null,
    byName: 'test',
  },
}

async function run(steps: readonly Step[]): Promise<string> {
  await test.db.transaction((trx) => wipeDerived(trx))
  for (const step of [...steps, 'drain' as const]) {
    await test.db.transaction(async (trx) => {
      if (step === 'drain') await drainDirty(trx)
      else if (step === 'decide') {
        const body = { ...sand.body, cityId: city.cityId, pointIds: [...city.stationIds] }
        await applyDecision(trx, { ...sand, body }, 1_000_001n)
        await applyDecision(trx, { ...mark, body: { ...mark.body, pointId: city.stationIds[0] } }, 1_000_002n)
      } else await writeObservations(trx, 'hour', step.rows, testCause)
    })
  }
  return digestOf(test.db.pool, 'all')
}

/** Splits into batches of these sizes. */
function batches(rows: readonly ObservationRow[], sizes: readonly number[]): Step[] {
  const steps: Step[] = []
  let from = 0
  for (let i = 0; from < rows.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    steps.push({ rows: rows.slice(from, from + size) })
    from += size
  }
  return steps
}

describe('replay', () => {
  it('gives the same tables whatever the order, the batches, the duplicates and the moments of rolling up', async () => {
    await fc.assert(
      fc.asyncProperty(
        messages,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(1_000_000)),
        async (all, sizes, random) => {
          const rows = all.map(rowOf)
          const inOrder = await run([{ rows }, 'decide'])
          const shuffled = [...rows, ...rows.slice(0, 20)]
            .map((row) => ({ row, key: random.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row)
          const steps = batches(shuffled, sizes).flatMap((step, i) =>
            i % 2 === 1 ? [step, 'drain' as const] : [step],
          )
          steps.splice(Math.floor(steps.length / 2), 0, 'decide')
          expect(await run(steps)).toBe(inOrder)
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)

  it('gives the same hours from minutes in any order, split over overlapping layouts', async () => {
    const layouts = [['a34004', 'a34002'], ['a34002', 'a05024'], ['w01018']] as const
    const ids = await Promise.all(layouts.map((factors) => internLayout(test.db.pool, factors)))
    const minutes = fc.array(
      fc.record({
        station: fc.nat(1),
        layout: fc.nat(2),
        minute: fc.nat(179),
        value: fc.oneof(
          fc.integer({ min: 0, max: 9999 }).map((n) => n / 100),
          fc.constant(Number.NaN),
        ),
        flag: fc.constantFrom('N', 'N', 'D'),
      }),
      { minLength: 1, maxLength: 300 },
    )
    await fc.assert(
      fc.asyncProperty(minutes, fc.infiniteStream(fc.nat(1_000_000)), async (all, random) => {
        const rows = all.map((m, at): ObservationRow => {
          const width = layouts[m.layout]?.length ?? 1
          return {
            pointId: city.stationIds[m.station] ?? 0,
            regionCode: 629001,
            ownerId: 0,
            startMs: startMs + m.minute * 60_000,
            layoutId: ids[m.layout] ?? 0,
            values: Array.from({ length: width }, (_, i) => m.value + i),
            ...(at % 3 === 0 ? { mins: Array.from({ length: width }, () => m.value - 1) } : {}),
            flags: m.flag.repeat(width),
            msg: BigInt(at + 1),
          }
        })
        const result = async (order: readonly ObservationRow[], sizes: readonly number[]) => {
          await test.db.transaction((trx) => wipeDerived(trx))
          for (const step of batches(order, sizes)) {
            if (typeof step === 'string') continue
            await test.db.transaction((trx) => writeObservations(trx, 'min', step.rows, testCause))
            if (sizes.length > 1) await test.db.transaction((trx) => drainDirty(trx))
          }
          await test.db.transaction((trx) => drainDirty(trx))
          return [await digestOf(test.db.pool, 'min'), await digestOf(test.db.pool, 'hour')]
        }
        const shuffled = rows
          .map((row) => ({ row, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row)
        expect(await result(shuffled, [60, 1, 90])).toEqual(await result(rows, [1000]))
      }),
      { numRuns: 15 },
    )
  }, 120_000)

  it('of a late correction equals loading the corrected value at once', async () => {
    await fc.assert(
      fc.asyncProperty(messages, fc.nat(), async (all, at) => {
        // one message per hour, so that a correction is the only difference
        const rows = [...new Map(all.map((m) => [`${m.station}/${m.hour}`, m])).values()].map(rowOf)
        const index = at % rows.length
        const target = rows[index] as ObservationRow
        const corrected = {
          ...target,
          values: target.values.length === 6 ? [41, 62, 83, 24, 15, 0.7] : [],
          flags: 'NNNNNN',
          msg: 999_999n,
        }
        const late = await run([{ rows }, 'drain', { rows: [corrected] }])
        expect(late).toBe(await run([{ rows: rows.map((row, i) => (i === index ? corrected : row)) }]))
      }),
      { numRuns: 15 },
    )
  }, 120_000)
})
