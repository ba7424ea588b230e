import { expect, test } from 'vitest'
import { workflowFixture } from '../form/fixture.ts'
import { nextActions } from './useNextActions.ts'

const waits = (party: string) => [{ party, organization: null }]

test('the next action is the usual step of the one whose turn it is', () => {
  const steps = nextActions(workflowFixture, { state: 'accepting', waitsFor: waits('acceptor') })
  expect(steps.map(({ id }) => id)).toEqual(['accept'])
})

test('where no step is usual, what the party can do is named', () => {
  const def = {
    ...workflowFixture,
    transitions: workflowFixture.transitions.map(({ primary: _, ...step }) => step),
  }
  const steps = nextActions(def, { state: 'accepting', waitsFor: waits('acceptor') })
  expect(steps.map(({ id }) => id)).toEqual(['accept', 'refuse'])
})

test('the step of another party is not the next action', () => {
  expect(nextActions(workflowFixture, { state: 'remedying', waitsFor: waits('acceptor') })).toEqual([])
})
