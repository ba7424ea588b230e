import type { MatterDetail } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { workflowFixture } from '../form/fixture.ts'
import { demandFixture, detailFixture, optionFixture } from './matterFixture.ts'
import { isReady, missingOf, nothingTyped, overtaken, stepBody, stepForm } from './stepForm.ts'

const form = stepForm(workflowFixture, detailFixture, 'submit')!
const typed = { ...nothingTyped, fields: { result: '已封闭料场' } }

test('a step is ready when its fields are filled and its evidence is there', () => {
  expect(isReady(missingOf(form, optionFixture, detailFixture, typed))).toBe(true)
  const without = missingOf(form, optionFixture, detailFixture, nothingTyped)
  expect(without.fields).toEqual(['result'])
  expect(isReady(without)).toBe(false)
})

test('one missing picture keeps a step from being ready, and is named', () => {
  const detail: MatterDetail = { ...detailFixture, evidence: [{ ...demandFixture, have: 1, missing: 1 }] }
  const missing = missingOf(stepForm(workflowFixture, detail, 'submit')!, optionFixture, detail, typed)
  expect(missing.evidence.map(({ demand }) => demand)).toEqual(['after'])
  expect(isReady(missing)).toBe(false)
})

test('evidence of another step does not stand in the way of this one', () => {
  const detail: MatterDetail = {
    ...detailFixture,
    evidence: [{ ...demandFixture, transition: 'other', have: 0, missing: 2 }],
  }
  expect(stepForm(workflowFixture, detail, 'submit')?.evidence).toEqual([])
})

test('a reason of blanks is no reason', () => {
  const option = { ...optionFixture, reason: true }
  expect(missingOf(form, option, detailFixture, { ...typed, reason: '  ' }).reason).toBe(true)
  expect(missingOf(form, option, detailFixture, { ...typed, reason: '属实' }).reason).toBe(false)
})

test('months to the look-back are whole and within the range', () => {
  const basis = { text: '', status: 'design' }
  const option = { ...optionFixture, lookBackMonths: { min: 3, max: 12, default: 6, basis } }
  for (const [months, wrong] of [
    [2, true],
    [3, false],
    [12, false],
    [13, true],
    [4.5, true],
  ] as const)
    expect(missingOf(form, option, detailFixture, { ...typed, lookBackMonths: months }).lookBack).toBe(wrong)
})

test('only what differs from the matter is sent, with the version that was read', () => {
  const start = stepForm(workflowFixture, detailFixture, 'start')!
  const body = stepBody(
    start,
    detailFixture,
    { ...nothingTyped, fields: { goal: '达标', until: '2027-01-31' } },
    'command-1',
  )
  expect(body).toEqual({
    transition: 'start',
    version: 3,
    commandId: 'command-1',
    fields: { until: '2027-01-31' },
  })
})

test('where nobody would act next, the party has to be named in the step', () => {
  const detail: MatterDetail = {
    ...detailFixture,
    parties: detailFixture.parties.filter(({ party }) => party !== 'acceptor'),
  }
  const open = stepForm(workflowFixture, detail, 'submit')!
  expect(open.neededParties).toEqual(['acceptor'])
  expect(isReady(missingOf(open, optionFixture, detail, typed))).toBe(false)
  const named = { ...typed, parties: { acceptor: { organizationId: 5 } } }
  expect(isReady(missingOf(open, optionFixture, detail, named))).toBe(true)
  expect(stepBody(open, detail, named, 'c').parties).toEqual({ acceptor: { organizationId: 5 } })
})

test('what somebody else wrote over a field that one typed into is told, other changes are simply shown', () => {
  const start = stepForm(workflowFixture, detailFixture, 'start')!
  const now: MatterDetail = { ...detailFixture, fields: { goal: '他人目标', until: '2027-06-30' } }
  const mine = { ...nothingTyped, fields: { goal: '我的目标' } }
  expect(overtaken(start, detailFixture.fields, now, mine).map(({ field }) => field.field.id)).toEqual([
    'goal',
  ])
  expect(stepBody(start, now, mine, 'c').fields).toEqual({ goal: '我的目标' })
})
