import { type EmissionLimit, type LimitCell, type TableBase, waterRows } from '../emission-limit.ts'
import type { WaterFactor } from '../factors.ts'

/** Levels of GB 18918-2002 as facility keys: 一级A, 一级B, 二级, 三级. */
export const sewageLevels = ['sewage-1a', 'sewage-1b', 'sewage-2', 'sewage-3'] as const

const base = (scopes: readonly string[], extra: Partial<TableBase> = {}): TableBase => ({
  standard: 'GB 18918-2002',
  table: '表1',
  scopes,
  from: '2003-07-01',
  ...extra,
})

type Row = readonly [LimitCell | null, LimitCell | null, LimitCell | null, LimitCell | null]
function levels(
  cells: Readonly<Partial<Record<WaterFactor, Row>>>,
  extra: Partial<TableBase> = {},
): readonly EmissionLimit[] {
  return Object.entries(cells).flatMap(([name, row]) =>
    row.flatMap((cell, index) =>
      cell === null ? [] : waterRows(base([sewageLevels[index] as string], extra), { [name]: cell }),
    ),
  )
}

const COD_NOTE = '进水COD大于350 mg/L时去除率应大于60%，进水BOD5大于160 mg/L时去除率应大于50%'
const table1: readonly EmissionLimit[] = [
  ...levels({ cod: [50, 60, 100, null], bod: [10, 20, 30, null] }),
  ...levels({ cod: [null, null, null, 120], bod: [null, null, null, 60] }, { note: COD_NOTE }),
  ...levels({
    ss: [10, 20, 30, 50],
    vegOil: [1, 3, 5, 20],
    oil: [1, 3, 5, 15],
    las: [0.5, 1, 2, 5],
    tn: [15, 20, null, null],
    nh3n: [5, 8, 25, null],
    tp: [0.5, 1, 3, 5],
    colour: [30, 30, 40, 50],
    coliform: [1000, 10_000, 10_000, null],
  }),
  ...levels({ nh3n: [8, 15, 30, null] }, { when: { cold: true } }),
  ...levels({ tp: [1, 1.5, 3, 5] }, { when: { builtBefore2006: true } }),
  ...waterRows(base(sewageLevels), { ph: [6, 9] }),
]

const table2 = waterRows(base(sewageLevels, { table: '表2' }), {
  hg: 0.001,
  alkylHg: 'nd',
  cd: 0.01,
  cr: 0.1,
  cr6: 0.05,
  as: 0.1,
  pb: 0.1,
})

const table3 = waterRows(base(sewageLevels, { table: '表3', note: '选择控制项目，由当地确定' }), {
  ni: 0.05,
  be: 0.002,
  ag: 0.1,
  cu: 0.5,
  zn: '1.0',
  mn: '2.0',
  se: 0.1,
  bap: 0.00003,
  phenol: 0.5,
  cyanide: 0.5,
  sulphide: '1.0',
  formaldehyde: '1.0',
  anilines: 0.5,
  nitro: '2.0',
  organophosphorus: 0.5,
  malathion: '1.0',
  dimethoate: 0.5,
  parathion: 0.05,
  methylParathion: 0.2,
  pcp: 0.5,
  chloroform: 0.3,
  ccl4: 0.03,
  trichloroethylene: 0.3,
  tetrachloroethylene: 0.1,
  benzene: 0.1,
  toluene: 0.1,
  oXylene: 0.4,
  pXylene: 0.4,
  mXylene: 0.4,
  ethylbenzene: 0.4,
  chlorobenzene: 0.3,
  pDichlorobenzene: 0.4,
  oDichlorobenzene: '1.0',
  pNitrochlorobenzene: 0.5,
  dinitrochlorobenzene: 0.5,
  phenolItself: 0.3,
  mCresol: 0.1,
  dichlorophenol: 0.6,
  trichlorophenol: 0.6,
  dbp: 0.1,
  dop: 0.1,
  acrylonitrile: '2.0',
  aox: '1.0',
})

/**
 * GB 18918-2002 tables 1–3, daily mean of a 24-h composite. NH3-N: 12 ℃ and colder has its own value. The 2025
 * amendment adds a limit for a single reading from 2026-03-01, whose values were not public: no row, a note instead.
 */
export const sewageLimits: readonly EmissionLimit[] = [...table1, ...table2, ...table3]
