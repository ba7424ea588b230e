import { evaluators } from '@shanshui/standards'
import { describe, expect, it } from 'vitest'
import { FieldFault, fieldsOf, inputOf } from './fields.ts'

const schema = {
  type: 'object',
  properties: {
    values: { type: 'array', items: { type: ['number', 'null'] }, description: '日值序列' },
    p: { type: 'number', description: '百分位' },
    item: { type: 'string', enum: ['pm25', 'pm10'] },
    zone: { type: 'number', enum: [1, 2] },
    date: { type: 'string' },
    days: { type: 'array', items: { type: 'object' } },
  },
  required: ['values', 'p'],
}

describe('the form of an evaluator', () => {
  const fields = fieldsOf(schema)

  it('takes the kind of each field from the schema', () => {
    expect(fields.map((field) => field.kind)).toEqual(['list', 'number', 'choice', 'choice', 'date', 'json'])
    expect(fields.map((field) => field.required)).toEqual([true, true, false, false, false, false])
  })

  it('reads lists with any separator and gaps as null', () => {
    expect(inputOf(fields, { values: '10, 20；30\n- 40', p: '98' })).toEqual({
      values: [10, 20, 30, null, 40],
      p: 98,
    })
  })

  it('keeps the type of a choice and leaves empty fields out', () => {
    expect(inputOf(fields, { zone: '2', item: '' })).toEqual({ zone: 2 })
  })

  it('names the field and the text that it cannot read', () => {
    expect(() => inputOf(fields, { p: '九十' })).toThrow(FieldFault)
    expect(() => inputOf(fields, { days: '[{]' })).toThrow(/days/)
  })

  it('gives every registered evaluator a form with a description of each field', () => {
    for (const evaluator of evaluators) {
      const form = fieldsOf(evaluator.inputSchema)
      expect(form.length, evaluator.id).toBeGreaterThan(0)
      for (const field of form.filter((one) => one.kind !== 'json'))
        expect(field.description, `${evaluator.id} ${field.name}`).not.toBe(field.name)
    }
  })
})
