import { airRows, type EmissionLimit, type LimitCell, type TableBase } from '../emission-limit.ts'
import type { AirFactor } from '../factors.ts'

type Cells = Readonly<Partial<Record<AirFactor, LimitCell>>>
const table =
  (standard: string, from: string) =>
  (name: string, scopes: readonly string[], cells: Cells, extra: Partial<TableBase> = {}) =>
    airRows({ standard, table: name, scopes, from, ...extra }, cells)
const special = { variant: 'special' } as const
const untilAsExisting = (from: string, to: string) => ({ variant: 'existing', from, to }) as const

const nitric = table('GB 26131-2010', '2011-03-01')
const gb26131: readonly EmissionLimit[] = [
  ...nitric('表4', ['nitric-acid'], { nox: 500 }, untilAsExisting('2011-10-01', '2013-03-31')),
  ...nitric('表5', ['nitric-acid'], { nox: 300 }),
  ...nitric('表6', ['nitric-acid'], { nox: 200 }, special),
]

const sulphuric = table('GB 26132-2010', '2011-03-01')
const ACID = ['sulphuric-acid']
const gb26132: readonly EmissionLimit[] = [
  ...sulphuric('表4', ACID, { so2: 860, h2so4: 45, pm: 50 }, untilAsExisting('2011-10-01', '2013-09-30')),
  ...sulphuric('表5', ACID, { so2: 400, h2so4: 30, pm: 50 }),
  ...sulphuric('表6', ACID, { so2: 200, h2so4: 5, pm: 30 }, special),
]

const plating = table('GB 21900-2008', '2008-08-01')
const gb21900: readonly EmissionLimit[] = [
  ...plating(
    '表4',
    ['plating'],
    { hcl: 50, chromic: 0.07, h2so4: 40, nox: 240, hcn: '1.0', fluoride: 9 },
    untilAsExisting('2009-01-01', '2010-06-30'),
  ),
  ...plating('表5', ['plating'], { hcl: 30, chromic: 0.05, h2so4: 30, nox: 200, hcn: 0.5, fluoride: 7 }),
]

const inorganic = table('GB 31573-2015', '2015-07-01')
const INORGANIC = ['inorganic-chemical', 'inorganic-kiln-oxidising', 'inorganic-kiln-reducing']
const when = (category: string) => ({ when: { category } })
const METALS: Cells = {
  chromic: 0.07,
  as: 0.5,
  hg: 0.01,
  cd: 0.5,
  sn: 4,
  ni: 4,
  sb: 4,
  zn: 5,
  mn: 5,
  cu: 5,
  cobalt: 5,
  mo: 5,
  zr: 5,
}
const SULPHUR = '硫化合物、硫酸盐、涉重金属无机化合物'
const gb31573: readonly EmissionLimit[] = [
  ...inorganic('表3', INORGANIC, { pm: 30, nox: 200, so2: 100, h2s: 10, chlorine: 5, hcl: 10 }),
  ...inorganic('表3', INORGANIC, { hcn: 0.3, nh3: 20, h2so4: 20, fluoride: 6, pb: 0.1, ...METALS }),
  ...inorganic('表3', INORGANIC, { so2: 400 }, when(SULPHUR)),
  ...inorganic('表3', INORGANIC, { chlorine: 8, hcl: 20 }, when('无机氯化合物、氯酸盐')),
  ...inorganic('表3', INORGANIC, { fluoride: 3 }, when('钴、锆无机化合物')),
  ...inorganic('表3', INORGANIC, { pb: 2 }, when('铅无机化合物')),
  ...inorganic('表3', INORGANIC, { tl: 0.05 }, when('铊、锌、铜、铅无机化合物')),
  ...inorganic('表4', INORGANIC, { pm: 10, nox: 100, so2: 100, h2s: 5, chlorine: 5, hcl: 10 }, special),
  ...inorganic('表4', INORGANIC, { hcn: 0.3, nh3: 10, h2so4: 10, fluoride: 3, pb: 0.1, ...METALS }, special),
  ...inorganic('表4', INORGANIC, { chlorine: 8, hcl: 20 }, { ...special, ...when('无机氯化合物、氯酸盐') }),
  ...inorganic('表5', ['inorganic-fence'], {
    h2s: 0.03,
    chlorine: 0.1,
    hcl: 0.05,
    hcn: 0.0024,
    nh3: 0.3,
    h2so4: 0.3,
    fluoride: 0.02,
    chromic: 0.006,
    as: 0.001,
    pb: 0.006,
    hg: 0.0003,
    cd: 0.001,
    ni: 0.02,
    sb: 0.01,
    mn: 0.015,
    cobalt: 0.005,
    mo: 0.04,
    tl: 0.001,
  }),
]

const petrochemical = table('GB 31571-2015', '2015-07-01')
const FURNACE = ['petrochemical-furnace']
const VENT = ['petrochemical-vent']
const gb31571: readonly EmissionLimit[] = [
  ...petrochemical('表4', FURNACE, { pm: 20, so2: 100, nox: 150 }),
  ...petrochemical('表4', FURNACE, { nox: 180 }, when('炉膛温度≥850 ℃')),
  ...petrochemical('表5', FURNACE, { pm: 20, so2: 50, nox: 100 }, special),
  ...petrochemical('表4', VENT, { nmhc: 120 }, { note: '废水处理有机废气收集处理装置' }),
  ...petrochemical(
    '表4',
    VENT,
    { hcl: 30, hf: '5.0', hbr: '5.0', chlorine: '5.0' },
    when('含卤代烃有机废气'),
  ),
  ...petrochemical('表6', VENT, {
    benzene: 4,
    toluene: 15,
    xylene: 20,
    ethylbenzene: 100,
    styrene: 50,
    butadiene: 1,
    vinylChloride: 1,
    dichloroethane: 1,
    acrylonitrile: 0.5,
    ethyleneOxide: 0.5,
    propyleneOxide: '1.0',
    formaldehyde: 5,
    acetaldehyde: 50,
    acrolein: 3,
    methanol: 50,
    phenols: 20,
    anilines: 20,
    nitrobenzenes: 16,
    chlorobenzenes: 50,
    dmf: 50,
    phosgene: 0.5,
    hcn: 1.9,
    cs2: 20,
    bap: 0.0003,
  }),
  ...petrochemical('表6', VENT, { dioxins: 0.1 }, { averaging: 'sampling' }),
  ...petrochemical('表7', ['petrochemical-fence'], {
    pm: '1.0',
    hcl: 0.2,
    bap: 0.000008,
    benzene: 0.4,
    toluene: 0.8,
    xylene: 0.8,
    nmhc: '4.0',
  }),
]

const resin = table('GB 31572-2015', '2015-07-01')
const RESIN = ['resin-vent']
const RESIN_CELLS: Readonly<Partial<Record<AirFactor, readonly [number, number]>>> = {
  nmhc: [100, 60],
  pm: [30, 20],
  styrene: [50, 20],
  acrylonitrile: [0.5, 0.5],
  butadiene: [1, 1],
  epichlorohydrin: [20, 15],
  phenols: [20, 15],
  formaldehyde: [5, 5],
  acetaldehyde: [50, 20],
  tdi: [1, 1],
  mdi: [1, 1],
  ipdi: [1, 1],
  papi: [1, 1],
  nh3: [30, 20],
  hf: [5, 5],
  hcl: [30, 20],
  phosgene: [0.5, 0.5],
  so2: [100, 50],
  h2s: [5, 5],
  acrylicAcid: [20, 10],
  methylAcrylate: [50, 20],
  butylAcrylate: [50, 20],
  mma: [100, 50],
  benzene: [4, 2],
  toluene: [15, 8],
  ethylbenzene: [100, 50],
  chlorobenzenes: [50, 20],
  dichloromethane: [100, 50],
  thf: [100, 50],
  phthalicAnhydride: [10, 5],
}
const column = (cells: typeof RESIN_CELLS, index: 0 | 1): Cells =>
  Object.fromEntries(Object.entries(cells).map(([name, pair]) => [name, pair[index]]))
const gb31572: readonly EmissionLimit[] = [
  ...resin('表4', RESIN, column(RESIN_CELLS, 0)),
  ...resin('表5', RESIN, column(RESIN_CELLS, 1), special),
  ...resin('表9', ['resin-fence'], { pm: '1.0', hcl: 0.2, benzene: 0.4, toluene: 0.8, nmhc: '4.0' }),
]

const coating = table('GB 37824-2019', '2019-07-01')
const COATING = ['coating-making']
const GLUE = when('胶粘剂制造')
const gb37824: readonly EmissionLimit[] = [
  ...coating('表1', COATING, { pm: 30, nmhc: 100, tvoc: 120, benzeneSeries: 60, benzene: 1, isocyanates: 1 }),
  ...coating('表1', COATING, { dichloroethane: 5, formaldehyde: 5 }, GLUE),
  ...coating(
    '表2',
    COATING,
    { pm: 20, nmhc: 60, tvoc: 80, benzeneSeries: 40, benzene: 1, isocyanates: 1 },
    special,
  ),
  ...coating('表2', COATING, { dichloroethane: 5, formaldehyde: 5 }, { ...special, ...GLUE }),
  ...coating('表3', ['coating-voc-combustion'], { so2: 200, nox: 200 }),
  ...coating(
    '表3',
    ['coating-voc-combustion'],
    { dioxins: 0.1 },
    { averaging: 'sampling', note: '燃烧含氯有机废气时' },
  ),
  ...coating('表4', ['coating-fence'], { benzene: '0.40', formaldehyde: '0.20' }),
]

const indoor = table('GB 37822-2019', '2019-07-01')
const gb37822: readonly EmissionLimit[] = [
  ...indoor('表A.1', ['voc-indoor'], { nmhc: 10 }),
  ...indoor('表A.1', ['voc-indoor'], { nmhc: 30 }, { averaging: 'instant' }),
  ...indoor('表A.1', ['voc-indoor'], { nmhc: 6 }, special),
  ...indoor('表A.1', ['voc-indoor'], { nmhc: 20 }, { ...special, averaging: 'instant' }),
]

const GRAMS = { unit: 'g/m³' } as const
const petrol: readonly EmissionLimit[] = [
  ...table('GB 20950-2020', '2021-04-01')('油气排放浓度', ['petrol-depot'], { nmhc: 25 }, GRAMS),
  ...table('GB 20950-2020', '2021-04-01')('边界浓度', ['petrol-depot-fence'], { nmhc: 4 }),
  ...table('GB 20952-2020', '2021-04-01')('油气排放浓度', ['petrol-station'], { nmhc: 25 }, GRAMS),
  ...table('GB 20952-2020', '2021-04-01')('边界浓度', ['petrol-station-fence'], { nmhc: '4.0' }),
]

/** Chemical industry, metal finishing, VOC, petrol: waste gas. GB 31571 and GB 31572 before their 2024 amendment. */
export const chemicalLimits: readonly EmissionLimit[] = [
  ...gb26131,
  ...gb26132,
  ...gb21900,
  ...gb31573,
  ...gb31571,
  ...gb31572,
  ...gb37824,
  ...gb37822,
  ...petrol,
]
