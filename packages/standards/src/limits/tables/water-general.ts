import { type EmissionLimit, type LimitCell, type TableBase, waterRows } from '../emission-limit.ts'
import type { WaterFactor } from '../factors.ts'

/** Grades of GB 8978-1996 as facility keys: 一级, 二级, 三级 (cl. 4.1, by the receiving water). */
export const generalWaterGrades = ['water-1', 'water-2', 'water-3'] as const

/** First class, sampled at the outlet of the workshop or its treatment, the same for every grade. */
const table1 = waterRows(
  {
    standard: 'GB 8978-1996',
    table: '表1',
    scopes: generalWaterGrades,
    from: '1998-01-01',
    point: 'workshop',
  },
  {
    hg: 0.05,
    alkylHg: 'nd',
    cd: 0.1,
    cr: 1.5,
    cr6: 0.5,
    as: 0.5,
    pb: '1.0',
    ni: '1.0',
    bap: 0.00003,
    be: 0.005,
    ag: 0.5,
    alpha: 1,
    beta: 10,
  },
)

type Row = readonly [LimitCell | null, LimitCell | null, LimitCell | null]
type Rows = Readonly<Partial<Record<WaterFactor, Row>>>

function grades(table: '表2' | '表4', cells: Rows, category?: string): readonly EmissionLimit[] {
  const base: Omit<TableBase, 'scopes'> = {
    standard: 'GB 8978-1996',
    table,
    from: '1998-01-01',
    variant: table === '表2' ? 'existing' : 'new',
    ...(category === undefined ? {} : { when: { category } }),
  }
  return Object.entries(cells).flatMap(([name, row]) =>
    row.flatMap((cell, index) =>
      cell === null
        ? []
        : waterRows({ ...base, scopes: [generalWaterGrades[index] as string] }, { [name]: cell }),
    ),
  )
}

/** What tables 2 and 4 have in common. */
const both: Rows = {
  ph: [
    [6, 9],
    [6, 9],
    [6, 9],
  ],
  phenol: [0.5, 0.5, '2.0'],
  cyanide: [0.5, 0.5, '1.0'],
  nh3n: [15, 25, null],
  fluoride: [10, 10, 20],
  phosphate: [0.5, '1.0', null],
  las: [5, 10, 20],
  cu: [0.5, '1.0', '2.0'],
  zn: ['2.0', '5.0', '5.0'],
  mn: ['2.0', '2.0', '5.0'],
  formaldehyde: ['1.0', '2.0', '5.0'],
  anilines: ['1.0', '2.0', '5.0'],
  nitro: ['2.0', '3.0', '5.0'],
  organophosphorus: ['nd', 0.5, 0.5],
  dimethoate: ['nd', '1.0', '2.0'],
  parathion: ['nd', '1.0', '2.0'],
  methylParathion: ['nd', '1.0', '2.0'],
  malathion: ['nd', '5.0', 10],
}

const table4: readonly EmissionLimit[] = [
  ...grades('表4', {
    ...both,
    colour: [50, 80, null],
    ss: [70, 150, 400],
    bod: [20, 30, 300],
    cod: [100, 150, 500],
    oil: [5, 10, 20],
    vegOil: [10, 15, 100],
    sulphide: ['1.0', '1.0', '1.0'],
    phosphorus: [0.1, 0.1, 0.3],
    pcp: ['5.0', '8.0', 10],
    chloroform: [0.3, 0.6, '1.0'],
    ccl4: [0.03, 0.06, 0.5],
    trichloroethylene: [0.3, 0.6, '1.0'],
    tetrachloroethylene: [0.1, 0.2, 0.5],
    benzene: [0.1, 0.2, 0.5],
    toluene: [0.1, 0.2, 0.5],
    ethylbenzene: [0.4, 0.6, '1.0'],
    oXylene: [0.4, 0.6, '1.0'],
    mXylene: [0.4, 0.6, '1.0'],
    pXylene: [0.4, 0.6, '1.0'],
    chlorobenzene: [0.2, 0.4, '1.0'],
    oDichlorobenzene: [0.4, 0.6, '1.0'],
    pDichlorobenzene: [0.4, 0.6, '1.0'],
    pNitrochlorobenzene: [0.5, '1.0', '5.0'],
    dinitrochlorobenzene: [0.5, '1.0', '5.0'],
    phenolItself: [0.3, 0.4, '1.0'],
    mCresol: [0.1, 0.2, 0.5],
    dichlorophenol: [0.6, 0.8, '1.0'],
    trichlorophenol: [0.6, 0.8, '1.0'],
    dbp: [0.2, 0.4, '2.0'],
    dop: [0.3, 0.6, '2.0'],
    acrylonitrile: ['2.0', '5.0', '5.0'],
    se: [0.1, 0.2, 0.5],
    aox: ['1.0', '5.0', '8.0'],
    toc: [20, 30, null],
  }),
  ...grades('表4', { ss: [70, 300, null] }, '采矿、选矿、选煤'),
  ...grades('表4', { ss: [70, 400, null] }, '脉金选矿'),
  ...grades('表4', { ss: [70, 800, null] }, '边远地区砂金选矿'),
  ...grades('表4', { ss: [20, 30, null], bod: [20, 30, null], cod: [60, 120, null] }, '城镇二级污水处理厂'),
  ...grades('表4', { bod: [20, 60, 600] }, '甘蔗制糖、苎麻脱胶、湿法纤维板、染料、洗毛'),
  ...grades('表4', { cod: [100, 200, 1000] }, '甘蔗制糖、苎麻脱胶、湿法纤维板、染料、洗毛'),
  ...grades('表4', { bod: [20, 100, 600], cod: [100, 200, 1000] }, '甜菜制糖'),
  ...grades('表4', { bod: [20, 100, 600], cod: [100, 300, 1000] }, '酒精、味精、皮革、化纤浆粕'),
  ...grades('表4', { cod: [60, 120, 500], nh3n: [15, 50, null] }, '石油化工'),
  ...grades('表4', { nh3n: [15, 50, null] }, '医药原料药、染料'),
  ...grades('表4', { fluoride: [10, 15, 20] }, '黄磷'),
  ...grades('表4', { fluoride: [10, 20, 30] }, '低氟地区'),
  ...grades('表4', { mn: ['2.0', '5.0', '5.0'] }, '合成脂肪酸'),
  ...grades('表4', { toc: [20, 40, null] }, '合成脂肪酸'),
  ...grades('表4', { toc: [20, 60, null] }, '苎麻脱胶'),
  ...grades('表4', { coliform: [500, 1000, 5000] }, '医院'),
  ...grades('表4', { coliform: [100, 500, 1000] }, '传染病医院'),
]

/** Units approved until 1997-12-31. */
const table2: readonly EmissionLimit[] = [
  ...grades('表2', {
    ...both,
    colour: [50, 80, null],
    ss: [70, 200, 400],
    bod: [30, 60, 300],
    cod: [100, 150, 500],
    oil: [10, 10, 30],
    vegOil: [20, 20, 100],
    sulphide: ['1.0', '1.0', '2.0'],
  }),
  ...grades('表2', { colour: [50, 180, null] }, '染料'),
  ...grades('表2', { ss: [100, 300, null] }, '采矿、选矿、选煤'),
  ...grades('表2', { ss: [100, 500, null] }, '脉金选矿'),
  ...grades('表2', { ss: [100, 800, null] }, '边远地区砂金选矿'),
  ...grades('表2', { cod: [100, 150, 500] }, '石油化工'),
  ...grades('表2', { cod: [100, 200, 1000] }, '焦化'),
  ...grades('表2', { cyanide: [0.5, '5.0', '5.0'] }, '电影洗片'),
  ...grades('表2', { fluoride: [10, 20, 20] }, '黄磷'),
  ...grades('表2', { las: ['5.0', 15, 20] }, '合成洗涤剂'),
  ...grades('表2', { phosphorus: [0.1, 0.3, 0.3] }, '元素磷'),
]

/** GB 8978-1996 tables 1, 2 and 4, daily means (cl. 5.2). */
export const generalWaterLimits: readonly EmissionLimit[] = [...table1, ...table2, ...table4]
