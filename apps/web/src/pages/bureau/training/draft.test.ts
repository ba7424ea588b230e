import type { Training } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { bodyOf, draftOf, newDraft, noMoment, noProblem, type TrainingDraft } from './draft.ts'

const drill: TrainingDraft = {
  ...newDraft('2026-06-05'),
  kind: 'drill',
  theme: 'emergency',
  title: ' 饮用水源地突发事件演练 ',
  hours: 4,
  regionCode: 629000,
  form: 'field',
  scenario: '罐车侧翻，柴油入河',
  timeline: [{ what: '接报', targetMinutes: 5, actualMinutes: 3 }, noMoment],
  problems: [
    { text: '围油栏不足', revision: ' ', closedOn: '' },
    { text: '通讯录过期', revision: '更新附件三', closedOn: '2026-07-01' },
    noProblem,
  ],
}

test('blank rows of a drill are left out, an open problem has no closing day, empty words are not sent', () => {
  expect(bodyOf(drill)).toEqual({
    kind: 'drill',
    theme: 'emergency',
    title: '饮用水源地突发事件演练',
    heldOn: '2026-06-05',
    hours: 4,
    regionCode: 629000,
    drill: {
      form: 'field',
      scenario: '罐车侧翻，柴油入河',
      timeline: [{ what: '接报', targetMinutes: 5, actualMinutes: 3 }],
      problems: [
        { text: '围油栏不足', closedOn: null },
        { text: '通讯录过期', revision: '更新附件三', closedOn: '2026-07-01' },
      ],
    },
  })
})

test('a drill needs its scenario, a training carries none even if one was written before', () => {
  expect(bodyOf({ ...drill, scenario: ' ' })).toBeUndefined()
  expect(bodyOf({ ...drill, kind: 'training' })).not.toHaveProperty('drill')
})

test('hours and region are demanded', () => {
  expect(bodyOf({ ...drill, hours: null })).toBeUndefined()
  expect(bodyOf({ ...drill, hours: 0 })).toBeUndefined()
  expect(bodyOf({ ...drill, regionCode: undefined })).toBeUndefined()
})

test('what was registered comes back unchanged when it is opened and saved again', () => {
  const body = bodyOf(drill)
  if (body === undefined) throw new Error('the drill is complete')
  const stored: Training = {
    ...body,
    id: 3,
    place: null,
    teacher: null,
    material: null,
    organization: { id: 1, name: '市局' },
    attendees: 0,
    drill: body.drill ?? null,
    version: 1,
  }
  expect(bodyOf(draftOf(stored))).toEqual(body)
})
