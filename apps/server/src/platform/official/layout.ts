/**
 * Layout of official documents, GB/T 9704-2012 (党政机关公文格式), in the units of DOCX: twentieths of a point for
 * lengths, half-points for font sizes.
 */
const twipsPerMm = 1440 / 25.4
export const mm = (millimetres: number): number => Math.round(millimetres * twipsPerMm)

/** 5.1, 5.2.1: A4 (210 mm × 297 mm), top margin (天头) 37 mm, binding margin (订口) 28 mm, type area (版心) 156 mm × 225 mm. */
export const page = {
  width: mm(210),
  height: mm(297),
  top: mm(37),
  left: mm(28),
  right: mm(210 - 28 - 156),
  bottom: mm(297 - 37 - 225),
} as const

/** 5.2.3: 22 lines a page, 28 characters a line: 225 mm / 22 = 28.99 pt, kept just below so that 22 lines fit. */
export const linePitch = 579

/** Sizes: 二号 22 pt, 三号 16 pt, 四号 14 pt, 五号 10.5 pt. */
export const size = { second: 44, third: 32, fourth: 28, fifth: 21 } as const

/** 5.2.2, 7.3: body in 仿宋 size 三号; first-level headings 黑体, second-level 楷体; the title 小标宋 size 二号. */
const latin = 'Times New Roman'
const family = (eastAsia: string) => ({ ascii: latin, hAnsi: latin, cs: latin, eastAsia })
export const fonts = {
  /** Office falls back to 宋体 where 方正小标宋简体 is not installed; it is named as the alternative. */
  title: family('方正小标宋简体'),
  body: family('仿宋_GB2312'),
  first: family('黑体'),
  second: family('楷体_GB2312'),
  pageNumber: family('宋体'),
} as const

/** 7.3.3: paragraphs are indented by two characters of the body. */
export const indentTwo = 2 * (size.third / 2) * 20

/** 7.5: the page number stands 7 mm below the type area, in size 四号 between dashes. */
export const footerFromEdge = page.bottom - mm(7) - (size.fourth / 2) * 20
