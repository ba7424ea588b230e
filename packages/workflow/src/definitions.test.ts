import { describe, expect, test } from 'vitest'
import { checkDefinition, checkWorkflows } from './check.ts'
import type { TransitionDefinition, WorkflowDefinition } from './definition.ts'
import { workflows } from './definitions/index.ts'
import { sample } from './proof/sample.fixture.ts'

test.each(workflows.map((def) => [def.id, def] as const))('%s has no fault', (_, def) => {
  expect(checkDefinition(def)).toEqual([])
})

test('the workflows fit together', () => {
  expect(checkWorkflows(workflows)).toEqual([])
})

describe('a fault of a definition is found', () => {
  const patched = (id: string, patch: Partial<TransitionDefinition>): WorkflowDefinition => ({
    ...sample,
    transitions: sample.transitions.map((one) => (one.id === id ? { ...one, ...patch } : one)),
  })
  const clock = (id: string, patch: object): WorkflowDefinition => ({
    ...sample,
    clocks: sample.clocks.map((one) => (one.id === id ? { ...one, ...patch } : one)),
  })
  const state = (id: string, patch: object): WorkflowDefinition => ({
    ...sample,
    states: sample.states.map((one) => (one.id === id ? { ...one, ...patch } : one)),
  })
  const lost = { id: 'lost', title: sample.title, phase: 'open', waitsFor: [] } as const

  test.each<readonly [string, WorkflowDefinition, string]>([
    ['a state nothing leads to', { ...sample, states: [...sample.states, lost] }, 'lost cannot be reached'],
    ['a dead end', patched('resume', { from: ['work'] }), 'paused is a dead end'],
    ['an unknown state', patched('pass', { to: 'nowhere' }), 'state nowhere, which does not exist'],
    ['an unknown field', patched('report', { fields: ['nothing'] }), 'field nothing, which does not exist'],
    [
      'a closing on a word',
      patched('accept', { evidence: [], by: ['overseer'], from: ['new'] }),
      'watched can be reached without evidence',
    ],
    [
      'a way around the acceptance',
      patched('accept', { guards: [] }),
      'watched can be reached without an acceptance',
    ],
    [
      'a closing without a look-back',
      patched('holds', { from: ['work', 'watched'] }),
      'closed is reached without a look-back',
    ],
    ['a drop without a reason', patched('drop', { reason: false }), 'drop drops a matter without a reason'],
    ['a matter reopened in silence', patched('rebound', { effects: [] }), 'does not count as a rebound'],
    [
      'a value that cannot be',
      patched('hear', { guards: [{ kind: 'field-is', field: 'kind', values: ['huge'] }] }),
      'huge, which it cannot have',
    ],
    [
      'people who are no people',
      patched('submit', { guards: [{ kind: 'people-at-least', field: 'note', count: 2 }] }),
      'uses field note as people',
    ],
    [
      'a column that is not there',
      patched('accept', { guards: [{ kind: 'rows-all', field: 'goals', column: 'x', value: true }] }),
      'has no column x',
    ],
    ['a clock that never ends', clock('decide', { endsOn: {} }), 'clock decide never ends'],
    ['a clock that never starts', clock('decide', { startsOn: {} }), 'clock decide never starts'],
    [
      'a clock that ends elsewhere',
      clock('look-back', { endsOn: { states: ['watched'] } }),
      'look-back never ends once it has started on watched',
    ],
    [
      'a level twice',
      clock('decide', {
        escalations: [...(sample.clocks[0]?.escalations ?? []), ...(sample.clocks[0]?.escalations ?? [])],
      }),
      'has level 1 twice',
    ],
    ['nobody to wait for', state('work', { waitsFor: [] }), 'open, but waits for nobody'],
    [
      'one who waits in vain',
      state('work', { waitsFor: ['reviewer'] }),
      'reviewer, who can do nothing there',
    ],
    [
      'days added to hours',
      patched('extend', {
        effects: [{ kind: 'extend-clock', clock: 'stand', by: { amount: 1, unit: 'day' }, times: 1 }],
      }),
      'in a unit that cannot be added',
    ],
  ])('%s', (_, def, fault) => {
    expect(checkDefinition(def).join('\n')).toContain(fault)
  })

  test('two workflows of one name, and one that opens another that is not there', () => {
    const faults = checkWorkflows([
      sample,
      sample,
      patched('assign', { effects: [{ kind: 'open-matter', workflow: 'none', title: sample.title }] }),
    ])
    expect(faults).toContain('workflow sample is defined twice')
    expect(faults).toContain('prefix YL is used twice')
    expect(faults.join('\n')).toContain('opens workflow none, which does not exist')
  })
})
