import { leadStates } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { isActive } from './lead-decision.ts'
import { allowedIn, edges, leadActions, stepTitles } from './lead-states.ts'

test('every step of every state, and none else', () => {
  const table = Object.fromEntries(leadStates.map((state) => [state, allowedIn(state)]))
  expect(table).toEqual({
    open: ['acknowledge', 'watch', 'confirm', 'dismiss'],
    acknowledged: ['watch', 'confirm', 'dismiss'],
    watching: ['confirm', 'dismiss'],
    confirmed: ['reopen', 'outcome'],
    dismissed: ['reopen', 'outcome'],
    calmed: ['reopen', 'outcome'],
  })
})

test('from every state a lead can be decided on, and each step has a title', () => {
  for (const state of leadStates) {
    const actions = allowedIn(state)
    expect(actions.some((action) => edges[action].to === 'confirmed')).toBe(isActive(state))
  }
  for (const action of leadActions) expect(stepTitles[edges[action].kept]).toMatch(/\p{Script=Han}/u)
})
