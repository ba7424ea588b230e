import type { OutletHourState } from '@shanshui/contract'

/** The strip below the curve; the legend and the table say the same in words. */
export const stateColours: Readonly<Record<OutletHourState, string>> = {
  valid: '#8fb8a2',
  exempt: '#c9a45c',
  invalid: '#8c5a82',
  stopped: '#9aa8b5',
  missing: '#e3e8ed',
}
export const hourStates = ['valid', 'exempt', 'invalid', 'stopped', 'missing'] as const
