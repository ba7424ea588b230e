import { expect, test } from 'vitest'
import { StrangerBudget } from './stranger-budget.ts'

/** Frames kept of `count` that come at once from each of `addresses`. */
function kept(budget: StrangerBudget, addresses: number, count: number, nowMs: number): number {
  let sum = 0
  for (let a = 0; a < addresses; a++)
    for (let i = 0; i < count; i++) if (budget.mayKeep(`10.${a >> 8}.${a & 255}.1`, nowMs)) sum++
  return sum
}

test('one address has a burst, and a few frames a second after it', () => {
  const budget = new StrangerBudget()
  expect(kept(budget, 1, 2_000, 0)).toBe(500)
  expect(kept(budget, 1, 2_000, 10_000)).toBe(20)
})

test('a flood from very many addresses is bounded as a whole, also when the oldest are forgotten', () => {
  const budget = new StrangerBudget()
  expect(kept(budget, 12_000, 2, 0)).toBe(5_000)
  expect(kept(budget, 12_000, 2, 10_000)).toBe(100)
})

test('a clock that is set back gives no frames away and blocks nobody', () => {
  const budget = new StrangerBudget()
  expect(kept(budget, 1, 500, 10_000)).toBe(500)
  expect(kept(budget, 1, 1, 0)).toBe(0)
  expect(kept(budget, 1, 10, 1_000)).toBe(2)
})
