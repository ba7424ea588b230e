/** The workflow of complaints through the engine: its limits by the petition rules, and what it refuses. */
import { calendarOf } from '@shanshui/standards'
import {
  checkDefinition,
  type EvidenceFact,
  type Facts,
  open,
  type PersonRef,
  step,
} from '@shanshui/workflow'
import { describe, expect, test } from 'vitest'
import { lastDayOf } from './complaint.present.ts'
import { definition } from './definition.ts'

const calendar = calendarOf()
const at = (text: string) => Date.parse(`${text}:00+08:00`)
const may = (...permissions: string[]) => new Set(permissions)
const clerk: PersonRef = {
  userId: 1,
  organizationId: 1,
  permissions: may('complaint:write', 'matter:assign', 'matter:handle', 'matter:open'),
}
const officer: PersonRef = { userId: 2, organizationId: 2, permissions: may('matter:handle') }

function must(outcome: ReturnType<typeof step>): Facts {
  if (!outcome.ok) throw new Error(outcome.refusals.map(({ zh }) => zh).join('；'))
  return outcome.facts
}
const refusals = (outcome: ReturnType<typeof step>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code, what }) => `${code}:${what ?? ''}`)

const received = (when: string, named = true): Facts =>
  must(
    open(
      definition,
      {
        parties: { overseer: { organizationId: 1 } },
        fields: { ticket: 'XF-1', named, urgency: 'ordinary' },
      },
      clerk,
      at(when),
      calendar,
    ),
  )
const go = (facts: Facts, doer: PersonRef, transition: string, when: string, more: object = {}) =>
  step(definition, facts, doer, { transition, ...more }, at(when), calendar)
const accepted = (when: string, named = true) =>
  must(
    go(received(when, named), clerk, 'accept', when, {
      fields: { nature: 'enforcement', urgency: 'ordinary' },
    }),
  )
const dispatched = (when: string, named = true) =>
  must(go(accepted(when, named), clerk, 'dispatch', when, { parties: { handler: { organizationId: 2 } } }))
const proof = (facts: Facts, demand: string, when: string): Facts => {
  const added: EvidenceFact = { demand, kind: 'document', atMs: at(when), located: false }
  return { ...facts, evidence: [...facts.evidence, added] }
}
const checked = {
  fields: { verdict: 'substantiated', checkedOn: '2026-11-24', checkers: [2, 3], findings: '车间集气罩破损' },
}
const replied = { fields: { replyText: '已责令改正', replyWay: 'phone', repliedOn: '2026-11-25' } }

function answering(named: boolean): Facts {
  const signed = must(go(dispatched('2026-11-23T09:00', named), officer, 'sign', '2026-11-23T10:00'))
  const seen = must(
    go(proof(signed, 'site', '2026-11-24T09:00'), officer, 'check', '2026-11-24T10:00', checked),
  )
  return must(
    go(proof(seen, 'result', '2026-11-24T15:00'), officer, 'handle', '2026-11-24T16:00', {
      fields: { measures: '更换集气罩' },
    }),
  )
}

test('the definition has no faults', () => {
  expect(checkDefinition(definition)).toEqual([])
})

describe('limits', () => {
  const due = (facts: Facts, clock: string) =>
    lastDayOf(facts.clocks.findLast((run) => run.clock === clock)?.dueMs ?? null)

  test('received on Monday 2026-11-23: to be told of by 2026-12-08 (信访工作条例 22, 23)', () => {
    expect(due(received('2026-11-23T09:00'), 'inform')).toBe('2026-12-08')
  })

  test('accepted on 2026-11-23: decided by 2027-01-22, extended once by 30 days to Monday 2027-02-22 (34)', () => {
    const facts = must(go(dispatched('2026-11-23T09:00'), officer, 'sign', '2026-11-23T10:00'))
    expect(due(facts, 'finish')).toBe('2027-01-22')
    const seen = must(
      go(proof(facts, 'site', '2027-01-19T11:00'), officer, 'check', '2027-01-19T12:00', checked),
    )
    const extended = must(go(seen, clerk, 'extend', '2027-01-20T10:00', { reason: '须等待监测报告' }))
    expect(due(extended, 'finish')).toBe('2027-02-22')
    expect(go(extended, clerk, 'extend', '2027-01-21T10:00', { reason: '仍未出报告' }).ok).toBe(false)
  })

  test('not our duty: objection within five working days, until 2026-11-30, and no longer', () => {
    const facts = dispatched('2026-11-23T09:00')
    expect(due(facts, 'objection')).toBe('2026-11-30')
    expect(go(facts, officer, 'return', '2026-11-30T23:00', { reason: '属城管职责' }).ok).toBe(true)
    expect(refusals(go(facts, officer, 'return', '2026-12-01T00:00', { reason: '属城管职责' }))).toEqual([
      'guard:objection',
    ])
  })

  test('received on 2026-09-18: 15 days roll over the holidays to 2026-10-08, five working days end on 2026-09-24', () => {
    expect(due(received('2026-09-18T09:00'), 'inform')).toBe('2026-10-08')
    expect(due(dispatched('2026-09-18T09:00'), 'objection')).toBe('2026-09-24')
  })

  test('accepted on 2026-08-07: 60 days roll to 2026-10-08', () => {
    expect(due(accepted('2026-08-07T09:00'), 'finish')).toBe('2026-10-08')
  })

  test('an urgent one has hours, counted through the night', () => {
    const urgent = must(
      go(received('2026-11-23T23:00'), clerk, 'accept', '2026-11-23T23:10', {
        fields: { nature: 'enforcement', urgency: 'urgent' },
      }),
    )
    const out = must(
      go(urgent, clerk, 'dispatch-urgent', '2026-11-23T23:10', {
        parties: { handler: { organizationId: 2 } },
      }),
    )
    const run = (name: string) => out.clocks.find(({ clock }) => clock === name)?.dueMs
    expect([run('sign-urgent'), run('arrive-urgent')]).toEqual([
      at('2026-11-24T01:10'),
      at('2026-11-24T03:10'),
    ])
    expect(
      go(accepted('2026-11-23T09:00'), clerk, 'dispatch-urgent', '2026-11-23T09:30', {
        parties: { handler: { organizationId: 2 } },
      }).ok,
    ).toBe(false)
  })
})

describe('what is refused', () => {
  test('a named complaint is not closed without an answer, and not passed off as anonymous', () => {
    const facts = answering(true)
    expect(
      refusals(go(facts, officer, 'no-reply', '2026-11-25T09:00', { fields: { replyText: '已改正' } })),
    ).toContain('guard:named')
    expect(refusals(go(facts, officer, 'reply', '2026-11-25T09:00', replied))).toEqual(['evidence:answer'])
    const answered = must(
      go(proof(facts, 'answer', '2026-11-25T08:00'), officer, 'reply', '2026-11-25T09:00', replied),
    )
    expect(
      go(answered, clerk, 'close-unvisited', '2026-11-26T09:00', { reason: '匿名或未抽中回访' }).ok,
    ).toBe(true)
  })

  test('an anonymous one is closed with its result on record', () => {
    const facts = must(
      go(answering(false), officer, 'no-reply', '2026-11-25T09:00', { fields: { replyText: '已改正' } }),
    )
    const closed = must(
      go(facts, clerk, 'close-unvisited', '2026-11-26T09:00', { reason: '匿名或未抽中回访' }),
    )
    expect(closed).toMatchObject({ state: 'closed', fields: { verdict: 'substantiated' } })
    expect(closed.clocks.filter(({ endedMs }) => endedMs === null)).toEqual([])
  })

  test('no conclusion without a picture or record of the visit, nor by one person alone', () => {
    const facts = must(go(dispatched('2026-11-23T09:00'), officer, 'sign', '2026-11-23T10:00'))
    expect(refusals(go(facts, officer, 'check', '2026-11-24T10:00', checked))).toEqual(['evidence:site'])
    const alone = { fields: { ...checked.fields, checkers: [2] } }
    expect(
      refusals(go(proof(facts, 'site', '2026-11-24T09:00'), officer, 'check', '2026-11-24T10:00', alone)),
    ).toEqual(['guard:checkers'])
  })

  test('who checked does not close', () => {
    const facts = must(
      go(answering(false), officer, 'no-reply', '2026-11-25T09:00', { fields: { replyText: '已改正' } }),
    )
    const both: PersonRef = { ...clerk, userId: officer.userId }
    expect(
      refusals(go(facts, both, 'close-unvisited', '2026-11-26T09:00', { reason: '匿名' })).some((r) =>
        r.startsWith('guard'),
      ),
    ).toBe(true)
  })

  test('handled again, the evidence of the first time does not count', () => {
    const answered = must(
      go(proof(answering(true), 'answer', '2026-11-25T08:00'), officer, 'reply', '2026-11-25T09:00', replied),
    )
    const closed = must(
      go(answered, clerk, 'close-unvisited', '2026-11-26T09:00', { reason: '匿名或未抽中回访' }),
    )
    const again = must(go(closed, clerk, 'redo', '2026-12-10T09:00', { reason: '异味复发' }))
    expect(again).toMatchObject({ round: 2, rebounds: 1, state: 'dispatched' })
    const signed = must(go(again, officer, 'sign', '2026-12-10T10:00'))
    expect(refusals(go(signed, officer, 'check', '2026-12-11T10:00', checked))).toEqual(['evidence:site'])
  })
})
