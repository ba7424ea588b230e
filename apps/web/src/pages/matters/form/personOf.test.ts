import { expect, test } from 'vitest'
import { personOf } from './PeopleSelect.tsx'

const people = [
  { id: 4, name: '王工' },
  { id: 5, name: '李明' },
  { id: 6, name: '李明' },
]

test('a tag of a user is that user, a typed name of one user is that user too', () => {
  expect(personOf('#6', people)).toBe(6)
  expect(personOf(' 王工 ', people)).toBe(4)
})

test('a name that two users share, or none has, stays a name', () => {
  expect(personOf('李明', people)).toBe('李明')
  expect(personOf('赵村长', people)).toBe('赵村长')
})
