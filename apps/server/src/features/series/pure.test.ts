import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dateOf,
  dayMs,
  isoOf,
  isoTimes,
  midnightOf,
  nextStart,
  startOf,
  startsBetween,
} from './civil-time.ts'
import { CopyReader } from './copy-binary.ts'
import { encodeGb18030 } from './gb18030.ts'
import { marksOf } from './mark.repository.ts'
import { partitionOf } from './partition.repository.ts'
import {
  nextReview,
  type ReviewPosition,
  reviewLevels,
  reviewStateOf,
  startPosition,
  waitsFor,
} from './review.state.ts'
import { runsOf } from './rollup.plan.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('civil time of Asia/Shanghai', () => {
  it('opens days, months and years at Beijing midnight', () => {
    expect(isoOf(startOf('day', at('2026-03-01T00:00:00') - 1))).toBe('2026-02-28T00:00:00+08:00')
    expect(isoOf(startOf('month', at('2026-03-01T07:59:59')))).toBe('2026-03-01T00:00:00+08:00')
    expect(isoOf(startOf('year', at('2026-01-01T00:00:00')))).toBe('2026-01-01T00:00:00+08:00')
    expect(isoOf(nextStart('month', at('2024-02-10T00:00:00')))).toBe('2024-03-01T00:00:00+08:00')
    expect(startsBetween('day', at('2024-02-28T12:00:00'), at('2024-03-01T00:00:00')).map(dateOf)).toEqual([
      '2024-02-28',
      '2024-02-29',
    ])
  })
  it('writes many instants as it writes one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: at('2199-01-01T00:00:00') })), (instants) => {
        expect(isoTimes(instants, instants.length)).toEqual(instants.map(isoOf))
      }),
    )
    expect(isoTimes([at('2024-02-29T23:59:59'), at('2024-03-01T00:00:00')], 2)).toEqual([
      '2024-02-29T23:59:59+08:00',
      '2024-03-01T00:00:00+08:00',
    ])
  })
  it('refuses dates that do not exist', () => {
    expect(midnightOf('2023-02-29')).toBeNaN()
    expect(midnightOf('2024-02-29')).toBe(at('2024-02-29T00:00:00'))
  })
  it('puts every instant into exactly one period', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: at('2199-01-01T00:00:00') }),
        fc.constantFrom('hour', 'day', 'month', 'year'),
        (ms, unit) => {
          const start = startOf(unit, ms)
          expect(start).toBeLessThanOrEqual(ms)
          expect(nextStart(unit, start)).toBeGreaterThan(ms)
          expect(startOf(unit, nextStart(unit, ms) - 1)).toBe(start)
        },
      ),
    )
  })
})

describe('partitions', () => {
  it('have bounds at Beijing midnight and touch each other', () => {
    const march = partitionOf('hour', at('2026-03-15T00:00:00'))
    expect(march).toEqual({
      name: 'obs_hour_2026_03',
      fromMs: at('2026-03-01T00:00:00'),
      toMs: at('2026-04-01T00:00:00'),
    })
    expect(partitionOf('hour', march.toMs).fromMs).toBe(march.toMs)
    expect(partitionOf('day', at('2026-12-31T23:00:00')).name).toBe('obs_day_2026')
    expect(partitionOf('year', at('2029-12-31T23:00:00'))).toMatchObject({
      name: 'obs_year_2020',
      toMs: at('2030-01-01T00:00:00'),
    })
  })
})

describe('runs of days', () => {
  it('cover every day, never cross a year, and leave long gaps out', () => {
    const days = ['2022-12-30', '2022-12-31', '2023-01-01', '2023-06-01'].map((date) => midnightOf(date))
    expect(runsOf(days).map((run) => [dateOf(run.fromMs), (run.toMs - run.fromMs) / dayMs])).toEqual([
      ['2022-12-30', 2],
      ['2023-01-01', 1],
      ['2023-06-01', 1],
    ])
  })
})

describe('marks of a row', () => {
  const row = { pointId: 1, startMs: at('2024-01-01T05:00:00'), factors: ['a', 'b', 'c'] }
  const cover = { pointIds: [1], fromMs: at('2024-01-01T05:00:00'), toMs: at('2024-01-01T06:00:00') }
  it('let invalid outweigh sand, and name only the factors covered', () => {
    const sand = { ...cover, factors: ['a', 'b'], mark: 'S' as const }
    const invalid = { ...cover, factors: ['b'], mark: 'X' as const }
    expect(marksOf('hour', row, [sand, invalid])).toBe('SX.')
    expect(marksOf('hour', row, [invalid, sand])).toBe('SX.')
    expect(marksOf('hour', { ...row, startMs: cover.toMs }, [sand])).toBeNull()
    expect(marksOf('hour', { ...row, pointId: 2 }, [invalid])).toBeNull()
  })
  it('cover a day only when they cover all of it', () => {
    const day = { ...row, startMs: at('2024-01-01T00:00:00') }
    const all = {
      ...cover,
      fromMs: day.startMs,
      toMs: day.startMs + dayMs,
      factors: null,
      mark: 'X' as const,
    }
    expect(marksOf('day', day, [all])).toBe('XXX')
    expect(marksOf('day', day, [{ ...all, toMs: all.toMs - 1 }])).toBeNull()
  })
})

describe('review', () => {
  const positions: ReviewPosition[] = [0, 1, 2, 3].flatMap((reached) => [
    { reached, returned: false },
    { reached, returned: true },
  ])
  it('moves only one level up, or back to the level below with a return, and refuses every other edge', () => {
    const edges = positions.flatMap((position) =>
      reviewLevels.flatMap((level) =>
        (['approve', 'return'] as const).flatMap((decision) => {
          const next = nextReview(position, level, decision)
          return next === undefined || position.returned
            ? []
            : [`${position.reached} ${level} ${decision} ${next.reached}`]
        }),
      ),
    )
    expect(edges).toEqual([
      '0 station approve 1',
      '1 station return 0',
      '1 city approve 2',
      '1 city return 0',
      '2 city return 0',
      '2 province approve 3',
      '2 province return 1',
      '3 province return 1',
    ])
  })
  it('reaches the province only through station and city, on any walk', () => {
    const step = fc.record({
      level: fc.constantFrom(...reviewLevels),
      decision: fc.constantFrom('approve', 'return'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let position = startPosition
        const approved: string[] = []
        for (const { level, decision } of steps) {
          const next = nextReview(position, level, decision)
          if (next === undefined) continue
          if (decision === 'approve') approved.push(level)
          position = next
          expect(waitsFor(position)).toBe(reviewLevels[position.reached] ?? null)
        }
        if (reviewStateOf(position) !== 'province-approved') return
        expect(approved.slice(-3).at(-1)).toBe('province')
        expect(approved).toContain('station')
        expect(approved).toContain('city')
      }),
    )
  })
})

describe('GB18030', () => {
  it('writes what the decoder reads back, for any text', () => {
    const decoder = new TextDecoder('gb18030')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decoder.decode(encodeGb18030(text))).toBe(text)
      }),
    )
    for (const text of ['祁川市', 'PM2.5(µg/m³)', '㐀𠀀€', '时段起始,标记'])
      expect(decoder.decode(encodeGb18030(text))).toBe(text)
    expect([...encodeGb18030('中')]).toEqual([0xd6, 0xd0])
  })
})

describe('COPY reader', () => {
  it('reads the same rows however the stream is cut', () => {
    const head = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
    const row = (value: number, text: string | null) => {
      const body = text === null ? Buffer.alloc(0) : Buffer.from(text)
      const buffer = Buffer.alloc(2 + 4 + 4 + 4 + body.length)
      buffer.writeInt16BE(2, 0)
      buffer.writeInt32BE(4, 2)
      buffer.writeInt32BE(value, 6)
      buffer.writeInt32BE(text === null ? -1 : body.length, 10)
      body.copy(buffer, 14)
      return buffer
    }
    const end = Buffer.from([0xff, 0xff])
    const whole = Buffer.concat([head, row(1, 'NNN'), row(-7, null), row(3, ''), end])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (sizes) => {
        const rows: unknown[] = []
        const reader = new CopyReader((r) => rows.push([r.int4(0), r.isNull(1) ? null : r.text(1)]))
        for (let from = 0, i = 0; from < whole.length; i++) {
          const size = sizes[i % sizes.length] ?? 1
          reader.push(whole.subarray(from, from + size))
          from += size
        }
        reader.finish()
        expect(rows).toEqual([
          [1, 'NNN'],
          [-7, null],
          [3, ''],
        ])
      }),
    )
    const cut = new CopyReader(() => {})
    cut.push(whole.subarray(0, whole.length - 2))
    expect(() => cut.finish()).toThrow(/end mark/)
  })
})
