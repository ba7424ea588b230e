/**
 * Flag (拆分包及应答标志): bits 7…2 version number, bit 1 sub-packet fields present, bit 0 answer wanted.
 * HJ 212-2017 table 3; the positions are the same in 2005 and 2025.
 */
export type Version = '2005' | '2017' | '2025' | 'surface-water'

const versionBits: Record<Version, number> = { '2005': 0, '2017': 1, '2025': 2, 'surface-water': 2 }

/** The decimal value of Flag, 0…255. */
export function flagValue(version: Version, needAck: boolean, split = false): number {
  return versionBits[version] * 4 + (split ? 2 : 0) + (needAck ? 1 : 0)
}

const LETTER = (c: number) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122)
const DIGIT = (c: number) => c >= 48 && c <= 57

/** `A110000_0001`: letters, six digits, underscore, four digits, the identifier of a surface-water station. */
export function isSurfaceWaterMn(mn: string): boolean {
  const n = mn.length
  if (n < 12 || mn.charCodeAt(n - 5) !== 95) return false
  for (let i = n - 4; i < n; i++) if (!DIGIT(mn.charCodeAt(i))) return false
  for (let i = n - 11; i < n - 5; i++) if (!DIGIT(mn.charCodeAt(i))) return false
  for (let i = 0; i < n - 11; i++) if (!LETTER(mn.charCodeAt(i))) return false
  return true
}

/**
 * The protocol of a message. Version bits 2 stand for HJ 212-2025 and for the surface-water protocol (HJ 1404)
 * alike: ST=21 or the form of the MN decides. No Flag means 2005. `flag` is −1 when absent or not a number.
 */
export function versionOf(flag: number, st: string, mn: string): Version {
  if (flag < 4) return '2005'
  if (flag < 8) return '2017'
  return st === '21' || isSurfaceWaterMn(mn) ? 'surface-water' : '2025'
}
