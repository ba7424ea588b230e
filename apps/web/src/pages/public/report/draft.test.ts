import { expect, test } from 'vitest'
import { bodyOf, emptyDraft, faultsOf, type ReportDraft } from './draft.ts'

const good: ReportDraft = {
  ...emptyDraft,
  theme: 'odour',
  regionCode: 629_001,
  place: '建设路口',
  content: '每天夜里有刺鼻的气味，关窗也挡不住',
}
const today = '2026-11-25'

test('an empty form lacks theme, county, place and text, and no name: it is anonymous', () => {
  expect(faultsOf(emptyDraft, today)).toEqual(['theme', 'regionCode', 'place', 'content'])
})

test('a named report lacks name and phone until both are there', () => {
  expect(faultsOf({ ...good, named: true }, today)).toEqual(['name', 'phone'])
  expect(faultsOf({ ...good, named: true, name: '王小明', phone: 'abc' }, today)).toEqual(['phone'])
  expect(faultsOf({ ...good, named: true, name: '王小明', phone: '138 0000 1111' }, today)).toEqual([])
})

test('nothing happened tomorrow', () => {
  expect(faultsOf({ ...good, occurredOn: '2026-11-26' }, today)).toEqual(['occurredOn'])
  expect(faultsOf({ ...good, occurredOn: today }, today)).toEqual([])
})

test('name and phone that were typed before choosing anonymous are not sent', () => {
  const body = bodyOf({ ...good, named: false, name: '王小明', phone: '13800001111' }, 't')
  expect(body).toEqual({
    token: 't',
    theme: 'odour',
    regionCode: 629_001,
    place: '建设路口',
    content: good.content,
    named: false,
  })
})

test('what fills the hidden field is sent, so that the server can refuse it', () => {
  expect(bodyOf({ ...good, website: 'http://x' }, 't')?.website).toBe('http://x')
})
