/** Short forms in which definitions are written. */
import type { Basis, Bilingual, Escalation, FieldDefinition, Guard, Limit } from '../definition.ts'

export const name = (zh: string, en: string): Bilingual => ({ zh, en })

export const primary = (text: string): Basis => ({ text, status: 'primary' })
export const unverified = (text: string): Basis => ({ text, status: 'unverified' })
/** A setting of the platform, not of a law. */
export const design = (text: string): Basis => ({ text, status: 'design' })

export const days = (amount: number): Limit => ({ amount, unit: 'day' })
export const workingDays = (amount: number): Limit => ({ amount, unit: 'working-day' })
export const months = (amount: number): Limit => ({ amount, unit: 'month' })

/** Warns the one who acts before the end, tells the one who oversees at the end, and the director after it. */
export const usualEscalations = (
  warnDays: number,
  to: { readonly acts: Escalation['to']; readonly oversees: Escalation['to'] },
): readonly Escalation[] => [
  { level: 1, when: 'before', limit: workingDays(warnDays), to: to.acts },
  { level: 2, when: 'after', limit: days(0), to: [...to.acts, ...to.oversees] },
  { level: 3, when: 'after', limit: workingDays(5), to: [...to.oversees, 'director'] },
]

export const text = (id: string, zh: string, en: string, more: Partial<FieldDefinition> = {}) =>
  ({ id, title: name(zh, en), type: 'text', max: 200, ...more }) as const satisfies FieldDefinition
export const longText = (id: string, zh: string, en: string, more: Partial<FieldDefinition> = {}) =>
  ({ id, title: name(zh, en), type: 'long-text', max: 4000, ...more }) as const satisfies FieldDefinition
export const date = (id: string, zh: string, en: string, more: Partial<FieldDefinition> = {}) =>
  ({ id, title: name(zh, en), type: 'date', ...more }) as const satisfies FieldDefinition
export const people = (id: string, zh: string, en: string, more: Partial<FieldDefinition> = {}) =>
  ({ id, title: name(zh, en), type: 'people', max: 20, ...more }) as const satisfies FieldDefinition
export const yesNo = (id: string, zh: string, en: string, more: Partial<FieldDefinition> = {}) =>
  ({ id, title: name(zh, en), type: 'yes-no', ...more }) as const satisfies FieldDefinition
export const number = (id: string, zh: string, en: string, more: Partial<FieldDefinition> = {}) =>
  ({ id, title: name(zh, en), type: 'number', ...more }) as const satisfies FieldDefinition
export const money = (id: string, zh: string, en: string, more: Partial<FieldDefinition> = {}) =>
  ({ id, title: name(zh, en), type: 'money', unit: '元', min: 0, ...more }) as const satisfies FieldDefinition
export const choice = (
  id: string,
  zh: string,
  en: string,
  options: readonly (readonly [value: string, zh: string, en: string])[],
  more: Partial<FieldDefinition> = {},
) =>
  ({
    id,
    title: name(zh, en),
    type: 'choice',
    options: options.map(([value, ...title]) => ({ value, title: name(...title) })),
    ...more,
  }) as const satisfies FieldDefinition

/** Whoever remedies does not judge whether it is remedied. */
export const acceptorIsNotHandler = (text: string): Guard => ({
  kind: 'parties-differ',
  a: 'acceptor',
  b: 'handler',
  basis: design(text),
})
