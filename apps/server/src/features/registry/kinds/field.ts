/** Fields of kinds, with the labels that forms and sheets show. */
import { type TProperties, type TSchema, Type } from 'typebox'

interface Labels {
  readonly en: string
  /** Shown in the explanation of a sheet. */
  readonly example?: string | number
}

const labels = (zh: string, { en, example }: Labels) => ({
  title: zh,
  'x-en': en,
  ...(example === undefined ? {} : { 'x-example': example }),
})

export const text = (zh: string, more: Labels & { max?: number; pattern?: string }) =>
  Type.String({
    ...labels(zh, more),
    minLength: 1,
    maxLength: more.max ?? 200,
    ...(more.pattern === undefined ? {} : { pattern: more.pattern }),
  })

export const day = (zh: string, more: Labels) =>
  Type.String({ ...labels(zh, { example: '2022-03-01', ...more }), format: 'date' })

export const number = (zh: string, more: Labels & { min?: number; max?: number; unit?: string }) =>
  Type.Number({
    ...labels(zh, more),
    ...(more.min === undefined ? {} : { minimum: more.min }),
    ...(more.max === undefined ? {} : { maximum: more.max }),
    ...(more.unit === undefined ? {} : { 'x-unit': more.unit }),
  })

export const integer = (zh: string, more: Labels & { min?: number; max?: number }) =>
  Type.Integer({
    ...labels(zh, more),
    ...(more.min === undefined ? {} : { minimum: more.min }),
    ...(more.max === undefined ? {} : { maximum: more.max }),
  })

export const yesNo = (zh: string, more: Labels) => Type.Boolean(labels(zh, more))

export const choice = <const T extends Readonly<Record<string, string>>>(
  zh: string,
  options: T,
  more: Labels,
) =>
  Type.Enum(Object.keys(options) as (keyof T & string)[], {
    ...labels(zh, more),
    'x-labels': options,
  })

/** A list of short texts; `spaced`: a text may hold spaces. */
export const texts = (
  zh: string,
  more: Labels & { max?: number; items?: number; pattern?: string; spaced?: boolean },
) =>
  Type.Array(
    Type.String({
      minLength: 1,
      maxLength: more.max ?? 100,
      ...(more.pattern === undefined ? {} : { pattern: more.pattern }),
    }),
    {
      ...labels(zh, more),
      maxItems: more.items ?? 50,
      uniqueItems: true,
      ...(more.spaced === true ? { 'x-spaced': true } : {}),
    },
  )

/** A list of rows, e.g. the parameters of a device. In a sheet: one row an item, columns named `title/label`. */
export const rows = <T extends TProperties>(
  zh: string,
  properties: T,
  more: Labels & { items?: number; min?: number },
) =>
  Type.Array(Type.Object(properties, { additionalProperties: false }), {
    ...labels(zh, more),
    maxItems: more.items ?? 100,
    ...(more.min === undefined ? {} : { minItems: more.min }),
  })

export const maybe = <T extends TSchema>(schema: T) => Type.Optional(schema)

/** Factor code of HJ 212: letter and five digits; `Zs` for a converted value as sent, `i…` for field information. */
export const factorPattern = '^([aw][0-9a-z]{5}(Zs)?|i[0-9a-z]{5})$'
