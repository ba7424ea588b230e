import { type EmissionLimit, type LimitCell, type TableBase, waterRows } from '../emission-limit.ts'
import type { WaterFactor } from '../factors.ts'

type Cells = Readonly<Partial<Record<WaterFactor, LimitCell>>>
/** [direct, indirect] of the normal table, then of the special one; null = no value. */
type Sides = readonly [LimitCell | null, LimitCell | null, LimitCell | null, LimitCell | null]
type Columns = Readonly<Partial<Record<WaterFactor, Sides>>>

interface Sector {
  readonly standard: string
  readonly from: string
  readonly scopes: readonly string[]
  /** Names of the normal and the special table. */
  readonly tables: readonly [string, string]
  readonly extra?: Partial<TableBase>
}

const SIDES = [
  { discharge: 'direct', variant: 'new', table: 0 },
  { discharge: 'indirect', variant: 'new', table: 0 },
  { discharge: 'direct', variant: 'special', table: 1 },
  { discharge: 'indirect', variant: 'special', table: 1 },
] as const

function sector(info: Sector, columns: Columns): readonly EmissionLimit[] {
  const { standard, from, scopes, tables, extra = {} } = info
  return Object.entries(columns).flatMap(([name, sides]) =>
    SIDES.flatMap(({ discharge, variant, table }, index) => {
      const cell = sides[index] ?? null
      const when = { ...extra.when, discharge }
      const base = { standard, from, scopes, table: tables[table], variant, ...extra, when }
      return cell === null ? [] : waterRows(base, { [name]: cell })
    }),
  )
}

/** First-class pollutants at the outlet of the workshop: the same into water or sewer. */
function workshop(info: Sector, normal: Cells, special: Cells = {}): readonly EmissionLimit[] {
  const { standard, from, scopes, tables, extra = {} } = info
  const base = { standard, from, scopes, point: 'workshop' as const, ...extra }
  return [
    ...waterRows({ ...base, table: tables[0] }, normal),
    ...waterRows({ ...base, table: tables[1], variant: 'special' }, special),
  ]
}

const PH: Sides = [
  [6, 9],
  [6, 9],
  [6, 9],
  [6, 9],
]
const T23 = ['表2', '表3'] as const
const T12 = ['表1', '表2'] as const

const nitric: Sector = {
  standard: 'GB 26131-2010',
  from: '2011-03-01',
  scopes: ['nitric-acid-water'],
  tables: T23,
}
const sulphuric: Sector = {
  standard: 'GB 26132-2010',
  from: '2011-03-01',
  scopes: ['sulphuric-acid-water'],
  tables: T23,
}
const inorganic: Sector = {
  standard: 'GB 31573-2015',
  from: '2015-07-01',
  scopes: ['inorganic-water'],
  tables: T12,
}
const petrochemical: Sector = {
  standard: 'GB 31571-2015',
  from: '2015-07-01',
  scopes: ['petrochemical-water'],
  tables: T12,
}
const resin: Sector = { standard: 'GB 31572-2015', from: '2015-07-01', scopes: ['resin-water'], tables: T12 }

const chemistry: readonly EmissionLimit[] = [
  ...sector(nitric, {
    ph: PH,
    cod: [60, 150, 50, 60],
    ss: [50, 100, 20, 50],
    nh3n: [10, 25, 8, 10],
    tn: [30, 70, 20, 30],
    tp: [0.5, '1.0', 0.5, 0.5],
    oil: [3, 8, 3, 3],
  }),
  ...sector(sulphuric, {
    ph: PH,
    cod: [60, 100, 50, 60],
    ss: [50, 100, 15, 50],
    nh3n: [8, 20, 5, 8],
    tn: [15, 40, 10, 15],
    tp: [0.5, 2, 0.5, 0.5],
    oil: [3, 8, 3, 3],
    sulphide: [1, 1, 0.5, 1],
    fluoride: [10, 15, 10, 10],
  }),
  ...sector({ ...sulphuric, extra: { when: { category: '磷石膏制酸' } } }, { tp: [10, 30, null, null] }),
  ...workshop(sulphuric, { as: 0.3, pb: 0.5 }, { as: 0.1, pb: 0.1 }),
  ...sector(inorganic, {
    ph: PH,
    cod: [50, 200, 40, 50],
    ss: [50, 100, 30, 50],
    nh3n: [10, 40, 5, 10],
    tn: [20, 60, 10, 20],
    tp: [0.5, 2, 0.5, 0.5],
    oil: [3, 6, 1, 3],
    cyanide: [0.3, 0.5, null, null],
    sulphide: [0.5, 1, null, null],
    fluoride: [6, 6, 2, 2],
    cu: [0.5, 0.5, null, null],
    zn: [1, 1, null, null],
    mn: [1, 1, null, null],
    ba: [2, 2, null, null],
    sr: [8, 8, null, null],
    cobalt: [1, 1, null, null],
    mo: [0.5, 0.5, null, null],
    sn: [2, 2, null, null],
    sb: [0.3, 0.3, null, null],
  }),
  ...sector({ ...inorganic, extra: { when: { category: '无机氰化合物' } } }, { tn: [30, null, null, null] }),
  ...workshop(inorganic, {
    as: 0.3,
    hg: 0.005,
    cd: 0.05,
    pb: 0.5,
    cr6: 0.1,
    ag: 0.5,
    cr: 0.5,
    ni: 0.5,
    tl: 0.005,
    alpha: 1,
    beta: 10,
  }),
  ...workshop({ ...inorganic, extra: { when: { category: '氯酸盐、铬化合物' } } }, { cr: '1.0' }),
  ...sector(petrochemical, {
    ph: PH,
    cod: [60, null, 50, null],
    bod: [20, null, 10, null],
    ss: [70, null, 50, null],
    nh3n: [8, null, 5, null],
    tn: [40, null, 30, null],
    tp: ['1.0', null, 0.5, null],
    oil: [5, 20, 3, 15],
    sulphide: ['1.0', '1.0', null, null],
    fluoride: [10, 20, null, null],
    phenol: [0.5, 0.5, null, null],
    vanadium: ['1.0', '1.0', null, null],
    cu: [0.5, 0.5, null, null],
    zn: ['2.0', '2.0', null, null],
    cyanide: [0.5, 0.5, null, null],
    aox: ['1.0', '5.0', null, null],
    toc: [20, null, null, null],
  }),
  ...sector(
    { ...petrochemical, extra: { when: { category: '注明的装置' } } },
    { cod: [100, null, null, null], toc: [30, null, null, null] },
  ),
  ...workshop(petrochemical, {
    bap: 0.00003,
    pb: '1.0',
    cd: 0.1,
    as: 0.5,
    ni: '1.0',
    hg: 0.05,
    cr: 1.5,
    cr6: 0.5,
  }),
  ...sector(resin, {
    ph: PH,
    cod: [60, null, 50, null],
    bod: [20, null, 10, null],
    ss: [30, null, 20, null],
    nh3n: [8, null, 5, null],
    tn: [40, null, 15, null],
    tp: ['1.0', null, 0.5, null],
  }),
]

const drinks: Sector = {
  standard: 'GB 27631-2011',
  from: '2012-01-01',
  scopes: ['alcohol-water', 'baijiu-water'],
  tables: T23,
}
const car: Sector = {
  standard: 'GB 26877-2011',
  from: '2012-01-01',
  scopes: ['car-repair-water'],
  tables: T23,
}
const dyeing: Sector = { standard: 'GB 4287-2012', from: '2013-01-01', scopes: ['dyeing-water'], tables: T23 }
const light: readonly EmissionLimit[] = [
  ...sector(drinks, {
    ph: PH,
    cod: [100, 400, 50, 100],
    bod: [30, 80, 20, 30],
    ss: [50, 140, 20, 50],
    nh3n: [10, 30, 5, 10],
    tn: [20, 50, 15, 20],
    tp: ['1.0', '3.0', 0.5, '1.0'],
  }),
  ...sector({ ...drinks, scopes: ['baijiu-water'] }, { colour: [40, 80, 20, 40] }),
  ...sector(car, {
    ph: PH,
    cod: [60, 300, 50, 60],
    bod: [20, 150, 10, 20],
    ss: [20, 100, 10, 20],
    nh3n: [10, 25, 5, 10],
    tn: [20, 30, 15, 20],
    tp: [0.5, 3, 0.5, 0.5],
    oil: [3, 10, 1, 3],
    las: [3, 10, 1, 3],
  }),
  ...sector(dyeing, {
    ph: PH,
    cod: [80, 200, 60, 80],
    bod: [20, 50, 15, 20],
    ss: [50, 100, 20, 50],
    nh3n: [10, 20, 8, 10],
    tn: [15, 30, 12, 15],
    tp: [0.5, 1.5, 0.5, 0.5],
    colour: [50, 80, 30, 50],
    chlorineDioxide: [0.5, 0.5, null, null],
    aox: [12, 12, 8, 8],
    sulphide: [0.5, 0.5, 'nd', 'nd'],
    anilines: ['nd', 'nd', null, null],
  }),
  ...sector(
    { ...dyeing, extra: { when: { category: '蜡染' } } },
    {
      nh3n: [15, 30, null, null],
      tn: [25, 50, null, null],
    },
  ),
  ...workshop(dyeing, { cr6: 'nd' }),
]

const metalFinishing: Sector = {
  standard: 'GB 21900-2008',
  from: '2008-08-01',
  scopes: ['plating-water'],
  tables: T23,
}
const platingOld: TableBase = {
  standard: 'GB 21900-2008',
  table: '表1',
  scopes: ['plating-water'],
  variant: 'existing',
  from: '2009-01-01',
  to: '2010-06-30',
}
const both = (normal: LimitCell, special: LimitCell): Sides => [normal, normal, special, special]
const plating: readonly EmissionLimit[] = [
  ...workshop(
    metalFinishing,
    { cr: '1.0', cr6: 0.2, ni: 0.5, cd: 0.05, ag: 0.3, pb: 0.2, hg: 0.01 },
    { cr: 0.5, cr6: 0.1, ni: 0.1, cd: 0.01, ag: 0.1, pb: 0.1, hg: 0.005 },
  ),
  ...sector(metalFinishing, {
    cu: both(0.5, 0.3),
    zn: both(1.5, '1.0'),
    fe: both('3.0', '2.0'),
    al: both('3.0', '2.0'),
    ph: PH,
    ss: both(50, 30),
    cod: both(80, 50),
    nh3n: both(15, 8),
    tn: both(20, 15),
    tp: both('1.0', 0.5),
    oil: both('3.0', '2.0'),
    fluoride: both(10, 10),
    cyanide: both(0.3, 0.2),
  }),
  ...waterRows(
    { ...platingOld, point: 'workshop' },
    { cr: 1.5, cr6: 0.5, ni: '1.0', cd: 0.1, ag: 0.5, pb: '1.0', hg: 0.05 },
  ),
  ...waterRows(platingOld, { cu: '1.0', zn: '2.0', cod: 100 }),
]

const tannery: Sector = {
  standard: 'GB 30486-2013',
  from: '2014-03-01',
  scopes: ['leather-water'],
  tables: T23,
}
const fur: Sector = { ...tannery, scopes: ['fur-water'] }
const leatherSides = (direct: LimitCell, indirect: LimitCell, sd: LimitCell, si: LimitCell): Sides => [
  direct,
  indirect,
  sd,
  si,
]
const leather: readonly EmissionLimit[] = [
  ...[tannery, fur].flatMap((one) =>
    sector(one, {
      colour: leatherSides(30, 100, 20, 30),
      ss: leatherSides(50, 120, 10, 50),
      bod: leatherSides(30, 80, 20, 30),
      cod: leatherSides(100, 300, 60, 100),
      vegOil: leatherSides(10, 30, 5, 10),
      sulphide: leatherSides(0.5, '1.0', 0.2, 0.5),
      tp: leatherSides(1, 4, 0.5, 1),
    }),
  ),
  ...sector(tannery, { nh3n: [25, 70, 15, 25], tn: [50, 140, 20, 40], chloride: [3000, 4000, 1000, 1000] }),
  ...sector(fur, { nh3n: [15, 70, 15, 25], tn: [30, 140, 20, 40], chloride: [4000, 4000, 1000, 1000] }),
  ...[tannery, fur].flatMap((one) => workshop(one, { cr: 1.5, cr6: 0.1 }, { cr: 0.5, cr6: 0.05 })),
]

/** Columns of GB 39731-2020 table 1. */
const ELECTRONICS = [
  '电子专用材料',
  '电子元件',
  '印制电路板',
  '半导体器件',
  '显示器件及光电子器件',
  '电子终端产品',
]
const electronicsOf = (category?: string): Sector => ({
  standard: 'GB 39731-2020',
  from: '2021-07-01',
  scopes: ['electronics-water'],
  tables: ['表1', '表1'],
  ...(category === undefined ? {} : { extra: { when: { category } } }),
})
const inColumns = (columns: readonly number[], make: (column: Sector) => readonly EmissionLimit[]) =>
  columns.flatMap((column) => make(electronicsOf(ELECTRONICS[column - 1] as string)))
const electronics: readonly EmissionLimit[] = [
  ...sector(electronicsOf(), {
    ss: [70, 400, null, null],
    oil: [5, 20, null, null],
    cod: [100, 500, null, null],
    toc: [30, 200, null, null],
    nh3n: [25, 45, null, null],
    tn: [35, 70, null, null],
    tp: ['1.0', '8.0', null, null],
    las: [5, 20, null, null],
    cyanide: [0.5, '1.0', null, null],
  }),
  ...workshop(electronicsOf(), { pb: 0.2, ni: 0.5, ag: 0.3 }),
  ...inColumns([3, 4], (one) => sector(one, { sulphide: ['1.0', '1.0', null, null] })),
  ...inColumns([1, 2, 3, 4, 5], (one) => sector(one, { fluoride: [10, 20, null, null] })),
  ...inColumns([1, 2, 3, 4, 5, 6], (one) => sector(one, { cu: [0.5, '2.0', null, null] })),
  ...inColumns([1, 2, 4, 5, 6], (one) => sector(one, { zn: [1.5, 1.5, null, null] })),
  ...inColumns([1, 2, 4, 6], (one) => workshop(one, { cd: 0.05, cr: '1.0', cr6: 0.2 })),
  ...inColumns([1, 2, 4, 5], (one) => workshop(one, { as: 0.5 })),
]

const hospital = (table: string, scopes: readonly string[], cells: Cells, extra: Partial<TableBase> = {}) =>
  waterRows({ standard: 'GB 18466-2005', table, scopes, from: '2006-01-01', ...extra }, cells)
const METALS: Cells = {
  hg: 0.05,
  cd: 0.1,
  cr: 1.5,
  cr6: 0.5,
  as: 0.5,
  pb: '1.0',
  ag: 0.5,
  alpha: 1,
  beta: 10,
}
const STRICT: Cells = {
  ph: [6, 9],
  cod: 60,
  bod: 20,
  ss: 20,
  nh3n: 15,
  colour: 30,
  vegOil: 5,
  oil: 5,
  las: 5,
  phenol: 0.5,
  cyanide: 0.5,
  residualChlorine: 0.5,
  pathogens: 'nd',
}
const BEDS = { note: '化学需氧量、五日生化需氧量、悬浮物另有最高允许负荷，数值同浓度，单位g/（床位·d）' }
const hospitals: readonly EmissionLimit[] = [
  ...hospital('表1', ['hospital-water-infectious'], { ...STRICT, coliform: 100 }, BEDS),
  ...hospital('表2', ['hospital-water'], { ...STRICT, coliform: 500 }, BEDS),
  ...hospital(
    '表2',
    ['hospital-water-pretreatment'],
    {
      ph: [6, 9],
      coliform: 5000,
      cod: 250,
      bod: 100,
      ss: 60,
      vegOil: 20,
      oil: 20,
      las: 10,
      phenol: '1.0',
      cyanide: 0.5,
    },
    BEDS,
  ),
  ...hospital('表1', ['hospital-water-infectious'], METALS, { point: 'workshop' }),
  ...hospital('表2', ['hospital-water', 'hospital-water-pretreatment'], METALS, { point: 'workshop' }),
]

const landfill = (table: string, cells: Cells, variant: 'new' | 'special' = 'new') =>
  waterRows(
    { standard: 'GB 16889-2008', table, scopes: ['landfill-water'], from: '2008-07-01', variant },
    cells,
  )
const LEACHATE: Cells = { coliform: 10_000, hg: 0.001, cd: 0.01, cr: 0.1, cr6: 0.05, as: 0.1, pb: 0.1 }
const landfills: readonly EmissionLimit[] = [
  ...landfill('表2', { colour: 40, cod: 100, bod: 30, ss: 30, tn: 40, nh3n: 25, tp: 3, ...LEACHATE }),
  ...landfill(
    '表3',
    { colour: 30, cod: 60, bod: 20, ss: 30, tn: 20, nh3n: 8, tp: 1.5, ...LEACHATE },
    'special',
  ),
]

/**
 * Sector standards of waste water. Discharge into a municipal plant or sewer has to meet the direct value, into a park's
 * plant the indirect or agreed one (GB 31571–31573 table 1 note 1).
 */
export const sectorWaterLimits: readonly EmissionLimit[] = [
  ...chemistry,
  ...light,
  ...plating,
  ...leather,
  ...electronics,
  ...hospitals,
  ...landfills,
]
