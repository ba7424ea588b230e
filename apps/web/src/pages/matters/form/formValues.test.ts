import { expect, test } from 'vitest'
import { workflowFixture } from './fixture.ts'
import { faultOf, formOf, isBlank, openingForm, payloadOf } from './formValues.ts'

const step = (id: string) => workflowFixture.transitions.find((one) => one.id === id)!

test('the form of a step asks for its fields first and offers the optional ones after', () => {
  const form = formOf(workflowFixture, step('start'))
  expect(form.map(({ field, required }) => [field.id, required])).toEqual([
    ['goal', true],
    ['until', true],
    ['measures', false],
    ['cost', false],
  ])
})

test('a field that is required and blank is missing; one that is optional and blank is not', () => {
  const form = formOf(workflowFixture, step('start'))
  expect(faultOf(form[0]!, '  ')).toBe('missing')
  expect(faultOf(form[3]!, undefined)).toBeUndefined()
})

test('a number outside the range of its field is told apart from a missing one', () => {
  const cost = formOf(workflowFixture, step('start'))[3]!
  expect(faultOf(cost, -1)).toBe('below')
  expect(faultOf(cost, 1001)).toBe('above')
  expect(faultOf(cost, 0)).toBeUndefined()
})

test('letters, rows and choices are counted, blank rows are not', () => {
  const measures = formOf(workflowFixture, step('start'))[2]!
  const two = { ...measures, field: { ...measures.field, min: 2, max: 2 } }
  expect(faultOf(two, [{ what: '清运' }, {}])).toBe('few')
  expect(faultOf(two, [{ what: '清运' }, { what: '复绿' }])).toBeUndefined()
  expect(faultOf(two, [{ what: 'a' }, { what: 'b' }, { what: 'c' }])).toBe('many')
  expect(faultOf({ ...measures, required: true }, [{}, { what: ' ' }])).toBe('missing')
})

test('money has at most two decimals and is not negative where nothing else is said', () => {
  const field = { id: 'm', title: { zh: '罚款', en: 'Fine' }, type: 'money' } as const
  expect(faultOf({ field, required: true }, 10.005)).toBe('decimals')
  expect(faultOf({ field, required: true }, 10.01)).toBeUndefined()
  expect(faultOf({ field, required: true }, -1)).toBe('below')
})

test('a new matter may be told what its first step will ask for', () => {
  expect(openingForm(workflowFixture).map(({ field }) => field.id)).toEqual([
    'goal',
    'until',
    'cost',
    'measures',
  ])
})

test('no is an answer: false and 0 are not blank', () => {
  expect(isBlank(false)).toBe(false)
  expect(isBlank(0)).toBe(false)
})

test('only filled fields are sent, blank rows are left out, and what was cleared is sent as null', () => {
  const form = formOf(workflowFixture, step('start'))
  const values = { goal: '达标', until: '2026-12-31', measures: [{ what: '清运' }, {}], cost: undefined }
  expect(payloadOf(form, values, { cost: 5 })).toEqual({
    goal: '达标',
    until: '2026-12-31',
    measures: [{ what: '清运' }],
    cost: null,
  })
  expect(payloadOf(form, { goal: '达标' }, {})).toEqual({ goal: '达标' })
})
