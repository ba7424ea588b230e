/** Takes the complainant out of what others read: name, phone and address that stand in the text are blanked. Pure. */
import type { Complainant } from '@shanshui/contract'

const blank = '＊＊'
const shortest = 2

/** Digits of a phone number, however they are grouped. */
function phonePattern(phone: string): RegExp | undefined {
  const digits = phone.replace(/\D/g, '')
  if (digits.length < 7) return undefined
  return new RegExp(digits.split('').join('[\\s-]*'), 'g')
}

const literal = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g')

/** The text without what was given about the person. A name of one character would blank half a text: it stays. */
export function withoutPerson(text: string, person: Complainant | undefined): string {
  if (person === undefined) return text
  const { name, phone, address, idNumber } = person
  const patterns = [
    phone === undefined ? undefined : phonePattern(phone),
    ...[idNumber, address, name].map((word) =>
      word === undefined || word.trim().length < shortest ? undefined : literal(word.trim()),
    ),
  ]
  return patterns.reduce<string>(
    (rest, pattern) => (pattern === undefined ? rest : rest.replace(pattern, blank)),
    text,
  )
}
