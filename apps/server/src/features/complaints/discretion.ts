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

/** What of the person is looked for; the place of a problem may be where its complainant lives, and has to stay. */
type Parts = readonly ('name' | 'phone' | 'address' | 'idNumber')[]
const allParts: Parts = ['phone', 'idNumber', 'address', 'name']

/** The text without what was given about the person. A name of one character would blank half a text: it stays. */
export function withoutPerson(
  text: string,
  person: Complainant | undefined,
  parts: Parts = allParts,
): string {
  if (person === undefined) return text
  const patterns = parts.map((part) => {
    const word = person[part]?.trim()
    if (word === undefined || word.length < shortest) return undefined
    return part === 'phone' ? phonePattern(word) : literal(word)
  })
  return patterns.reduce<string>(
    (rest, pattern) => (pattern === undefined ? rest : rest.replace(pattern, blank)),
    text,
  )
}
