import {
  answerVerdictTitles,
  fieldConclusionTitles,
  recordFields,
  signatureRoleTitles,
} from '@shanshui/contract'
import type { Official } from '../../../i18n/useOfficial.ts'

const words: Readonly<Record<string, Official>> = {
  ...answerVerdictTitles,
  ...fieldConclusionTitles,
  ...signatureRoleTitles,
  ...recordFields,
}
/** Not for reading: keys, pictures, digests. */
const silent = new Set(['png', 'photos', 'sha256', 'item', 'problemKey', 'sampleId', 'featureId', 'userId'])

/** What an item of the record says, as one line: for comparing two versions and for what was refused. */
export function valueText(value: unknown, official: (term: Official) => string): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'string') {
    const word = words[value]
    return word === undefined ? value : official(word)
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((one) => valueText(one, official)).join('、')
  return Object.entries(value)
    .filter(([name, part]) => !silent.has(name) && part !== null && part !== '')
    .map(([, part]) => valueText(part, official))
    .join('；')
}
