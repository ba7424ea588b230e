import type { ChecklistItem, FieldTask, FieldTaskState } from '@shanshui/contract'
import { describe, expect, test } from 'vitest'
import type { KeptOperation, OperationState } from '../../../offline/outbox.ts'
import { answerOf, distanceM, factsDraft, fieldViewOf, missingFor, progressOf, stageOf } from './fieldView.ts'

const AT = '2026-11-25T01:00:00.000Z'
const task = { id: 1, state: 'planned', version: 2, items: [], conflicts: [] } as unknown as FieldTask
const item = (id: string, question = `${id} 是否正常？`) => ({ id, question }) as unknown as ChecklistItem

let seq = 0
const op = (key: string, payload: object, state: OperationState = 'waiting'): KeptOperation => {
  seq += 1
  const kind = key.split(':')[0] as KeptOperation['operation']['kind']
  return {
    id: `op-${seq}`,
    taskId: 1,
    seq,
    key,
    operation: { id: `op-${seq}`, taskId: 1, baseVersion: 2, seq, kind, at: AT, payload },
    state,
    tries: 0,
    conflictId: null,
    reason: null,
  }
}
const stateWith = (items: FieldTaskState['items']): FieldTaskState =>
  ({
    id: 1,
    state: 'on-site',
    version: 5,
    items,
    conflicts: [],
    problems: [],
    waitsFor: [],
  }) as FieldTaskState

describe('the field record on the phone', () => {
  test('shows what the phone wrote over what the server has, and says where it is', () => {
    const server = stateWith([
      { key: 'answer:a', value: { item: 'a', verdict: 'conform' }, version: 3, at: AT, by: '甲' },
    ])
    const view = fieldViewOf(task, server, [op('answer:a', { item: 'a', verdict: 'not-conform' })])
    expect(answerOf(view, 'a')?.verdict).toBe('not-conform')
    expect(view.entries.get('answer:a')?.saved).toBe('phone')
    expect(view.version).toBe(5)
  })

  test('what was sent is read from the server, where a colleague may have changed it since', () => {
    const server = stateWith([
      { key: 'answer:a', value: { item: 'a', verdict: 'doubtful' }, version: 3, at: AT, by: '乙' },
    ])
    const view = fieldViewOf(task, server, [op('answer:a', { item: 'a', verdict: 'conform' }, 'sent')])
    expect(answerOf(view, 'a')?.verdict).toBe('doubtful')
    expect(view.open).toEqual([])
  })

  test('what was refused does not count and stays in the list of what has to be read', () => {
    const view = fieldViewOf(task, undefined, [op('answer:a', { item: 'a', verdict: 'conform' }, 'refused')])
    expect(answerOf(view, 'a')).toBeUndefined()
    expect(view.open).toHaveLength(1)
  })

  test('progress counts what does not conform and what is doubtful apart', () => {
    const view = fieldViewOf(task, undefined, [
      op('answer:a', { verdict: 'not-conform' }),
      op('answer:b', { verdict: 'doubtful' }),
    ])
    expect(progressOf(view, [item('a'), item('b'), item('c')])).toEqual({
      answered: 2,
      of: 3,
      against: 1,
      doubtful: 1,
    })
  })
})

describe('the end of an inspection', () => {
  const complete = [
    op('arrive:1', { lon: 1, lat: 1 }),
    op('certificate:1', { officers: [{ userId: 1 }, { userId: 2 }] }),
    op('answer:a', { verdict: 'conform' }),
    op('record:facts', { field: 'facts', value: '正常' }),
    op('photo:abc', { sha256: 'abc', lon: 1, lat: 1 }),
    op('signature:officer', { name: '甲' }),
    op('signature:second-officer', { name: '乙' }),
    op('signature:inspected', { name: '丙' }),
  ]
  const missing = (operations: KeptOperation[]) =>
    missingFor(fieldViewOf(task, undefined, operations), [item('a')], 'no-problem', '')

  test('needs two officers, every item answered, the record, a photo with its place, and the signatures', () => {
    expect(missing(complete)).toEqual([])
    for (const key of [
      'arrive:1',
      'certificate:1',
      'answer:a',
      'record:facts',
      'photo:abc',
      'signature:second-officer',
    ])
      expect(missing(complete.filter((one) => one.key !== key))).toHaveLength(1)
    const alone = complete.map((one) =>
      one.key === 'certificate:1' ? op('certificate:1', { officers: [{ userId: 1 }] }) : one,
    )
    expect(missing(alone)).toEqual(['certificate'])
  })

  test('takes a refusal with its witness in place of the signature of the person', () => {
    const refused = [...complete.filter(({ key }) => key !== 'signature:inspected'), op('refusal', {})]
    expect(missing(refused)).toEqual([])
  })

  test('an inspection that could not take place needs the arrival and a reason only', () => {
    const view = fieldViewOf(task, undefined, [op('arrive:1', { lon: 1, lat: 1 })])
    expect(missingFor(view, [item('a')], 'could-not-inspect', '')).toEqual(['reason'])
    expect(missingFor(view, [item('a')], 'could-not-inspect', '大门锁闭，无人应答')).toEqual([])
    expect(stageOf(view)).toBe('on-site')
  })
})

test('the draft of what was found names what is against, what is doubtful, and how many conform', () => {
  const view = fieldViewOf(task, undefined, [
    op('answer:a', { verdict: 'not-conform', note: '布袋破损', value: 12 }),
    op('answer:b', { verdict: 'doubtful' }),
    op('answer:c', { verdict: 'conform' }),
  ])
  expect(factsDraft(view, [item('a', '除尘器是否完好？'), item('b', '联单是否齐全？'), item('c')])).toBe(
    [
      '经检查，下列事项不符合要求：',
      '1. 除尘器是否完好：实测值 12；布袋破损。',
      '下列事项现场不能判明，需进一步核实：',
      '1. 联单是否齐全。',
      '其余已查 1 项，未发现不符合要求的情况。',
    ].join('\n'),
  )
})

test('distance: one hundredth of a degree of latitude is 1,112 m', () => {
  expect(distanceM({ lon: 102, lat: 38 }, { lon: 102, lat: 38.01 })).toBeCloseTo(1112, 0)
})
