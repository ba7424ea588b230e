import { describe, expect, it } from 'vitest'
import { evaluateHours, exceeds, multipleOf, type RawFactor } from './hour-evaluation.ts'
import type { LimitRow, MarkInForce, OutletContext } from './source.table.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const start = at('2026-03-01T00:00')
const hourMs = 3_600_000
const limit: LimitRow = {
  id: 7,
  value: 50,
  min: null,
  decimals: 0,
  unit: 'mg/m³',
  averaging: 'hour',
  source: 'GB 13271-2014 表2',
  clause: null,
  why: '',
  status: 'primary',
}

function contextOf(more: {
  medium?: 'air' | 'water'
  facility?: string
  marks?: MarkInForce[]
  permits?: OutletContext['permits']
}): OutletContext {
  const { medium = 'air', facility = 'boiler-gas', marks = [], permits = [] } = more
  const point = {
    id: 1,
    kind: 'outlet',
    code: 'X-DA001',
    name: '烟囱',
    regionCode: 629001,
    ownerId: 3,
    lon: null,
    lat: null,
  }
  const enterprise = { ...point, id: 2, kind: 'enterprise', properties: {} }
  return {
    outlet: {
      ...point,
      properties: {},
      enterprise,
      number: 'DA001',
      medium,
      facility,
      referenceO2: null,
      factors: ['a21026'],
      operator: null,
      main: true,
      special: false,
      ultraLow: false,
      direct: true,
    },
    pollutants: ['a21026'],
    layoutId: 1,
    conversion: medium === 'air' ? { kind: 'reference-oxygen', o2: 3.5 } : { kind: 'measured' },
    flowFactor: 1,
    permits,
    devices: [],
    ranges: new Map([['a21026', 300]]),
    marks,
    plannedStops: [],
    records: [],
    qa: [],
  }
}

const mark = (item: string, from: string, to: string, factor: string | null = null): MarkInForce => ({
  id: 1n,
  factor,
  item,
  fromMs: at(`2026-03-01T${from}`),
  toMs: at(`2026-03-01T${to}`),
})

function evaluate(
  context: OutletContext,
  values: readonly { value: number; flag?: string; short?: boolean; o2?: number; flow?: number }[],
) {
  const n = values.length
  const numbers = (pick: (one: (typeof values)[number]) => number) => Float64Array.from(values, pick)
  const factor: RawFactor = {
    value: numbers((one) => one.value),
    flag: Uint8Array.from(values, (one) => (one.flag ?? 'N').charCodeAt(0)),
    reviewed: new Uint8Array(n),
    reported: new Float64Array(n).fill(Number.NaN),
    method: new Uint8Array(n).fill('h'.charCodeAt(0)),
    short: Uint8Array.from(values, (one) => (one.short === true ? 1 : 0)),
  }
  const raw = {
    fromMs: start,
    hours: n,
    o2: numbers((one) => one.o2 ?? 3.5),
    flow: numbers((one) => one.flow ?? 300_000),
    load: new Float64Array(n).fill(80),
    msg: new Float64Array(n).fill(1),
    factors: new Map([['a21026', factor]]),
  }
  const quotas = { startStopHours: 60, faultHours: 4, preheatHours: 700 }
  const [hours] = evaluateHours(context, raw, () => limit, quotas).factors
  if (hours === undefined) throw new Error('no factor')
  const text = (codes: Uint8Array) => Buffer.from(codes).toString('latin1')
  return { ...hours, states: [...hours.state], reasons: text(hours.reason), overs: [...hours.over] }
}

describe('an hour', () => {
  it('marked 16 minutes is invalid and no exceedance, marked 15 minutes it counts (44 and 45 valid minutes)', () => {
    const marks = [mark('maintenance', '00:10', '00:26'), mark('maintenance', '01:10', '01:25')]
    const { states, reasons, overs } = evaluate(contextOf({ marks }), [{ value: 90 }, { value: 90 }])
    expect(states).toEqual([2, 1])
    expect(reasons).toBe('k ')
    expect(overs).toEqual([0, 1])
  })

  it('marked by two items one after the other is one chain: its minutes add up, those marked twice count once', () => {
    const chain = [mark('maintenance', '00:10', '00:20'), mark('calibration', '00:20', '00:27')]
    expect(evaluate(contextOf({ marks: chain }), [{ value: 90 }]).states).toEqual([2])
    const twice = [mark('maintenance', '00:10', '00:20'), mark('calibration', '00:12', '00:22')]
    expect(evaluate(contextOf({ marks: twice }), [{ value: 90 }]).states).toEqual([1])
  })

  it('keeps its value and mass whatever its state; both marks stay, the manual one beside the device flag', () => {
    const marks = [mark('fault', '00:00', '01:00')]
    const hours = evaluate(contextOf({ marks }), [{ value: 90, flag: 'M' }])
    expect(hours.measured[0]).toBe(90)
    expect(hours.massKg[0]).toBe(27)
    expect([hours.auto[0], hours.manual[0]].map((code) => String.fromCharCode(code ?? 0))).toEqual(['M', 'D'])
  })

  it('whose oxygen is 20.5 or more is not converted and not judged', () => {
    const hours = evaluate(contextOf({}), [
      { value: 90, o2: 20.5 },
      { value: 90, o2: 20.49 },
    ])
    expect(hours.converted[0]).toBeNaN()
    expect(hours.reasons).toBe('c ')
    expect(hours.overs).toEqual([0, 1])
  })

  it('is stopped by a mark or a flag, and then neither valid nor exceeding', () => {
    const marks = [mark('stopped', '00:00', '01:00')]
    const { states, overs } = evaluate(contextOf({ marks }), [
      { value: 90 },
      { value: 90, flag: 'F' },
      { value: 90 },
    ])
    expect(states).toEqual([3, 3, 1])
    expect(overs).toEqual([0, 0, 1])
  })

  it('with too few valid minutes or a flag of the device is invalid; without anything it is missing', () => {
    const values = [
      { value: 90, short: true },
      { value: 90, flag: 'D' },
      { value: Number.NaN, flag: ' ' },
    ]
    const { states, reasons } = evaluate(contextOf({}), values)
    expect(states).toEqual([2, 2, 0])
    expect(reasons).toBe('na-')
  })

  it('above the range of its instrument is no evidence; at its upper end it is', () => {
    const { states, reasons, overs } = evaluate(contextOf({}), [{ value: 300.1 }, { value: 300 }])
    expect([states, reasons, overs]).toEqual([[2, 1], 'r ', [0, 1]])
  })

  it('of waste water without flow is invalid and its mass is not counted', () => {
    const { states, reasons } = evaluate(contextOf({ medium: 'water' }), [
      { value: 40, flow: 0 },
      { value: 40, flow: 10 },
    ])
    expect(states).toEqual([2, 1])
    expect(reasons).toBe('z ')
  })
})

describe('working conditions', () => {
  const permit = {
    issuedOn: '2025-01-01',
    expiresOn: '2030-01-01',
    version: 1,
    outlets: [{ number: 'DA001', exemptions: [{ condition: '启炉', maxHours: 2 }] }],
  } as unknown as OutletContext['permits'][number]

  it('exempt as many hours as the permit grants, and not one more', () => {
    const marks = [mark('startup', '00:00', '04:00')]
    const hours = evaluate(contextOf({ marks, permits: [permit] }), new Array(5).fill({ value: 90 }))
    expect(hours.states).toEqual([4, 4, 1, 1, 1])
    expect(hours.overs).toEqual([2, 2, 1, 1, 1])
  })

  it('exempt nothing without a rule', () => {
    const marks = [mark('startup', '00:00', '02:00')]
    expect(evaluate(contextOf({ marks }), [{ value: 90 }, { value: 90 }]).overs).toEqual([1, 1])
  })

  it('of an incinerator use up 60 hours a year, a fault at most four of them; its hours are not judged', () => {
    const earlier: MarkInForce = {
      id: 2n,
      factor: null,
      item: 'shutdown',
      fromMs: at('2026-01-10T00:00'),
      toMs: at('2026-01-10T00:00') + 55 * hourMs,
    }
    const marks = [earlier, mark('source-fault', '00:00', '06:00'), mark('startup', '08:00', '10:00')]
    const context = contextOf({ marks, facility: 'waste-incinerator' })
    const hours = evaluate(context, new Array(11).fill({ value: 90 }))
    // 55 + 4 of the fault + 1 of the start-up
    expect(hours.states).toEqual([4, 4, 4, 4, 1, 1, 1, 1, 4, 1, 1])
    expect(hours.overs.every((over) => over !== 1)).toBe(true)
  })
})

describe('comparison', () => {
  it('rounds to the decimals of the limit, half to even', () => {
    expect(exceeds(50.5, limit)).toBe(false)
    expect(exceeds(50.51, limit)).toBe(true)
    expect(exceeds(51.5, { ...limit, value: 51 })).toBe(true)
    expect(exceeds(50, limit)).toBe(false)
  })
  it('of pH has two ends', () => {
    const ph = { ...limit, value: 9, min: 6 }
    expect([5.4, 5.6, 7, 9.4, 9.6].map((value) => exceeds(value, ph))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ])
    expect(multipleOf(5, ph)).toBe(1)
  })
  it('gives the multiple (C − L)/L', () => {
    expect(multipleOf(132, { value: 100, min: null })).toBeCloseTo(0.32, 12)
  })
})
