import { expect, test } from 'vitest'
import { crudeOutlet } from './crude-corpus.ts'
import { processOutlet } from './process-corpus.ts'
import { scoringReport } from './report.ts'
import { recallOf, scored, touches } from './scoring.ts'

test('an outlet of a seed is the same every time, labels and all', () => {
  for (const make of [processOutlet, crudeOutlet]) expect(make(41, 3)).toEqual(make(41, 3))
})

test('labels lie within the record and do not touch honest look-alikes', () => {
  for (let seed = 1; seed < 12; seed++) {
    const { frame, labels, lookAlikes } = processOutlet(seed, seed)
    for (const { fromMs, toMs } of labels) {
      expect(fromMs).toBeGreaterThanOrEqual(frame.startMs[0]!)
      expect(toMs).toBeLessThanOrEqual(frame.startMs.at(-1)! + 3_600_000)
      for (const episode of lookAlikes)
        if (episode.kind !== 'near-zero') expect(episode.fromMs >= toMs || episode.toMs <= fromMs).toBe(true)
    }
  }
})

test('a tampered window counts as found only by a lead that overlaps it', () => {
  const label = { fromMs: 10 * 3_600_000, toMs: 20 * 3_600_000 }
  const lead = (from: number, to: number) => ({ fromMs: from * 3_600_000, toMs: to * 3_600_000 }) as never
  expect(touches(lead(5, 10), label)).toBe(true)
  expect(touches(lead(5, 9), label)).toBe(false)
  expect(touches(lead(19, 30), label)).toBe(true)
  expect(touches(lead(20, 30), label)).toBe(false)
})

test('most tampered windows of some tuning seeds get a high lead, honest ones few', () => {
  const outlets = Array.from({ length: 12 }, (_, k) => crudeOutlet(700 + k, k))
  const tally = scored(outlets)
  expect(tally.outcomes.length).toBeGreaterThan(8)
  expect(recallOf(tally.outcomes, undefined, 'high')).toBeGreaterThan(0.75)
  expect(tally.falseLeads.high / tally.quarters).toBeLessThan(1)
  const report = scoringReport([{ title: 't', about: 'a', tally }])
  expect(report).toContain('| 恒值 |')
  expect(report).not.toMatch(/NaN|undefined/)
})
