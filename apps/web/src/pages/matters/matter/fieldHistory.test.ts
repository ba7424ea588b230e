import { expect, test } from 'vitest'
import { fieldHistory } from './fieldHistory.ts'
import { stepFixture } from './matterFixture.ts'

test('a value that is repeated is no change, one that comes back is', () => {
  const history = ['甲', '甲', '乙', '甲'].map((goal, at) => ({
    ...stepFixture,
    seq: at + 1,
    fields: { goal },
  }))
  const changes = fieldHistory(history).get('goal') ?? []
  expect(changes.map(({ step, value }) => [step.seq, value])).toEqual([
    [1, '甲'],
    [3, '乙'],
    [4, '甲'],
  ])
})
