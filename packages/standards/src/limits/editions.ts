import type { LimitStatus } from './emission-limit.ts'

/** A change of a standard whose text is not among the tables: choices that it may touch say so. */
export interface UnheldAmendment {
  readonly from: string
  readonly text: string
}

/** One edition of an emission standard and from when it holds for whom. */
export interface EmissionEdition {
  /** Standard without its year; editions of one family follow each other. */
  readonly family: string
  readonly standard: string
  readonly title: string
  readonly level: 'sector' | 'general'
  /** From then on for what is approved (环评批复) from then on. */
  readonly from: string
  /** From then on for what was built or approved before `from`. */
  readonly existingFrom: string
  /** Smaller existing units have a later date. */
  readonly existingSmallFrom?: string
  /** Existing units have a table of their own from this date on. */
  readonly transitionFrom?: string
  readonly predecessor?: string
  /** False: it is known that the edition is in force, its table is not among the data. */
  readonly held: boolean
  readonly amendment?: UnheldAmendment
  readonly status: LimitStatus
  readonly source: string
}

type Extra = Partial<
  Pick<
    EmissionEdition,
    | 'existingSmallFrom'
    | 'transitionFrom'
    | 'predecessor'
    | 'held'
    | 'amendment'
    | 'status'
    | 'source'
    | 'level'
  >
>

function edition(
  standard: string,
  title: string,
  from: string,
  existingFrom: string,
  extra: Extra = {},
): EmissionEdition {
  const family = standard.slice(0, standard.lastIndexOf('-'))
  return {
    family,
    standard,
    title,
    level: 'sector',
    from,
    existingFrom,
    held: true,
    status: 'primary',
    source: `${standard} 实施日期条款`,
    ...extra,
  }
}

const REMEMBERED: Extra = { status: 'unverified', source: '未取得原文，日期待核实' }

/** Editions of the emission standards whose limits are held, and of those known to have replaced them. */
export const emissionEditions: readonly EmissionEdition[] = [
  edition('GB 13223-2011', '火电厂大气污染物排放标准', '2012-01-01', '2014-07-01', {
    ...REMEMBERED,
    predecessor: 'GB 13223-2003',
  }),
  edition('GB 13271-2014', '锅炉大气污染物排放标准', '2014-07-01', '2015-10-01', {
    existingSmallFrom: '2016-07-01',
    predecessor: 'GB 13271-2001',
  }),
  edition('GB 4915-2013', '水泥工业大气污染物排放标准', '2014-03-01', '2015-07-01', {
    predecessor: 'GB 4915-2004',
  }),
  edition('GB 29620-2013', '砖瓦工业大气污染物排放标准', '2014-01-01', '2016-07-01', {
    transitionFrom: '2014-01-01',
    predecessor: 'GB 9078-1996',
    amendment: { from: '2014-01-01', text: '基准含氧量18%的修改单文本未录入，换算方法待核实' },
  }),
  edition('GB 26453-2011', '平板玻璃工业大气污染物排放标准', '2011-10-01', '2014-01-01', {
    transitionFrom: '2011-10-01',
    predecessor: 'GB 9078-1996',
  }),
  edition('GB 26453-2022', '玻璃工业大气污染物排放标准', '2023-01-01', '2024-07-01', {
    held: false,
    status: 'unverified',
    source: '替代关系两个来源，现有企业日期待核实',
  }),
  edition('GB 39726-2020', '铸造工业大气污染物排放标准', '2021-01-01', '2023-07-01', {
    predecessor: 'GB 9078-1996',
  }),
  edition('GB 9078-1996', '工业炉窑大气污染物排放标准', '1997-01-01', '1997-01-01', {
    transitionFrom: '1997-01-01',
    level: 'general',
  }),
  edition('GB 13801-2015', '火葬场大气污染物排放标准', '2015-07-01', '2017-07-01', {
    predecessor: 'GB 13801-2009',
  }),
  edition('GB 16297-1996', '大气污染物综合排放标准', '1997-01-01', '1997-01-01', {
    transitionFrom: '1997-01-01',
    level: 'general',
  }),
  edition('GB 28662-2012', '钢铁烧结、球团工业大气污染物排放标准', '2012-10-01', '2015-01-01', {
    ...REMEMBERED,
    predecessor: 'GB 9078-1996',
  }),
  edition('GB 16171-2012', '炼焦化学工业污染物排放标准', '2012-10-01', '2015-01-01', {
    ...REMEMBERED,
    predecessor: 'GB 16171-1996',
    held: false,
  }),
  edition('GB 25465-2010', '铝工业污染物排放标准', '2010-10-01', '2012-01-01', {
    ...REMEMBERED,
    predecessor: 'GB 9078-1996',
  }),
  edition('GB 25466-2010', '铅、锌工业污染物排放标准', '2010-10-01', '2012-01-01', {
    ...REMEMBERED,
    predecessor: 'GB 9078-1996',
  }),
  edition('GB 25467-2010', '铜、镍、钴工业污染物排放标准', '2010-10-01', '2012-01-01', {
    ...REMEMBERED,
    predecessor: 'GB 9078-1996',
  }),
  edition('GB 18485-2014', '生活垃圾焚烧污染控制标准', '2014-07-01', '2016-01-01', {
    ...REMEMBERED,
    predecessor: 'GB 18485-2001',
  }),
  edition('GB 18484-2020', '危险废物焚烧污染控制标准', '2021-07-01', '2022-01-01', {
    predecessor: 'GB 18484-2001',
  }),
  edition('GB 39707-2020', '医疗废物处理处置污染控制标准', '2021-07-01', '2022-01-01', {
    predecessor: 'GB 18484-2001',
  }),
  edition('GB 26131-2010', '硝酸工业污染物排放标准', '2011-03-01', '2013-04-01', {
    transitionFrom: '2011-10-01',
    predecessor: 'GB 16297-1996',
  }),
  edition('GB 26132-2010', '硫酸工业污染物排放标准', '2011-03-01', '2013-10-01', {
    transitionFrom: '2011-10-01',
    predecessor: 'GB 16297-1996',
  }),
  edition('GB 21900-2008', '电镀污染物排放标准', '2008-08-01', '2010-07-01', {
    transitionFrom: '2009-01-01',
    predecessor: 'GB 16297-1996',
  }),
  edition('GB 31573-2015', '无机化学工业污染物排放标准', '2015-07-01', '2017-07-01'),
  edition('GB 31571-2015', '石油化学工业污染物排放标准', '2015-07-01', '2017-07-01', {
    amendment: { from: '2024-07-01', text: '2024年修改单文本未录入，限值待核实' },
  }),
  edition('GB 31572-2015', '合成树脂工业污染物排放标准', '2015-07-01', '2017-07-01', {
    amendment: { from: '2024-07-01', text: '2024年修改单文本未录入，限值待核实' },
  }),
  edition('GB 37824-2019', '涂料、油墨及胶粘剂工业大气污染物排放标准', '2019-07-01', '2020-07-01', {
    predecessor: 'GB 16297-1996',
  }),
  edition('GB 37822-2019', '挥发性有机物无组织排放控制标准', '2019-07-01', '2020-07-01'),
  edition('GB 20950-2020', '储油库大气污染物排放标准', '2021-04-01', '2023-01-01', {
    predecessor: 'GB 20950-2007',
  }),
  edition('GB 20952-2020', '加油站大气污染物排放标准', '2021-04-01', '2022-01-01', {
    predecessor: 'GB 20952-2007',
  }),
  edition('GB 8978-1996', '污水综合排放标准', '1998-01-01', '1998-01-01', {
    transitionFrom: '1998-01-01',
    level: 'general',
    predecessor: 'GB 8978-88',
  }),
  edition('GB 18918-2002', '城镇污水处理厂污染物排放标准', '2003-07-01', '2003-07-01', {
    amendment: {
      from: '2026-03-01',
      text: '2025年修改单（2026-03-01起）增加一次监测限值，其数值未取得；日均限值不变',
    },
  }),
  edition('GB 18466-2005', '医疗机构水污染物排放标准', '2006-01-01', '2007-12-31'),
  edition('GB 16889-2008', '生活垃圾填埋场污染控制标准', '2008-07-01', '2008-07-01'),
  edition('GB 16889-2024', '生活垃圾填埋场污染控制标准', '2024-09-01', '2024-09-01', {
    held: false,
    status: 'unverified',
    source: '替代关系一个来源，日期待核实',
  }),
  edition('GB 27631-2011', '发酵酒精和白酒工业水污染物排放标准', '2012-01-01', '2014-01-01', {
    predecessor: 'GB 8978-1996',
  }),
  edition('GB 26877-2011', '汽车维修业水污染物排放标准', '2012-01-01', '2013-01-01', {
    predecessor: 'GB 8978-1996',
  }),
  edition('GB 4287-2012', '纺织染整工业水污染物排放标准', '2013-01-01', '2015-01-01', {
    predecessor: 'GB 4287-92',
  }),
  edition('GB 30486-2013', '制革及毛皮加工工业水污染物排放标准', '2014-03-01', '2016-01-01', {
    predecessor: 'GB 8978-1996',
  }),
  edition('GB 39731-2020', '电子工业水污染物排放标准', '2021-07-01', '2024-01-01', {
    predecessor: 'GB 8978-1996',
  }),
]

const byStandard = new Map(emissionEditions.map((row) => [row.standard, row]))

/** The edition of that full number, e.g. `GB 4915-2013`. */
export function emissionEdition(standard: string): EmissionEdition | undefined {
  return byStandard.get(standard)
}
