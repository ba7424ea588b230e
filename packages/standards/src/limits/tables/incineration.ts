import { airRows, type EmissionLimit, type TableBase } from '../emission-limit.ts'

const HOUR = { pm: 30, co: 100, nox: 300, so2: 100, hcl: 60 } as const
const DAY = { pm: 20, co: 80, nox: 250, so2: 80, hcl: 50 } as const

function wasteTable(standard: string, scope: string): readonly EmissionLimit[] {
  const base: TableBase = { standard, table: '表3', scopes: [scope], from: '2021-07-01' }
  return [
    ...airRows({ ...base, averaging: 'hour', note: '手工监测的1小时均值' }, { ...HOUR, hf: '4.0' }),
    ...airRows({ ...base, averaging: 'day' }, { ...DAY, hf: '2.0' }),
    ...airRows(
      { ...base, averaging: 'sampling' },
      { hg: 0.05, tl: 0.05, cd: 0.05, pb: 0.5, as: 0.5, cr: 0.5, metalSum: '2.0', dioxins: 0.5 },
    ),
  ]
}

const municipal: TableBase = {
  standard: 'GB 18485-2014',
  table: '表4',
  scopes: ['waste-incinerator'],
  from: '2014-07-01',
  status: 'unverified',
  source: 'GB 18485-2014，未取得原文，待核实',
}

/** Waste incineration, all at 11 % O2. GB 18484-2020 and GB 39707-2020 as read; GB 18485-2014 as far as known. */
export const incinerationLimits: readonly EmissionLimit[] = [
  ...wasteTable('GB 18484-2020', 'hazardous-waste-incinerator'),
  ...wasteTable('GB 39707-2020', 'medical-waste-incinerator'),
  ...airRows({ ...municipal, averaging: 'hour' }, HOUR),
  ...airRows(
    { ...municipal, averaging: 'day', status: 'one-source', source: 'GB 18485-2014，一个来源' },
    DAY,
  ),
  ...airRows({ ...municipal, averaging: 'sampling' }, { hg: 0.05, cdTl: 0.1, metalSum: '1.0' }),
  ...airRows(
    { ...municipal, averaging: 'sampling', status: 'one-source', source: 'GB 18485-2014，一个来源' },
    { dioxins: 0.1 },
  ),
]
