/** The burden meter (填报负担): what is asked of an enterprise more than once. */
import type { BurdenMeter } from '@shanshui/contract'
import type { AskedForm } from './burden-catalogue.ts'

/**
 * Facts that are asked for in more than one form, or asked for where the platform knows them. What is picked (key), new
 * each time (event) or filled in by the platform (prefilled) is no repetition.
 */
export function burdenOf(forms: readonly AskedForm[]): BurdenMeter {
  const facts = new Map<string, { title: string; asked: BurdenMeter['duplicates'][number]['asked'] }>()
  const concepts = new Set<string>()
  for (const form of forms) {
    for (const field of form.fields) {
      concepts.add(field.concept)
      if (field.role !== 'fact') continue
      const fact = facts.get(field.concept) ?? { title: field.title, asked: [] }
      fact.asked.push({ form: form.id, formTitle: form.title, field: field.path })
      facts.set(field.concept, fact)
    }
  }
  const duplicates = [...facts]
    .filter(([, { asked }]) => asked.length > 1)
    .map(([concept, { title, asked }]) => ({ concept, title, asked, repeated: asked.length - 1 }))
  return {
    forms: forms.map(({ id, title, perYear, fields }) => ({
      id,
      title,
      perYear,
      fields: typed(fields).length,
    })),
    fields: forms.reduce((sum, { fields }) => sum + typed(fields).length, 0),
    repeated: duplicates.reduce((sum, { repeated }) => sum + repeated, 0),
    duplicates,
    concepts: concepts.size,
  }
}

/** Fields that somebody has to fill in. */
const typed = (fields: AskedForm['fields']) => fields.filter(({ role }) => role !== 'prefilled')
