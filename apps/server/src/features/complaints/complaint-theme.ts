/** Under which theme of problems a complaint is registered. */
import type { ComplaintTheme, ProblemTheme } from '@shanshui/contract'

export const problemThemeOf: Readonly<Record<ComplaintTheme, ProblemTheme>> = {
  odour: 'air',
  'waste-gas': 'air',
  dust: 'air',
  'waste-water': 'water',
  noise: 'noise',
  'solid-waste': 'solid-waste',
  ecology: 'ecology',
  radiation: 'radiation',
  project: 'procedure',
  other: 'other',
}
