import { expect, it } from 'vitest'
import { fuzz } from './mutated-frames.ts'

const full = process.env.SHANSHUI_FUZZ === 'full'
const count = full ? 1_000_000 : 50_000

it(`${count} mutated frames: nothing is thrown, nothing hangs, memory stays flat`, {
  timeout: full ? 600_000 : 60_000,
}, () => {
  fuzz(5000, 1)
  const result = fuzz(count, 20260801)
  expect(result.frames).toBe(count)
  expect(result.good).toBeGreaterThan(count / 10)
  expect(result.bad).toBeGreaterThan(count / 10)
  expect(result.slowestMs).toBeLessThan(1000)
  if (!Number.isNaN(result.heapGrowth)) expect(result.heapGrowth).toBeLessThan(32 * 1024 * 1024)
})
