import type { Condition } from '@shanshui/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OutletHours } from '../sources/index.ts'
import { conditionFaults, conditionText, isByFactor, lookBackHours } from './condition.ts'
import { dayTable } from './day-table.ts'
import { evaluateCondition, no, runsOf, unknown, yes } from './evaluate-condition.ts'
import { hourTable, type StepTable } from './hour-table.ts'
import { minuteTable } from './minute-table.ts'

const hourMs = 3_600_000
const midnight = Date.parse('2026-08-21T00:00:00+08:00')
const none = new Map<string, number>()
const NaNs = (n: number) => new Float64Array(n).fill(Number.NaN)

/** Hours of one factor; null is a missing hour. */
function series(values: readonly (number | null)[], over: Partial<OutletHours> = {}): OutletHours {
  const n = values.length
  const measured = Float64Array.from(values, (v) => v ?? Number.NaN)
  return {
    outletId: 1,
    factor: 'a21026',
    startMs: Float64Array.from({ length: n }, (_, i) => midnight + i * hourMs),
    measured,
    converted: measured,
    reported: NaNs(n),
    o2: NaNs(n),
    flow: NaNs(n),
    load: NaNs(n),
    massKg: NaNs(n),
    limit: new Float64Array(n).fill(50),
    state: Uint8Array.from(values, (v) => (v === null ? 0 : 1)),
    marks: ' '.repeat(n),
    msg: new BigInt64Array(n),
    ...over,
  }
}
const table = (...rows: OutletHours[]): StepTable =>
  hourTable(rows, [], midnight, midnight + (rows[0]?.startMs.length ?? 0) * hourMs)
const judge = (condition: Condition, of: StepTable, parameters = none, factor = 'a21026') => [
  ...evaluateCondition(condition, of, factor, parameters),
]
const above = (value: number | { parameter: string }): Condition => ({
  kind: 'threshold',
  quantity: { of: 'judged', factor: '*' },
  op: '>',
  value,
})

describe('judging', () => {
  test('a threshold knows nothing of an hour without a valid value', () => {
    expect(judge(above(30), table(series([20, 40, null, 31])))).toEqual([no, yes, unknown, yes])
    const marked = series([20, 40, 50], { state: Uint8Array.of(1, 2, 3) })
    expect(judge(above(30), table(marked))).toEqual([no, unknown, unknown])
  })
  test('the ratio to the limit, with a parameter of the rule', () => {
    const near: Condition = {
      kind: 'threshold',
      quantity: { of: 'limit-ratio', factor: '*' },
      op: '>=',
      value: { parameter: 'ratio' },
    }
    expect(judge(near, table(series([44.9, 45])), new Map([['ratio', 0.9]]))).toEqual([no, yes])
  })
  test('pH, which has two limits, is never near in the sense of a ratio', () => {
    const near: Condition = {
      kind: 'threshold',
      quantity: { of: 'limit-ratio', factor: '*' },
      op: '>=',
      value: 0.9,
    }
    const ph = series([8.5], { factor: 'w01001', limit: Float64Array.of(9) })
    expect(judge(near, table(ph), none, 'w01001')).toEqual([unknown])
  })
  test('the change against the hour before', () => {
    const jump: Condition = { kind: 'threshold', quantity: { of: 'rate', factor: '*' }, op: '>', value: 10 }
    expect(judge(jump, table(series([10, 25, 26, null, 50])))).toEqual([unknown, yes, no, unknown, unknown])
  })
  test('lasting: holds from the hour on at which it has held for so long, and a gap begins the count anew', () => {
    const lasting: Condition = { kind: 'lasting', condition: above(30), hours: 3 }
    expect(judge(lasting, table(series([40, 40, 40, 40, 20, 40, 40, 40])))).toEqual([
      unknown,
      unknown,
      yes,
      yes,
      no,
      no,
      no,
      yes,
    ])
    expect(judge(lasting, table(series([40, 40, null, 40, 40, 40])))).toEqual([
      unknown,
      unknown,
      unknown,
      unknown,
      unknown,
      yes,
    ])
  })
  test('absence counts from the last datum, and a source that does not run owes none, nor one that has not begun', () => {
    const absent: Condition = { kind: 'absent', factor: '*', minutes: 120 }
    expect(judge(absent, table(series([1, null, null, null, 1, null])))).toEqual([
      no,
      unknown,
      yes,
      yes,
      no,
      unknown,
    ])
    const stopped = series([1, null, null, null], { state: Uint8Array.of(1, 3, 3, 0) })
    expect(judge(absent, table(stopped))).toEqual([no, no, no, unknown])
    expect(judge(absent, hourTable([], [], midnight, midnight + 3 * hourMs))).toEqual([
      unknown,
      unknown,
      unknown,
    ])
  })
  test('and, or and not in three values', () => {
    const of = table(series([20, 40, null]))
    expect(judge({ kind: 'not', condition: above(30) }, of)).toEqual([yes, no, unknown])
    expect(judge({ kind: 'any', conditions: [above(30), above(10)] }, of)).toEqual([yes, yes, unknown])
    expect(judge({ kind: 'all', conditions: [above(30), above(10)] }, of)).toEqual([no, yes, unknown])
  })
  test('two series compared: difference, ratio, Spearman’s correlation', () => {
    const other = series([1, 2, 3, 4, 5, 6], { factor: 'a21002' })
    const of = table(series([10, 20, 30, 40, 50, 35]), other)
    const compare = (by: 'difference' | 'ratio' | 'correlation', value: number): Condition => ({
      kind: 'compare',
      a: { of: 'judged', factor: '*' },
      b: { of: 'judged', factor: 'a21002' },
      by,
      hours: 5,
      op: '>=',
      value,
    })
    // Means 30 and 3 at the fifth hour, ranks alike; in the sixth ranks 1 2 4 5 3 against 1 … 5: ρ = 1 − 6·6/120 = 0.7.
    expect(judge(compare('difference', 27), of)).toEqual([unknown, unknown, unknown, unknown, yes, yes])
    expect(judge(compare('ratio', 10), of)[4]).toBe(yes)
    expect(judge(compare('correlation', 1), of).slice(4)).toEqual([yes, no])
    expect(judge(compare('correlation', 0.7), of)[5]).toBe(yes)
  })
  test('an exceedance is what the room of sources says it is', () => {
    const of = hourTable(
      [series([60, 60, 20, null])],
      [{ outletId: 1, factor: 'a21026', fromMs: midnight + hourMs, toMs: midnight + 2 * hourMs }],
      midnight,
      midnight + 4 * hourMs,
    )
    expect(judge({ kind: 'exceeding', factor: '*' }, of)).toEqual([no, yes, no, unknown])
  })
  test('days: only whole ones, valid over due without stopped hours', () => {
    const state = Uint8Array.from({ length: 60 }, (_, i) => (i < 12 ? 3 : i < 18 ? 0 : 1))
    const days = dayTable(table(series(new Array(60).fill(10), { state })))
    expect([...days.startMs]).toEqual([midnight, midnight + 24 * hourMs])
    expect([...days.transmission]).toEqual([0.5, 1])
  })
  test('minutes keep the limit and the stops of their hour', () => {
    const hours = table(series([10, 10]))
    const startMs = Float64Array.of(midnight + 60_000, midnight + 61 * 60_000)
    const minutes = minuteTable(
      {
        startMs,
        pointId: Int32Array.of(1, 1),
        columns: new Map([
          ['a21026', Float64Array.of(30, 40)],
          ['a21026Zs', Float64Array.of(60, Number.NaN)],
        ]),
        flags: new Map(),
        marks: new Map(),
        msg: BigInt64Array.of(7n, 8n),
      },
      hours,
      ['a21026'],
      midnight,
      midnight + 2 * hourMs,
    )
    const states = judge(above(50), minutes)
    expect([states[0], states[1], states[61]]).toEqual([unknown, yes, no])
    expect(minutes.factors.get('a21026')?.limit[61]).toBe(50)
  })
})

describe('stretches', () => {
  test('an unknown hour inside does not end one, an hour that is not does', () => {
    expect(runsOf(Int8Array.of(yes, unknown, yes, no, unknown, yes, unknown))).toEqual([
      { from: 0, to: 3 },
      { from: 5, to: 6 },
    ])
  })
  test('every hour that holds lies in exactly one stretch, and no stretch holds an hour that does not', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(yes, no, unknown), { maxLength: 60 }), (list) => {
        const states = Int8Array.from(list)
        const runs = runsOf(states)
        for (let i = 0; i < states.length; i++) {
          const inside = runs.filter((run) => i >= run.from && i < run.to).length
          if (states[i] === yes) expect(inside).toBe(1)
          if (states[i] === no) expect(inside).toBe(0)
        }
      }),
    )
  })
})

describe('the language', () => {
  test('faults name the place', () => {
    const condition = {
      kind: 'all',
      conditions: [above(1), { kind: 'lasting', hours: -1, condition: { kind: 'x' } }],
    }
    expect(conditionFaults(condition, new Set()).map((f) => f.path)).toEqual([
      'condition/conditions/1/hours',
      'condition/conditions/1/condition/kind',
    ])
    expect(conditionFaults(above({ parameter: 'p' }), new Set())).toMatchObject([{ message: '没有参数 p' }])
    expect(conditionFaults(above({ parameter: 'p' }), new Set(['p']))).toEqual([])
  })
  test('is not without bottom', () => {
    let deep: unknown = above(1)
    for (let i = 0; i < 20; i++) deep = { kind: 'not', condition: deep }
    expect(conditionFaults(deep, new Set())[0]?.message).toBe('嵌套超过 8 层')
  })
  test('never throws on anything that is not a condition', () => {
    fc.assert(fc.property(fc.anything(), (value) => void conditionFaults(value, new Set())))
  })
  test('says itself in Chinese and knows how far it looks back', () => {
    const condition: Condition = {
      kind: 'any',
      conditions: [
        { kind: 'lasting', condition: above(30), hours: { parameter: 'h' } },
        { kind: 'absent', factor: 'a21002', minutes: 90 },
      ],
    }
    const parameters = new Map([['h', 6]])
    expect(conditionText(condition, parameters, (f) => f)).toBe(
      '各监测因子判定浓度（有基准氧的为折算）大于 30，持续 6 小时以上，或 a21002 90 分钟没有数据',
    )
    expect(lookBackHours(condition, parameters)).toBe(6)
    expect(isByFactor(condition)).toBe(true)
  })
})
