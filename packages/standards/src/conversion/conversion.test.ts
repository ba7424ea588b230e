import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { convertHours, hourMass } from './bulk.ts'
import { emissionRate, gasMass, waterMass } from './mass.ts'
import {
  baseVolumeConcentration,
  type ConversionRule,
  conversionFactor,
  convertedConcentration,
  convertibleBelowO2,
  convertibleBound,
  excessAir,
  oxygenOfExcessAir,
} from './oxygen.ts'
import { referenceOxygenOf, referenceOxygens } from './reference-oxygen.ts'
import {
  actualFlow,
  gases,
  molarMasses,
  nitricOxideAsNo2,
  noToNo2,
  ppmToMilligrams,
  standardFlow,
  toDryStandard,
  wasteGasFormulas,
  wasteGasState,
  wetToDry,
} from './state.ts'

const at = (o2: number): ConversionRule => ({ kind: 'reference-oxygen', o2 })
const stack = { atmosphericPressure: 84_600, staticPressure: -350, temperature: 85, moisture: 0.095 }
const duct = { section: 12.5, velocity: 14.2 }

describe('converted concentration', () => {
  test('S1 SO2 48 at 8.2 % oxygen, coal power boiler (6 %) → 56.25', () => {
    expect(convertedConcentration(48, 8.2, at(6))).toEqual({ value: 56.25, reason: null })
    expect(referenceOxygenOf('power-coal-boiler')?.rule).toEqual(at(6))
  })

  test('S2 NOx 120 at 5.1 %, gas boiler (3.5 %) → 132.08', () => {
    expect(roundHalfEven(convertedConcentration(120, 5.1, at(3.5)).value!, 2)).toBe(132.08)
    expect(referenceOxygenOf('boiler-gas')).toMatchObject({ rule: at(3.5), at: '表6', status: 'verified' })
  })

  test('S3 SO2 22 at 17.4 %, sinter (16 %) → 30.56', () => {
    expect(roundHalfEven(convertedConcentration(22, 17.4, at(16)).value!, 2)).toBe(30.56)
    expect(referenceOxygenOf('sinter')).toMatchObject({ rule: at(16), status: 'unverified' })
  })

  test('S16 oxygen 20.8 % or missing gives null with a reason, never the reference oxygen instead', () => {
    const refused = { value: null, reason: 'O2_NOT_CONVERTIBLE' }
    expect(convertedConcentration(30, 20.8, at(6))).toEqual(refused)
    expect(convertedConcentration(30, 20.5, at(6))).toEqual(refused)
    expect(convertedConcentration(30, 21, at(6))).toEqual(refused)
    expect(convertedConcentration(30, null, at(6))).toEqual(refused)
    expect(convertedConcentration(30, Number.NaN, at(6))).toEqual(refused)
    expect(convertedConcentration(30, -0.1, at(6))).toEqual(refused)
    expect(convertedConcentration(30, 20.49, at(6)).value).toBeCloseTo((30 * 15) / 0.51, 9)
    expect(convertibleBelowO2).toMatchObject({ value: 20.5, status: 'design' })
  })

  test('a missing or negative concentration stays without a converted one', () => {
    expect(convertedConcentration(null, 8, at(6)).reason).toBe('VALUE_MISSING')
    expect(convertedConcentration(-0.2, 8, at(6)).reason).toBe('VALUE_NEGATIVE')
    expect(convertedConcentration(0, 8, at(6)).value).toBe(0)
  })

  test('the excess-air form equals the oxygen form: α 1.7 is 8.647 %', () => {
    expect(roundHalfEven(oxygenOfExcessAir(1.7), 3)).toBe(8.647)
    expect(excessAir(6)).toBe(1.4)
    const byAir = convertedConcentration(100, 12, { kind: 'excess-air', coefficient: 1.7 })
    expect(byAir.value).toBeCloseTo((100 * excessAir(12)) / 1.7, 9)
    expect(byAir.value).toBeCloseTo(convertedConcentration(100, 12, at(oxygenOfExcessAir(1.7))).value!, 4)
    expect(referenceOxygenOf('brick-kiln')?.rule).toEqual({ kind: 'excess-air', coefficient: 1.7 })
  })

  test('enriched combustion air is the divisor, pure oxygen is refused', () => {
    const rule = { kind: 'oxygen-enriched', o2: 11, supplyO2: 30 } as const
    expect(convertedConcentration(50, 15, rule).value).toBeCloseTo((50 * 10) / 15, 9)
    expect(convertedConcentration(50, 29.6, rule).reason).toBe('O2_NOT_CONVERTIBLE')
    expect(convertibleBound(30)).toBe(29.5)
    expect(() => convertedConcentration(50, 15, { ...rule, supplyO2: 100 })).toThrow('纯氧')
    expect(() => convertedConcentration(50, 15, at(21))).toThrow('基准氧含量')
  })

  test('a source without a reference is judged as measured, whatever its oxygen', () => {
    expect(referenceOxygenOf('cement-other')?.rule).toEqual({ kind: 'measured' })
    expect(convertedConcentration(18, 20.9, { kind: 'measured' })).toEqual({ value: 18, reason: null })
    expect(referenceOxygenOf('nowhere')).toBeUndefined()
  })

  test('property: finite, not negative, rising with oxygen, equal to the measured one at the reference', () => {
    const o2 = fc.double({ min: 0, max: 20.49, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5000, noNaN: true }), o2, o2, o2, (c, a, b, reference) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        const first = convertedConcentration(c, low, at(reference)).value!
        const second = convertedConcentration(c, high, at(reference)).value!
        expect(Number.isFinite(second)).toBe(true)
        expect(first).toBeGreaterThanOrEqual(0)
        expect(second).toBeGreaterThanOrEqual(first)
        expect(conversionFactor(reference, at(reference))).toBe(1)
      }),
    )
  })

  test('every row of the table says where it comes from, and a facility has one row in force', () => {
    for (const { source, standard, zh } of referenceOxygens) {
      expect(source).toContain(standard.startsWith('GB') ? standard.slice(0, 8) : '')
      expect(zh).not.toBe('')
    }
    expect(referenceOxygens.filter(({ facility }) => facility === 'brick-kiln')).toHaveLength(2)
  })
})

describe('state of the gas', () => {
  test('S4 35 ppm SO2 → 100.0; 60 ppm NO as NO2 → 123.21', () => {
    expect(ppmToMilligrams(35, 'so2')).toBe(100)
    expect(roundHalfEven(ppmToMilligrams(60, 'no'), 2)).toBe(123.21)
    expect(gases.map((gas) => molarMasses[gas])).toEqual([64, 46, 46, 28, 36.5, 17])
    expect(nitricOxideAsNo2(30)).toBe(noToNo2.no2)
  })

  test('S5 12.5 m² at 14.2 m/s: 639 000 m³/h actual, 366 676 m³/h dry standard', () => {
    expect(actualFlow(duct)).toBe(639_000)
    expect(roundHalfEven(standardFlow(duct, stack), 0)).toBe(366_676)
    expect(wasteGasFormulas.status).toBe('unverified')
  })

  test('what is already dry standard stays; concentration and flow change by inverse factors', () => {
    const standard = { atmosphericPressure: 101_325, staticPressure: 0, temperature: 0, moisture: 0 }
    expect(toDryStandard(40, standard)).toBe(40)
    expect(wasteGasState.kelvin).toBe(273)
    expect(toDryStandard(20, stack) * standardFlow(duct, stack)).toBeCloseTo(20 * actualFlow(duct), 3)
    expect(wetToDry(18, 0.1)).toBe(20)
    expect(() => wetToDry(18, 1)).toThrow('含湿量')
    expect(() => toDryStandard(1, { ...stack, temperature: -273 })).toThrow('烟温')
    expect(() => toDryStandard(1, { ...stack, staticPressure: -84_600 })).toThrow('绝对压力')
  })
})

describe('mass', () => {
  test('S6 28 mg/m³ measured dry at the flow of S5 → 10.267 kg/h', () => {
    expect(roundHalfEven(emissionRate(28, standardFlow(duct, stack)), 3)).toBe(10.267)
    expect(gasMass(28, 100_000, 24)).toBeCloseTo(67.2, 9)
    expect(waterMass(41.93, 420)).toBeCloseTo(17.6106, 9)
  })

  test('the evaluator takes the measured value: a converted column beside it changes nothing', () => {
    const outcome = evaluatorById('source.mass')!.evaluate({ value: 28, flow: 366_675.9, converted: 40 })
    expect(outcome.ok && (outcome.value as { rate: number }).rate).toBeCloseTo(10.266_925, 6)
  })
})

describe('base volume', () => {
  test('above the base the concentration grows with the volume, below it the measured one counts', () => {
    expect(baseVolumeConcentration(40, 30_000, 20_000)).toBe(60)
    expect(baseVolumeConcentration(40, 20_000, 20_000)).toBe(40)
    expect(baseVolumeConcentration(40, 5_000, 20_000)).toBe(40)
    expect(() => baseVolumeConcentration(40, 5_000, 0)).toThrow('基准')
  })
})

describe('many hours', () => {
  const hours = fc.array(
    fc.record({
      measured: fc.oneof(fc.double({ min: -2, max: 800, noNaN: true }), fc.constant(Number.NaN)),
      o2: fc.oneof(fc.double({ min: -1, max: 22, noNaN: true }), fc.constant(Number.NaN)),
      flow: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constant(Number.NaN)),
    }),
    { maxLength: 50 },
  )
  const rule = fc.constantFrom<ConversionRule>(
    at(6),
    at(3.5),
    { kind: 'excess-air', coefficient: 1.7 },
    { kind: 'oxygen-enriched', o2: 11, supplyO2: 28 },
    { kind: 'measured' },
  )

  test('property: the bulk form gives the very numbers of one hour', () => {
    fc.assert(
      fc.property(hours, rule, (list, by) => {
        const measured = Float64Array.from(list, (hour) => hour.measured)
        const o2 = Float64Array.from(list, (hour) => hour.o2)
        const out = new Float64Array(list.length)
        const refused = convertHours(out, measured, o2, by)
        const single = list.map((hour) => convertedConcentration(hour.measured, hour.o2, by))
        expect([...out]).toEqual(single.map(({ value }) => value ?? Number.NaN))
        expect(refused).toBe(single.filter(({ reason }) => reason === 'O2_NOT_CONVERTIBLE').length)
        const mass = new Float64Array(list.length)
        hourMass(
          mass,
          measured,
          Float64Array.from(list, (hour) => hour.flow),
        )
        for (const [i, hour] of list.entries())
          expect(mass[i]).toBe(emissionRate(Math.max(hour.measured, 0), hour.flow))
      }),
    )
  })

  test('a number stands for a reference oxygen; water counts mg/L and m³', () => {
    const out = new Float64Array(1)
    convertHours(out, Float64Array.of(48), Float64Array.of(8.2), 6)
    expect(out[0]).toBe(56.25)
    expect(hourMass(out, Float64Array.of(40), Float64Array.of(100), 'water')).toBe(4)
  })
})

describe('source.converted-concentration from outside', () => {
  const converted = (input: object) => {
    const outcome = evaluatorById('source.converted-concentration')!.evaluate(input)
    return outcome.ok ? outcome.value : outcome.detail
  }

  test('reference oxygen, excess air or facility; the refusal of S16 is a result with its reason', () => {
    expect(converted({ value: 48, o2: 8.2, referenceO2: 6 })).toEqual({ converted: 56.25, reason: null })
    expect(converted({ value: 48, o2: 8.2, facility: 'power-coal-boiler' })).toEqual({
      converted: 56.25,
      reason: null,
    })
    expect(converted({ value: 48, o2: 20.8, referenceO2: 6 })).toEqual({
      converted: null,
      reason: 'O2_NOT_CONVERTIBLE',
    })
    expect(converted({ value: 100, o2: 12, excessAir: 1.4 })).toMatchObject({ reason: null })
    expect(converted({ value: 48, o2: 8.2 })).toContain('referenceO2')
    expect(converted({ value: 48, o2: 8.2, facility: 'x' })).toContain('x')
    expect(converted({ value: 48, o2: 8.2, referenceO2: 6, excessAir: 1.4 })).toContain('只能给一个')
  })
})
