import { describe, expect, test } from 'vitest'
import type { Extras } from '../frame.ts'
import { chance, convert, frameOf, type Plant, plant, wander, write } from '../plant.fixture.ts'
import { type FraudLead, scanOutlet } from '../scan.ts'

/** Leads of a rule (and parameter) that touch the hours [from, to). */
function leadsOf(
  made: Plant,
  rule: string,
  more: { parameter?: string; from?: number; to?: number; extras?: Extras; medium?: 'air' | 'water' } = {},
): FraudLead[] {
  const from = made.startMs[more.from ?? 0] as number
  const to = made.startMs[(more.to ?? made.n) - 1] as number
  return scanOutlet(frameOf(made, more)).filter(
    (lead) =>
      lead.rule === rule &&
      (more.parameter === undefined || lead.parameter === more.parameter) &&
      lead.fromMs <= to &&
      lead.toMs >= from,
  )
}

const A = 1000
const DAY = 24

test('an honest plant has no high lead, in any of five forms', () => {
  for (const parameters of [['SO2'], ['SO2', 'NOx'], ['SO2', 'NOx', 'PM'], ['CO'], ['HCl', 'NOx']])
    expect(scanOutlet(frameOf(plant(parameters))).filter(({ level }) => level === 'high')).toEqual([])
})

describe('F01, F02, F27, F28, F39: values that do not move', () => {
  const frozen = (hours: number, jitter = 0) => {
    const made = plant()
    const kept = made.series[0]!.value[A - 1]!
    write(made, 0, A, A + hours, (_, i) => kept * (1 + jitter * (chance(i, 77) - 0.5)))
    return made
  }

  test('two frozen days are a high lead with all five', () => {
    for (const rule of ['F02', 'F27', 'F28', 'F39', 'F01']) {
      const [lead] = leadsOf(frozen(48), rule, { parameter: 'SO2', from: A, to: A + 48 })
      expect(lead?.level, rule).toBe('high')
    }
    const [lead] = leadsOf(frozen(48), 'F27', { parameter: 'SO2', from: A, to: A + 48 })
    expect(Math.abs(lead!.fromMs - frozen(48).startMs[A]!)).toBeLessThanOrEqual(3_600_000)
    expect(lead!.explanation).toContain('二氧化硫在2025年2月11日')
    expect(lead!.refutation).not.toBe('')
    expect(lead!.hoursMs.length).toBe(lead!.n)
  })

  test('a jitter of half a percent is still as good as frozen, but its last digit moves', () => {
    expect(leadsOf(frozen(48, 0.005), 'F27', { from: A, to: A + 48 })[0]?.level).toBe('high')
    expect(leadsOf(frozen(48, 0.005), 'F39', { from: A, to: A + 48 })).toEqual([])
  })

  test('a slow water analyser that stands at one display step for five results is no lead of its own', () => {
    const sewage = (results: number) => {
      const made = plant(['COD'])
      write(made, 0, A, A + results, () => made.series[0]!.value[A - 1]!)
      return made
    }
    const window = { from: A, to: A + 5, medium: 'water' as const }
    const five = leadsOf(sewage(5), 'F01', window)
    // where something else speaks of the same hours it still counts
    for (const lead of five) expect(lead.score).toBeGreaterThan(lead.weight)
    expect(leadsOf(sewage(30), 'F01', { ...window, to: A + 30 })[0]?.weight).toBe(0.3)
    // rounding to few steps makes any water series stand still
    const coarse = plant(['COD'])
    write(coarse, 0, 0, coarse.n, (v) => Math.round(v / 2) * 2)
    expect(leadsOf(coarse, 'F01', { medium: 'water' })).toEqual([])
  })

  test('three frozen hours are none', () => {
    for (const rule of ['F01', 'F27']) expect(leadsOf(frozen(3), rule, { from: A, to: A + 3 })).toEqual([])
  })

  test('frozen near the zero of the instrument weighs next to nothing', () => {
    const made = plant(['SO2'])
    write(made, 0, 0, made.n, (v) => v / 100)
    write(made, 0, A, A + 48, () => 0.7)
    for (const lead of scanOutlet(frameOf(made))) expect(lead.level).not.toBe('high')
  })

  test('a stopped plant is not looked at', () => {
    const made = plant()
    for (let i = A; i < A + 200; i++) {
      made.series[0]!.mark[i] = 'F'
      made.series[1]!.mark[i] = '停运'
      made.load[i] = 0
    }
    write(made, 0, A, A + 200, () => 1)
    expect(leadsOf(made, 'F27', { from: A, to: A + 200 })).toEqual([])
  })

  test('the same gas every night is found', () => {
    const made = plant()
    write(made, 0, A, A + 8 * DAY, (v, i) => (i % DAY < 8 ? 25 + 0.1 * (chance(i) - 0.5) : v))
    expect(leadsOf(made, 'F27', { parameter: 'SO2', from: A, to: A + 8 * DAY }).length).toBeGreaterThan(0)
  })
})

describe('F03, F04, F31: at and under the limit', () => {
  const clipped = (cap: number) => {
    const made = plant()
    made.series[0]!.limit.fill(56)
    write(made, 0, A, A + 20 * DAY, (v, i) => {
      const top = (cap * (21 - made.o2[i]!)) / 15
      return Math.min(v * 1.5, top)
    })
    return made
  }

  test('cut at 98 % of the limit for three weeks is high', () => {
    const made = clipped(0.98 * 56)
    for (const rule of ['F03', 'F31'])
      expect(leadsOf(made, rule, { parameter: 'SO2', from: A, to: A + 480 })[0]?.level).toBe('high')
  })

  test('a plant that goes above the limit as it likes is not', () => {
    const made = plant()
    made.series[0]!.limit.fill(56)
    for (const rule of ['F03', 'F04', 'F31']) expect(leadsOf(made, rule, { parameter: 'SO2' })).toEqual([])
  })

  test('a value that appears five times a day as the maximum is a hard cap', () => {
    const made = plant(['SO2'])
    made.o2.fill(6)
    write(made, 0, 0, made.n, (v) => v)
    write(made, 0, A, A + 10 * DAY, (v) => Math.min(v, 38))
    expect(leadsOf(made, 'F04', { from: A, to: A + 240 }).length).toBeGreaterThan(0)
    expect(leadsOf(plant(['SO2']), 'F04')).toEqual([])
  })
})

describe('F06, F29, F30, F45: levels', () => {
  const scaled = (factor: number, mark = '') => {
    const made = plant()
    write(made, 0, A, A + 240, (v) => v * factor)
    for (let i = A - 3; i < A + 1; i++) made.series[0]!.mark[i] = mark
    return made
  }

  test('halved for ten days while the load goes on is high', () => {
    for (const rule of ['F29', 'F30'])
      expect(leadsOf(scaled(0.5), rule, { parameter: 'SO2', from: A, to: A + 240 })[0]?.level).toBe('high')
    expect(leadsOf(scaled(0.5), 'F29', { parameter: 'NOx' })).toEqual([])
  })

  test('a fall of 10 % is none', () => {
    expect(leadsOf(scaled(0.9), 'F29', { parameter: 'SO2' })).toEqual([])
  })

  test('where somebody worked on the instrument at the beginning it weighs half', () => {
    const [lead] = leadsOf(scaled(0.5, 'M'), 'F29', { parameter: 'SO2', from: A, to: A + 240 })
    expect(lead?.weight).toBe(0.3)
    expect(lead?.explanation).toContain('仪器维护')
  })

  test('a fall that the load explains is none', () => {
    const made = plant()
    for (let i = A; i < A + 240; i++) {
      made.load[i] = made.load[i]! * 0.5
      made.flow[i] = made.flow[i]! * 0.5
    }
    for (const k of [0, 1]) write(made, k, A, A + 240, (v) => v * 0.5 ** 0.7)
    expect(leadsOf(made, 'F29', { from: A, to: A + 240 }).filter(({ level }) => level === 'high')).toEqual([])
  })

  test('one step that stays is a step change', () => {
    const made = plant()
    write(made, 0, A, made.n, (v) => v * 0.3)
    expect(leadsOf(made, 'F06', { parameter: 'SO2', from: A - 2, to: A + 2 }).length).toBe(1)
  })
})

describe('F07, F32, F40: movements', () => {
  test('values of eleven hours ago are found to be late', () => {
    const made = plant()
    const before = made.series[0]!.value.slice()
    write(made, 0, A, A + 14 * DAY, (_, i) => before[i - 11]!)
    const leads = scanOutlet(frameOf(made)).filter(({ parameter }) => parameter === 'SO2')
    expect(leads.some(({ rule, level }) => rule === 'F08' && level === 'high')).toBe(true)
  })

  test('a parameter that always follows the load and suddenly does not', () => {
    const made = plant(['SO2'], 120)
    const noise = wander(made.n, 50, 0.5)
    write(made, 0, 0, made.n, (_, i) => 0.5 * made.load[i]! + 0.3 * noise[i]!)
    write(made, 0, 1500, 1500 + 10 * DAY, (_, i) => 37 + 4 * noise[i]!)
    expect(leadsOf(made, 'F07', { from: 1500, to: 1740 }).length).toBeGreaterThan(0)
    expect(leadsOf(made, 'F40', { from: 1500, to: 1740 }).length).toBeGreaterThan(0)
    expect(leadsOf(made, 'F07', { from: 800, to: 1400 })).toEqual([])
  })
})

describe('F08, F09, F33: copies', () => {
  test('a day sent twice is high, alone or with its oxygen', () => {
    for (const whole of [false, true]) {
      const made = plant()
      for (let i = A; i < A + DAY; i++) {
        if (whole) made.o2[i] = made.o2[i - 3 * DAY]!
        made.series[0]!.value[i] = made.series[0]!.value[i - 3 * DAY]!
      }
      const [lead] = leadsOf(made, 'F08', { parameter: 'SO2', from: A, to: A + DAY })
      expect(lead?.statistic.value).toBe(72)
      expect(lead?.level).toBe('high')
      expect(leadsOf(made, 'F33', { from: A, to: A + DAY }).length).toBeGreaterThan(0)
    }
  })

  test('a copy with a jitter of half a percent is found as well', () => {
    const made = plant()
    const before = made.series[0]!.value.slice()
    const first = 40 * DAY
    write(
      made,
      0,
      first,
      first + 2 * DAY,
      (_, i) => before[i - 2 * DAY]! * (1 + 0.005 * (chance(i, 9) - 0.5)),
    )
    expect(leadsOf(made, 'F08', { parameter: 'SO2', from: first, to: first + 48 }).length).toBeGreaterThan(0)
  })

  test('few values of a coarse instrument repeat by chance and are no copy', () => {
    const made = plant(['SO2'])
    write(made, 0, 0, made.n, (_, i) => Math.floor(3 * chance(i, 4)))
    expect(leadsOf(made, 'F08')).toEqual([])
  })

  test('one parameter made from another for a week', () => {
    const made = plant()
    write(made, 1, A, A + 7 * DAY, (_, i) => made.series[0]!.value[i]! * 2 + 5)
    expect(leadsOf(made, 'F09', { from: A, to: A + 168 })[0]?.parameter).toBe('NOx')
    expect(leadsOf(plant(), 'F09')).toEqual([])
  })

  test('two names of one measurement are no lead', () => {
    const made = plant()
    write(made, 1, 0, made.n, (_, i) => made.series[0]!.value[i]! * 1.53)
    expect(leadsOf(made, 'F09')).toEqual([])
  })
})

describe('F51, F52: faster than the analyser', () => {
  const slow = () => {
    const made = plant(['COD'])
    const before = made.series[0]!.value.slice()
    write(made, 0, 0, made.n, (_, i) => before[i - (i % 4)] as number)
    return made
  }

  test('hourly values that hardly differ, of an analyser with a result every four hours, are a high lead', () => {
    const made = slow()
    write(made, 0, A, A + 30, (_, i) => 15 + 0.02 * (i % 7))
    const window = { from: A, to: A + 30, medium: 'water' as const }
    for (const rule of ['F51', 'F52']) expect(leadsOf(made, rule, window)[0]?.level, rule).toBe('high')
  })

  test('its own results, and an analyser that always shows hourly values, are none', () => {
    for (const made of [slow(), plant(['COD'])])
      for (const rule of ['F51', 'F52']) expect(leadsOf(made, rule, { medium: 'water' })).toEqual([])
  })
})

describe('F10, F11: distributions', () => {
  test('an instrument with a resolution coarser than its last digit is no F11 lead, however short the record', () => {
    for (const days of [45, 60, 180])
      for (const resolution of [0.2, 0.5, 2, 5]) {
        const made = plant(['SO2'], days)
        write(made, 0, 0, made.n, (v) => Math.round((v * 8) / resolution) * resolution)
        expect(leadsOf(made, 'F11'), `${days} ${resolution}`).toEqual([])
      }
  })

  test('values converted by a fixed factor and rounded are the habit of the instrument', () => {
    const made = plant(['SO2'], 45)
    write(made, 0, 0, made.n, (v) => Math.round(Math.round(v * 8) * 2.86))
    expect(leadsOf(made, 'F11')).toEqual([])
  })

  test('half as much every night at the same load', () => {
    const made = plant(['SO2'])
    made.load.fill(75)
    write(made, 0, A, A + 40 * DAY, (v, i) => (i % DAY >= 22 || i % DAY < 6 ? v * 0.3 : v))
    expect(leadsOf(made, 'F10').length).toBe(1)
    for (let i = 0; i < made.n; i++) if (i % DAY >= 22 || i % DAY < 6) made.load[i] = 50
    expect(leadsOf(made, 'F10')).toEqual([])
  })

  test('last digits that are always 0 or 5 for a month', () => {
    const made = plant(['SO2'], 180)
    write(made, 0, A, A + 30 * DAY, (v) => Math.round(v * 20) / 20)
    expect(leadsOf(made, 'F11', { from: A, to: A + 720 }).length).toBeGreaterThan(0)
    expect(leadsOf(plant(['SO2'], 180), 'F11')).toEqual([])
  })

  test('an instrument that always rounds so is none', () => {
    const made = plant(['SO2'], 180)
    write(made, 0, 0, made.n, (v) => Math.round(v * 20) / 20)
    expect(leadsOf(made, 'F11')).toEqual([])
  })
})

describe('F12, F26: what cannot be', () => {
  test('more ammonia nitrogen than total nitrogen for ten hours, not for two', () => {
    const made = plant(['NH3-N', 'TN'])
    write(made, 1, 0, made.n, (v) => v * 5)
    write(made, 1, A, A + 10, (v) => v / 20)
    write(made, 1, A + 200, A + 202, (v) => v / 20)
    const leads = leadsOf(made, 'F12', { medium: 'water' })
    expect(leads.map(({ n }) => n)).toEqual([10])
  })

  test('negative for three hours', () => {
    const made = plant(['SO2'])
    write(made, 0, A, A + 3, () => -2)
    expect(leadsOf(made, 'F12').length).toBe(1)
    write(made, 0, A + 2, A + 3, () => 2)
    expect(leadsOf(made, 'F12')).toEqual([])
  })

  test('a pH that stands still, and one that jumps by three', () => {
    const made = plant(['pH'])
    const swing = wander(made.n, 60, 0.8)
    write(made, 0, 0, made.n, (_, i) => 7.5 + 0.3 * swing[i]!)
    expect(leadsOf(made, 'F26', { medium: 'water' })).toEqual([])
    write(made, 0, A, A + 48, () => 7)
    expect(leadsOf(made, 'F26', { medium: 'water', from: A, to: A + 48 }).length).toBeGreaterThan(0)
    write(made, 0, 1500, 1501, () => 10.9)
    expect(leadsOf(made, 'F26', { medium: 'water', from: 1499, to: 1502 }).length).toBeGreaterThan(0)
  })
})

describe('F13, F47, F14, F34, F35, F41, F43: oxygen', () => {
  test('a converted value that is 7 % too low for three hours, not for two, not for rounding', () => {
    const edited = (hours: number) => {
      const made = plant(['SO2'])
      for (let i = A; i < A + hours; i++) made.series[0]!.converted[i] = made.series[0]!.converted[i]! * 0.93
      return made
    }
    expect(leadsOf(edited(3), 'F13').length).toBe(1)
    expect(leadsOf(edited(2), 'F13')).toEqual([])
    expect(leadsOf(edited(30), 'F47')[0]?.level).toBe('high')
    expect(leadsOf(plant(['SO2']), 'F13')).toEqual([])
  })

  const oxygen = (make: (v: number, i: number) => number, hours = 100) => {
    const made = plant()
    for (let i = A; i < A + hours; i++) made.o2[i] = Math.round(make(made.o2[i]!, i) * 100) / 100
    for (const k of [0, 1]) write(made, k, A, A + hours, (v) => v)
    return made
  }

  test('three points lower for four days is high', () => {
    const made = oxygen((v) => v - 3)
    for (const rule of ['F14', 'F34', 'F41'])
      expect(leadsOf(made, rule, { from: A, to: A + 100 })[0]?.level, rule).toBe('high')
  })

  test('held at the reference for two days is high', () => {
    const made = oxygen((_, i) => 6 + 0.05 * (chance(i) - 0.5), 48)
    expect(leadsOf(made, 'F14', { from: A, to: A + 48 })[0]?.level).toBe('high')
    expect(leadsOf(made, 'F43', { from: A, to: A + 48 }).length).toBeGreaterThan(0)
  })

  test('air in the sample while the plant runs', () => {
    expect(
      leadsOf(
        oxygen(() => 20.7, 4),
        'F35',
      ).length,
    ).toBe(1)
    expect(
      leadsOf(
        oxygen(() => 20.7, 2),
        'F35',
      ),
    ).toEqual([])
  })

  test('an honest oxygen has none of them', () => {
    for (const rule of ['F14', 'F34', 'F35', 'F41', 'F43']) expect(leadsOf(plant(), rule), rule).toEqual([])
  })
})

describe('F17, F37, F44, F48: dilution', () => {
  const water = (factor: number, gradual: boolean) => {
    const made = plant(['COD', 'NH3-N'])
    for (const k of [0, 1]) {
      write(
        made,
        k,
        A,
        A + 96,
        (v, i) =>
          v * (gradual ? 1 - (1 - factor) * Math.exp(-(i - A) / 30) * Math.min(1, (i - A) / 12) : factor),
      )
    }
    for (let i = A; i < A + 96; i++) {
      const part = gradual ? Math.exp(-(i - A) / 30) * Math.min(1, (i - A) / 12) : 1
      made.flow[i] = Math.round(made.flow[i]! * (1 + (1 / factor - 1) * part))
    }
    return made
  }

  test('river water at 40 % for four days is high', () => {
    const made = water(0.4, false)
    for (const rule of ['F37', 'F44', 'F48'])
      expect(leadsOf(made, rule, { medium: 'water', from: A, to: A + 96 })[0]?.level, rule).toBe('high')
    expect(leadsOf(made, 'F17', { medium: 'water', from: A - 2, to: A + 6 }).length).toBeGreaterThan(0)
  })

  test('rain that comes and goes slowly is not', () => {
    const high = scanOutlet(frameOf(water(0.4, true), { medium: 'water' })).filter(
      ({ level }) => level === 'high',
    )
    expect(high).toEqual([])
  })
})

describe('F18, F19, F36, F42: gaps and marks', () => {
  const selective = (how: (made: Plant, i: number) => void, honest = false) => {
    const made = plant(['SO2'])
    made.series[0]!.limit.fill(56)
    for (let i = A; i < A + 25 * DAY; i++) {
      const over = made.series[0]!.converted[i]! > 46
      if (honest ? chance(i, 31) < 0.08 : over) how(made, i)
    }
    return made
  }
  const drop = (made: Plant, i: number) => {
    made.series[0]!.value[i] = Number.NaN
    made.series[0]!.converted[i] = Number.NaN
  }

  test('hours missing whenever it would be high is a high lead', () => {
    const made = selective(drop)
    expect(leadsOf(made, 'F19', { from: A, to: A + 600 })[0]?.level).toBe('high')
    expect(leadsOf(made, 'F42', { from: A, to: A + 600 }).length).toBeGreaterThan(0)
  })

  test('as many hours missing at random is none', () => {
    for (const rule of ['F19', 'F36', 'F42']) expect(leadsOf(selective(drop, true), rule), rule).toEqual([])
  })

  test('marks of maintenance on the hours above the limit', () => {
    const made = selective((each, i) => {
      each.series[0]!.mark[i] = 'M'
      each.series[0]!.converted[i] = 60
    })
    expect(leadsOf(made, 'F18').length).toBe(1)
    expect(leadsOf(made, 'F18')[0]?.weight).toBe(0.6)
  })

  test('marks of calibration on nine hours above the limit are too few', () => {
    const made = plant(['SO2'])
    for (let i = A; i < A + 9; i++) {
      made.series[0]!.mark[i] = 'C'
      made.series[0]!.converted[i] = 100
    }
    expect(leadsOf(made, 'F18')).toEqual([])
  })

  test('marked as stopped with full flow for a day', () => {
    const made = plant(['SO2'])
    made.series[0]!.mark.fill('停运', A, A + DAY)
    expect(leadsOf(made, 'F18').length).toBe(1)
    made.flow.fill(0, A, A + DAY)
    expect(leadsOf(made, 'F18')).toEqual([])
  })
})

describe('F22, F24, F38, F46: the range', () => {
  const changed = (back: boolean, mark = '') => {
    const made = plant()
    made.series[0]!.range.fill(120, A, back ? A + 240 : made.n)
    write(made, 0, A, back ? A + 240 : made.n, (v) => v * 0.4)
    made.series[0]!.mark.fill(mark, A - 3, A)
    return made
  }

  test('a range set to 40 %, the values along with it, and set back', () => {
    const made = changed(true)
    for (const rule of ['F22', 'F38', 'F46']) {
      const leads = leadsOf(made, rule, { parameter: 'SO2', from: A, to: A + 240 })
      expect(
        leads.map(({ level }) => level),
        rule,
      ).toEqual(['high'])
      expect(leads[0]?.fromMs).toBe(made.startMs[A])
      expect(leads[0]?.toMs).toBe(made.startMs[A + 239])
    }
  })

  test('with three hours of marked maintenance before it, none', () => {
    for (const rule of ['F22', 'F38', 'F46']) expect(leadsOf(changed(false, 'M'), rule), rule).toEqual([])
  })

  test('with a ticket of the operator, none', () => {
    const made = changed(false)
    const tickets = [{ fromMs: made.startMs[A - 20]!, toMs: made.startMs[A - 10]! }]
    expect(leadsOf(made, 'F22', { extras: { tickets } })).toEqual([])
  })

  test('a range that the values never fill, or below one and a half limits', () => {
    const made = plant()
    made.series[0]!.range.fill(5000)
    made.series[1]!.range.fill(100)
    expect(
      leadsOf(made, 'F24')
        .map(({ parameter }) => parameter)
        .sort(),
    ).toEqual(['NOx', 'SO2'])
    expect(leadsOf(plant(), 'F24')).toEqual([])
  })

  test('a slope changed without a ticket is reported by the device itself', () => {
    const made = plant()
    const parameterChanges = [
      { atMs: made.startMs[A]!, parameter: 'SO2', item: '斜率', before: 1, after: 0.6 },
    ]
    expect(leadsOf(made, 'F22', { extras: { parameterChanges } })[0]?.explanation).toContain(
      '斜率由 1 改为 0.6',
    )
  })
})

describe('rules that need more than hours', () => {
  const full = (n: number, value: number) => new Float64Array(n).fill(value)

  test('none of them speaks without its extras', () => {
    for (const rule of ['F05', 'F15', 'F16', 'F20', 'F21', 'F23', 'F25'])
      expect(leadsOf(plant(), rule), rule).toEqual([])
  })

  test('F05: down by half at an inspection and back the next day; not when the load falls too', () => {
    const made = plant()
    made.load.fill(75)
    write(made, 0, A - 1, A + 4, (v) => v * 0.3)
    const extras = { inspectionsMs: [made.startMs[A]!] }
    expect(leadsOf(made, 'F05', { extras }).map(({ parameter }) => parameter)).toEqual(['SO2'])
    for (let i = A - 1; i < A + 4; i++) made.load[i] = 40
    expect(leadsOf(made, 'F05', { extras })).toEqual([])
  })

  test('F15: a flow 8 % off what velocity and temperature give, not 4 %', () => {
    const made = plant()
    const flueGas = {
      sectionM2: 12.5,
      atmospherePa: 84_600,
      velocity: full(made.n, 14.2),
      temperature: full(made.n, 85),
      staticPa: full(made.n, -350),
      waterShare: full(made.n, 0.095),
    }
    made.flow.fill(366_676 * 0.96)
    expect(leadsOf(made, 'F15', { extras: { flueGas } })).toEqual([])
    made.flow.fill(366_676 * 0.92, A, A + 5)
    expect(leadsOf(made, 'F15', { extras: { flueGas } })[0]?.n).toBe(5)
  })

  test('F16: limestone for 65 % of the removed sulphur', () => {
    const made = plant(['SO2'], 30)
    const inlet = [{ parameter: 'SO2', value: full(made.n, 1800) }]
    const removed = (i: number) => ((1800 - made.series[0]!.value[i]!) * made.flow[i]!) / 1e6
    const reagentKg = (share: number) => made.startMs.map((_, i) => removed(i) * 1.5625 * share)
    expect(
      leadsOf(made, 'F16', { extras: { inlet, reagentKg: reagentKg(0.65), reagentPerKg: 1.5625 } }).length,
    ).toBe(1)
    expect(
      leadsOf(made, 'F16', { extras: { inlet, reagentKg: reagentKg(0.85), reagentPerKg: 1.5625 } }),
    ).toEqual([])
  })

  test('F20: minutes without any movement while the hours change', () => {
    const made = plant(['SO2'], 10)
    const minutes = (jitter: number) => {
      const startMs = Float64Array.from({ length: 8 * 60 }, (_, m) => made.startMs[100]! + m * 60_000)
      const value = startMs.map((_, m) => 20 + Math.floor(m / 60) + jitter * chance(m))
      return [{ parameter: 'SO2', startMs, value }]
    }
    expect(leadsOf(made, 'F20', { extras: { minutes: minutes(0) } }).length).toBe(1)
    expect(leadsOf(made, 'F20', { extras: { minutes: minutes(1) } })).toEqual([])
  })

  test('F21: five comparisons in a row below the manual value, not four', () => {
    const made = plant(['SO2'])
    const comparisons = (n: number) =>
      Array.from({ length: n }, (_, k) => ({
        atMs: made.startMs[k * 100]!,
        parameter: 'SO2',
        online: 40,
        manual: 45,
      }))
    expect(leadsOf(made, 'F21', { extras: { comparisons: comparisons(5) } }).length).toBe(1)
    expect(leadsOf(made, 'F21', { extras: { comparisons: comparisons(4) } })).toEqual([])
    const far = [{ atMs: made.startMs[50]!, parameter: 'SO2', online: 30, manual: 45 }]
    expect(leadsOf(made, 'F21', { extras: { comparisons: far } }).length).toBe(1)
  })

  test('F23: a clock that is 61 s off, a correction two days late', () => {
    const made = plant(['SO2'])
    const at = made.startMs[A]!
    const clock = (seconds: number) => [{ serverMs: at, deviceMs: at + seconds * 1000 }]
    expect(leadsOf(made, 'F23', { extras: { clock: clock(61) } }).length).toBe(1)
    expect(leadsOf(made, 'F23', { extras: { clock: clock(60) } })).toEqual([])
    const late = (hours: number, after: number) => [
      { hourMs: at, parameter: 'SO2', receivedMs: at + hours * 3_600_000, before: 50, after },
    ]
    expect(leadsOf(made, 'F23', { extras: { lateCorrections: late(48, 40) } }).length).toBe(1)
    expect(leadsOf(made, 'F23', { extras: { lateCorrections: late(24, 40) } })).toEqual([])
    expect(leadsOf(made, 'F23', { extras: { lateCorrections: late(48, 50.4) } })).toEqual([])
  })

  test('F25: treatment without power at full production and an outlet that does not mind', () => {
    const made = plant(['SO2'])
    write(made, 0, 0, made.n, (_, i) => 30 + (i % 2) * 0.1)
    const treatmentPower = full(made.n, 100).fill(10, A, A + 3)
    const productionPower = full(made.n, 1000)
    expect(leadsOf(made, 'F25', { extras: { treatmentPower, productionPower } }).length).toBe(1)
    write(made, 0, A, A + 3, (v) => v * 1.5)
    expect(leadsOf(made, 'F25', { extras: { treatmentPower, productionPower } })).toEqual([])
  })
})

test('converted values of the fixture follow the formula', () => {
  expect(convert(48, 8.2)).toBe(56.25)
})
