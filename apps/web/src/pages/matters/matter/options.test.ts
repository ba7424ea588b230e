import { expect, test } from 'vitest'
import { optionFixture, stepFixture } from './matterFixture.ts'
import { actionsOf, missingLines, stepsOfRound } from './options.ts'

const option = (transition: string, over: Partial<typeof optionFixture> = {}) => ({
  ...optionFixture,
  transition,
  ...over,
})
const nothing = new Set<string>()

test('the usual step is the one button, also while something is missing for it', () => {
  const refusals = [{ code: 'evidence' as const, zh: '缺照片' }]
  const { primary, others } = actionsOf(
    [option('other', { primary: false }), option('submit', { refusals })],
    nothing,
  )
  expect(primary?.transition).toBe('submit')
  expect(others.map(({ transition }) => transition)).toEqual(['other'])
})

test('steps of another organization or permission are not the reader’s', () => {
  const foreign = option('accept', { refusals: [{ code: 'not-party' as const, zh: '由验收单位办理' }] })
  const { primary, others, foreign: told } = actionsOf([foreign], nothing)
  expect(primary).toBeUndefined()
  expect(others).toEqual([])
  expect(told).toEqual([foreign])
})

test('of the reports of the quarters the first that was not handed in is next, though an old one could be repeated', () => {
  const evidence = [{ code: 'evidence' as const, zh: '缺佐证' }]
  const quarters = [option('q1'), option('q2', { refusals: evidence }), option('q3', { refusals: evidence })]
  expect(actionsOf(quarters, new Set(['q1'])).primary?.transition).toBe('q2')
  expect(actionsOf(quarters, nothing).primary?.transition).toBe('q1')
})

test('only steps of the present round count as taken', () => {
  const history = [stepFixture, { ...stepFixture, transition: 'submit', round: 2 }]
  expect([...stepsOfRound(history, 2)]).toEqual(['submit'])
})

test('the same thing missing twice is said once', () => {
  const refusal = { code: 'guard' as const, zh: '验收单位不得与责任单位为同一单位' }
  expect(missingLines([refusal, refusal])).toHaveLength(1)
})
