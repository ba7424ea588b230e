import { describe, expect, it } from 'vitest'
import { propertyFields, shownValue, storedProperties } from './property-fields.ts'

const schema = {
  type: 'object',
  required: ['zoneClass'],
  properties: {
    zoneClass: {
      enum: [1, 2],
      title: '功能区类别',
      'x-en': 'Zone',
      'x-labels': { 1: '一类区', 2: '二类区' },
    },
    members: { type: 'array', title: '参评点位代码' },
    operator: { type: 'string', title: '运维单位', 'x-en': 'Operator' },
  },
}

describe('the form of a kind', () => {
  const fields = propertyFields(schema, 'zh-CN')

  it('speaks the language and knows what is required', () => {
    expect(fields.map((field) => [field.title, field.kind, field.required])).toEqual([
      ['功能区类别', 'choice', true],
      ['参评点位代码', 'list', false],
      ['运维单位', 'text', false],
    ])
    expect(propertyFields(schema, 'en')[2]?.title).toBe('Operator')
  })

  it('gives back what it shows: choices keep their type, lists their members', () => {
    const stored = storedProperties(fields, { zoneClass: '2', members: 'A1 A2，A3', operator: ' ' })
    expect(stored).toEqual({ zoneClass: 2, members: ['A1', 'A2', 'A3'] })
    expect(fields.map((field) => shownValue(field, stored[field.name]))).toEqual(['二类区', 'A1 A2 A3', null])
  })
})
