/** What a mark means for a scan. HJ 212 flags, HJ 75 marks and Chinese words are understood alike. */
export const markClasses = { none: 0, equipment: 1, stopped: 2, missing: 3, overRange: 4 } as const
export type MarkClass = (typeof markClasses)[keyof typeof markClasses]

const { none, equipment, stopped, missing, overRange } = markClasses

/**
 * N normal, O over the standard (a valid value), S entered by hand; C calibration, M maintenance, D fault, P power;
 * F, St, Sd, B (banked) the source itself; Md missing. `B` is "communication" in HJ 212 and "banked" in HJ 75: either
 * way the hour says nothing about the plant.
 */
const codes: Readonly<Record<string, MarkClass>> = {
  '': none,
  N: none,
  O: none,
  S: none,
  V: none,
  C: equipment,
  M: equipment,
  D: equipment,
  P: equipment,
  F: stopped,
  ST: stopped,
  SD: stopped,
  B: missing,
  MD: missing,
  T: overRange,
}

/** Work on the instrument or a broken line: the plant went on, its number is not known. */
export function takenAway(mark: number | undefined): boolean {
  return mark === equipment || mark === missing
}

/** Words in the order in which they are looked for: 停运 before 运, 通讯中断 before 断. */
const words: readonly (readonly [RegExp, MarkClass])[] = [
  [/停运|停产|停炉|停机|停窑|停止|启炉|启动|点火|起炉|闷炉|烘炉|压火|降温|停排|未生产|停/, stopped],
  [/通讯|通信|中断|缺失|无数据|断线|离线/, missing],
  [/校准|标定|校验|核查|标样|质控|维护|维修|检修|故障|断电|停电|比对|更换|异常|无效/, equipment],
  [/超量程|超测/, overRange],
  [/正常|有效|超标|运行|手工/, none],
]

const known = new Map<string, MarkClass>()

export function markClass(mark: string): MarkClass {
  const before = known.get(mark)
  if (before !== undefined) return before
  const text = mark.trim()
  const found =
    codes[text.toUpperCase()] ??
    words.find(([pattern]) => pattern.test(text))?.[1] ??
    (text === '' ? none : equipment)
  if (known.size < 1000) known.set(mark, found)
  return found
}
