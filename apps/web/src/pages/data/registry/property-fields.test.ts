import { describe, expect, it } from 'vitest'
import { propertyFields, shownValue, storedProperties, typedProperties } from './property-fields.ts'

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

  it('reads and writes lists of rows, yes and no, and texts with spaces', () => {
    const device = propertyFields(
      {
        required: ['parameters', 'factors'],
        properties: {
          main: { type: 'boolean', title: '主要排放口' },
          formerNames: { type: 'array', items: { type: 'string' }, 'x-spaced': true },
          factors: { type: 'array', items: { type: 'string' } },
          parameters: {
            type: 'array',
            items: { type: 'object', properties: { factor: { type: 'string' }, slope: { type: 'number' } } },
          },
        },
      },
      'zh-CN',
    )
    expect(device.map((field) => field.kind)).toEqual(['flag', 'list', 'list', 'rows'])
    const stored = {
      main: false,
      formerNames: ['A Company Ltd', '祁川化肥厂'],
      factors: [],
      parameters: [
        { factor: 'a21026', slope: 1.02 },
        { factor: 'a21002', slope: 1 },
      ],
    }
    expect(storedProperties(device, typedProperties(device, stored))).toEqual(stored)
    expect(storedProperties(device, {})).toEqual({ factors: [], parameters: [] })
    expect(
      device.map((field) =>
        shownValue(field, (stored as Record<string, unknown>)[field.name], { yes: '是', no: '否' }),
      ),
    ).toEqual(['否', 'A Company Ltd、祁川化肥厂', '', '2'])
  })
})
