/**
 * Which measured values statistics may use. HJ 212-2017 table 8 (数据标记): N normal; T above the upper range is
 * kept as suspect; F stopped, M maintenance, S set by hand, D fault, C calibration, B broken link are not used.
 * An unknown character counts as not normal. Rolled rows carry N or I; their values stay readable.
 */
const usableCodes = new Set(['N', 'T'].map((flag) => flag.charCodeAt(0)))
export const markNone = '.'.charCodeAt(0)
export const markInvalid = 'X'.charCodeAt(0)
export const markSand = 'S'.charCodeAt(0)
export const flagAbsent = ' '.charCodeAt(0)
export const flagNormal = 'N'.charCodeAt(0)

/** True when a measured value with this flag and mark (character codes) counts in statistics. */
export function isUsable(flag: number, mark: number): boolean {
  return usableCodes.has(flag) && mark !== markInvalid
}
