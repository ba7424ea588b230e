import { describe, expect, it } from 'vitest'
import { nationalFile } from './files.ts'
import { peerFile, peerIndexes } from './peers.ts'
import { DEMO_SEED, generateYear } from './year.ts'

const year = generateYear(DEMO_SEED, 2024)

describe('the hourly files', () => {
  it('name an hour by its end: label 0 of the next date closes the day', () => {
    const lines = nationalFile(year, 0, 24).text.trimEnd().split('\n')
    expect(lines[0]).toBe('date,hour,type,9901A,9902A,9903A,9904A,9905A')
    expect(lines).toHaveLength(1 + 24 * 6)
    expect(lines[1]).toMatch(/^20240101,1,PM2\.5,/)
    expect(lines.at(-1)).toMatch(/^20240102,0,CO,/)
  })

  it('are the same, only longer, when the clock is later', () => {
    const early = nationalFile(year, 0, 5000).text
    expect(nationalFile(year, 0, 6000).text.startsWith(early)).toBe(true)
  })

  it('leave the field of a missing value empty', () => {
    const { text } = nationalFile(year, 0, 366 * 24)
    expect(text).toMatch(/,,/)
    expect(text).not.toMatch(/NaN|-/)
  })
})

describe("the peers' indexes", () => {
  it('come out when the month or year is over', () => {
    const rows = peerIndexes(DEMO_SEED, Date.parse('2026-11-24T12:00:00+08:00'))
    const periods = new Set(rows.map(({ period }) => period))
    expect(periods.has('2025')).toBe(true)
    expect(periods.has('2026')).toBe(false)
    expect(periods.has('2026-10')).toBe(true)
    expect(periods.has('2026-11')).toBe(false)
    expect(periods.has('2026年1-10月')).toBe(true)
  })

  it('never change once published', () => {
    const early = peerIndexes(DEMO_SEED, Date.parse('2025-06-01T00:00:00+08:00'))
    const late = new Map(
      peerIndexes(DEMO_SEED, Date.parse('2027-06-01T00:00:00+08:00')).map((row) => [
        `${row.period} ${row.code}`,
        row.index,
      ]),
    )
    for (const row of early) {
      if (row.period.includes('年')) continue // running sums are printed in their own year only
      expect(late.get(`${row.period} ${row.code}`)).toBe(row.index)
    }
  })

  it('lack a city now and then, but never in a yearly list', () => {
    const rows = peerIndexes(DEMO_SEED, Date.parse('2026-01-15T00:00:00+08:00'))
    for (const year of ['2021', '2022', '2023', '2024', '2025']) {
      expect(rows.filter(({ period }) => period === year)).toHaveLength(13)
    }
    const monthly = rows.filter(({ period }) => period.length > 4)
    expect(monthly.length).toBeLessThan(13 * 60)
    expect(monthly.length).toBeGreaterThan(13 * 56)
  })

  it('travel as a file with a header and two decimals', () => {
    const { text } = peerFile(peerIndexes(DEMO_SEED, Date.parse('2023-01-15T00:00:00+08:00')))
    expect(text.split('\n')[0]).toBe('period,city,name,index')
    expect(text).toMatch(/\n2022,PC\d\d,对标城市.+,\d\.\d\d\n/)
  })
})
