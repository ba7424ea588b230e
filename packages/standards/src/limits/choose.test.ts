import { describe, expect, test } from 'vitest'
import { type ChosenLimit, chooseLimit, type LimitChoice, type OutletFacts } from './choose.ts'
import { airRows } from './emission-limit.ts'
import { coalBoilerFacility } from './facilities.ts'
import { airFactors as a, waterFactors as w } from './factors.ts'

const air = (facility: string, facts: Partial<OutletFacts> = {}): OutletFacts => ({
  medium: 'air',
  facility,
  ...facts,
})
const water = (facility: string, facts: Partial<OutletFacts> = {}): OutletFacts => ({
  medium: 'water',
  facility,
  ...facts,
})
const valueIn = (choice: LimitChoice) =>
  choice.ok ? choice.limit.value : `${choice.reason} ${choice.standard}`
const chosen = (choice: LimitChoice): ChosenLimit => {
  if (!choice.ok) throw new Error(choice.detail)
  return choice
}

describe('existing and new sources, editions by date', () => {
  test('a cement kiln of 2010 gets its predecessor until 2015-06-30, never the new row (GB 4915 4.1.1)', () => {
    const kiln = air('cement-kiln', { eiaApprovedOn: '2010-05-01' })
    expect(valueIn(chooseLimit(kiln, a.so2, '2015-06-30'))).toBe('not-held GB 4915-2004')
    expect(valueIn(chooseLimit(kiln, a.so2, '2015-07-01'))).toBe(200)
  })

  test('boilers in use: above 10 t/h table 1 from 2015-10-01, smaller ones from 2016-07-01', () => {
    const boiler = (steamTph: number) =>
      air('boiler-coal', { eiaApprovedOn: '2012-01-01', size: { steamTph } })
    expect(chosen(chooseLimit(boiler(15), a.nox, '2016-03-01')).limit.source).toBe('GB 13271-2014 表1')
    expect(valueIn(chooseLimit(boiler(10), a.nox, '2016-03-01'))).toBe('not-held GB 13271-2001')
    expect(valueIn(chooseLimit(boiler(10), a.nox, '2016-07-01'))).toBe(400)
  })

  test('the approval date divides, not the start of operation', () => {
    const at = (eiaApprovedOn: string) =>
      chooseLimit(air('boiler-gas', { eiaApprovedOn }), a.nox, '2020-01-01')
    expect(valueIn(at('2014-06-30'))).toBe(400)
    expect(valueIn(at('2014-07-01'))).toBe(200)
  })

  test('a new biomass-pellet boiler stands in the coal columns', () => {
    const boiler = air('boiler-biomass', { eiaApprovedOn: '2018-01-01' })
    const all = [a.pm, a.so2, a.nox, a.hg].map((factor) => valueIn(chooseLimit(boiler, factor, '2020-01-01')))
    expect(all).toEqual([50, 300, 300, 0.05])
  })

  test('75 t/h: circulating bed is a power boiler, chain grate is not', () => {
    expect(coalBoilerFacility(75, 'circulating-bed')).toBe('power-coal-boiler')
    expect(coalBoilerFacility(75, 'grate')).toBe('boiler-coal')
  })

  test('boilers of 2012 and 2016 in one flue: the strictest', () => {
    const shared = air('boiler-coal', {
      eiaApprovedOn: '2012-01-01',
      sharedWith: [{ facility: 'boiler-coal', eiaApprovedOn: '2016-01-01' }],
    })
    const all = [a.pm, a.so2, a.nox].map((factor) => valueIn(chooseLimit(shared, factor, '2020-01-01')))
    expect(all).toEqual([50, 300, 300])
  })

  test('oil in waste water: approved 1997-12-31 and 1998-01-01, class IV and class III water', () => {
    const oil = (facility: string, eiaApprovedOn: string) =>
      valueIn(chooseLimit(water(facility, { eiaApprovedOn }), w.oil, '2020-01-01'))
    expect([oil('water-2', '1997-12-31'), oil('water-2', '1998-01-01')]).toEqual([10, 10])
    expect([oil('water-1', '1997-12-31'), oil('water-1', '1998-01-01')]).toEqual([10, 5])
  })

  test('float glass of 2010: table 2 in 2015, edition 2022 not held in 2025', () => {
    const furnace = air('glass-furnace', { eiaApprovedOn: '2010-01-01' })
    expect(valueIn(chooseLimit(furnace, a.nox, '2015-06-01'))).toBe(700)
    expect(valueIn(chooseLimit(furnace, a.so2, '2012-06-01'))).toBe(600)
    expect(valueIn(chooseLimit(furnace, a.nox, '2025-01-10'))).toBe('not-held GB 26453-2022')
  })

  test('an edition whose table is not held is never answered by another one', () => {
    const oven = air('coke-oven', { eiaApprovedOn: '2016-01-01' })
    expect(valueIn(chooseLimit(oven, a.so2, '2022-01-01'))).toBe('not-held GB 16171-2012')
  })

  test('an approval date that is not registered is said', () => {
    const { notes } = chosen(chooseLimit(air('boiler-gas'), a.nox, '2022-01-01'))
    expect(notes.join()).toContain('环评批复日期未登记')
    const cement = chosen(chooseLimit(air('cement-kiln'), a.nox, '2022-01-01'))
    expect([cement.notes, cement.reason]).toEqual([[], '行业标准GB 4915-2013 表1：现有源与新建源限值相同'])
  })
})

describe('special and ultra-low limits', () => {
  const kiln = air('cement-kiln', { eiaApprovedOn: '2016-01-01', special: true })
  test('cement kiln under a province order; ammonia only where it is the agent (table 2 note 1)', () => {
    const all = [a.nox, a.so2, a.pm].map((factor) => valueIn(chooseLimit(kiln, factor, '2022-01-01')))
    expect(all).toEqual([320, 100, 20])
    const urea = { ...kiln, conditions: { ammoniaAgent: true } }
    expect(valueIn(chooseLimit(urea, a.nh3, '2022-01-01'))).toBe(8)
    expect(valueIn(chooseLimit(kiln, a.nh3, '2022-01-01'))).toBe('none GB 4915-2013')
  })

  test('special limits are not inferred', () => {
    expect(valueIn(chooseLimit({ ...kiln, special: false }, a.nox, '2022-01-01'))).toBe(400)
  })

  test('a coal mill on kiln-head gas has 30 for particulate matter and no SO2 limit', () => {
    const mill = air('cement-coal-mill', { eiaApprovedOn: '2015-01-01' })
    expect(valueIn(chooseLimit(mill, a.pm, '2022-01-01'))).toBe(30)
    expect(valueIn(chooseLimit(mill, a.so2, '2022-01-01'))).toBe('none GB 4915-2013')
  })

  test('10/35/50 holds only for the outlet that is declared ultra-low; GB 13223 stands beside it', () => {
    const power = air('power-coal-boiler', { eiaApprovedOn: '2013-01-01' })
    const limits = (facts: OutletFacts) =>
      [a.pm, a.so2, a.nox].map((factor) => valueIn(chooseLimit(facts, factor, '2022-01-01')))
    expect(limits(power)).toEqual([30, 100, 100])
    expect(limits({ ...power, ultraLow: true })).toEqual([10, 35, 50])
    const { candidates } = chooseLimit({ ...power, ultraLow: true }, a.so2, '2022-01-01')
    expect(candidates.map(({ value }) => value)).toEqual([35, 100])
  })
})

describe('order of the choice', () => {
  const boiler = air('boiler-gas', { eiaApprovedOn: '2018-01-01' })
  const local = airRows(
    { standard: 'DB 00/000-2020', table: '表1', scopes: ['boiler-gas'], from: '2020-07-01' },
    { nox: 80, so2: 60 },
  )
  const document = (value: number) => ({ factor: a.nox, value, unit: 'mg/m³', averaging: 'hour' as const })

  test('the permit goes first', () => {
    const choice = chosen(chooseLimit(boiler, a.nox, '2022-01-01', [document(50)], local))
    expect([choice.limit.level, choice.limit.value]).toEqual(['permit', 50])
    expect(choice.candidates.map(({ level }) => level)).toEqual(['permit', 'local', 'sector'])
    expect(choice.notes).toEqual([])
  })

  test('a permit that is looser than a standard is pointed out', () => {
    const { limit, notes } = chosen(chooseLimit(boiler, a.nox, '2022-01-01', [document(250)], local))
    expect(limit.value).toBe(250)
    expect(notes).toHaveLength(2)
  })

  test('a local standard holds where it is stricter, from its date on', () => {
    expect(chosen(chooseLimit(boiler, a.nox, '2022-01-01', [], local)).limit.level).toBe('local')
    expect(chosen(chooseLimit(boiler, a.nox, '2020-06-30', [], local)).limit.level).toBe('sector')
    expect(chosen(chooseLimit(boiler, a.so2, '2022-01-01', [], local)).limit.value).toBe(50)
  })

  test('the EIA approval holds where it is stricter', () => {
    const choose = (value: number) =>
      chosen(chooseLimit(boiler, a.nox, '2022-01-01', [], [], { eiaLimits: [document(value)] })).limit
    expect([choose(100).level, choose(100).value]).toEqual(['eia', 100])
    expect([choose(300).level, choose(300).value]).toEqual(['sector', 200])
  })

  test('an unknown facility is said, not guessed', () => {
    expect(valueIn(chooseLimit(air('somewhere'), a.nox, '2022-01-01'))).toBe('unknown-facility null')
  })
})

describe('waste water and incineration', () => {
  test('NH3-N of a 1A plant: 8 at 12 ℃ and colder, 5 above (table 1 note)', () => {
    const plant = (cold: boolean) => water('sewage-1a', { conditions: { cold } })
    expect(valueIn(chooseLimit(plant(true), w.nh3n, '2022-01-01'))).toBe(8)
    expect(valueIn(chooseLimit(plant(false), w.nh3n, '2022-01-01'))).toBe(5)
  })

  test('from 2026-03-01 the amendment of GB 18918 is named and the daily mean stays', () => {
    const { limit, notes } = chosen(chooseLimit(water('sewage-1a'), w.cod, '2026-03-01'))
    expect(limit.value).toBe(50)
    expect(notes.join()).toContain('一次监测')
    const before = chosen(chooseLimit(water('sewage-1a'), w.cod, '2026-02-28'))
    expect(before.notes.join()).not.toContain('一次监测')
    expect(
      valueIn(chooseLimit(water('sewage-1a'), w.cod, '2026-03-01', [], [], { averaging: 'instant' })),
    ).toBe('none GB 18918-2002')
  })

  test('total phosphorus of a plant built by 2005', () => {
    const old = water('sewage-1a', { conditions: { builtBefore2006: true } })
    expect([
      valueIn(chooseLimit(old, w.tp, '2022-01-01')),
      valueIn(chooseLimit(water('sewage-1a'), w.tp, '2022-01-01')),
    ]).toEqual([1, 0.5])
  })

  test('a hazardous-waste incinerator has hourly and daily limits', () => {
    const line = air('hazardous-waste-incinerator', { eiaApprovedOn: '2019-01-01' })
    expect(valueIn(chooseLimit(line, a.hcl, '2024-01-01'))).toBe(60)
    expect(valueIn(chooseLimit(line, a.hcl, '2024-01-01', [], [], { averaging: 'day' }))).toBe(50)
    expect(valueIn(chooseLimit(line, a.hcl, '2021-12-31'))).toBe('not-held GB 18484-2001')
  })

  test('pH has a range and is judged by the hour', () => {
    const { limit } = chosen(chooseLimit(water('water-1'), w.ph, '2022-01-01'))
    expect([limit.min, limit.value, limit.averaging]).toEqual([6, 9, 'hour'])
  })

  test('a category of the table goes before the general row', () => {
    const mine = water('water-1', { conditions: { category: '采矿、选矿、选煤' } })
    expect(valueIn(chooseLimit(mine, w.ss, '2022-01-01'))).toBe(70)
    expect(valueIn(chooseLimit({ ...mine, facility: 'water-2' }, w.ss, '2022-01-01'))).toBe(300)
    expect(valueIn(chooseLimit(mine, w.cod, '2022-01-01'))).toBe(100)
  })
})
