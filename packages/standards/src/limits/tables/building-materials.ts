import {
  airRows,
  type EmissionLimit,
  type LimitCell,
  type LimitVariant,
  type TableBase,
} from '../emission-limit.ts'
import type { AirFactor } from '../factors.ts'

type Pairs = Readonly<Partial<Record<AirFactor, readonly [LimitCell, LimitCell]>>>

/** Table 1 and table 2 side by side: [normal, special]. */
function pairs(base: TableBase, specialTable: string, cells: Pairs): readonly EmissionLimit[] {
  const column = (index: 0 | 1) =>
    Object.fromEntries(Object.entries(cells).map(([name, pair]) => [name, pair[index]]))
  return [
    ...airRows(base, column(0)),
    ...airRows({ ...base, table: specialTable, variant: 'special' }, column(1)),
  ]
}

const cement = (scopes: readonly string[], when?: TableBase['when']): TableBase => ({
  standard: 'GB 4915-2013',
  table: '表1',
  scopes,
  from: '2014-03-01',
  ...(when === undefined ? {} : { when }),
})
const ultraLowCement = (scopes: readonly string[]): TableBase => ({
  standard: '环大气〔2024〕5号',
  table: '超低排放指标',
  scopes,
  variant: 'ultra-low',
  from: '2024-01-01',
  status: 'unverified',
  source: '环大气〔2024〕5号，未取得原文，待核实',
})
const OTHER_VENTS = ['cement-quarry', 'cement-other', 'cement-products']

const gb4915: readonly EmissionLimit[] = [
  ...pairs(cement(['cement-kiln']), '表2', {
    pm: [30, 20],
    so2: [200, 100],
    nox: [400, 320],
    fluoride: [5, 3],
    hg: [0.05, 0.05],
  }),
  ...pairs(cement(['cement-kiln'], { ammoniaAgent: true }), '表2', { nh3: [10, 8] }),
  ...pairs(cement(['cement-dryer', 'cement-cooler', 'cement-coal-mill']), '表2', { pm: [30, 20] }),
  ...pairs(cement(['cement-dryer']), '表2', { so2: [600, 400], nox: [400, 300] }),
  ...pairs(cement(OTHER_VENTS), '表2', { pm: [20, 10] }),
  ...airRows(ultraLowCement(['cement-kiln']), { pm: 10, so2: 35, nox: 50, nh3: 8 }),
  ...airRows(ultraLowCement(['cement-dryer', 'cement-cooler', 'cement-coal-mill', ...OTHER_VENTS]), {
    pm: 10,
  }),
  ...airRows(
    { ...cement(['cement-fence']), table: '表3', note: '总悬浮颗粒物1小时差值（下风向减上风向）' },
    { pm: 0.5 },
  ),
  ...airRows(
    { ...cement(['cement-fence'], { ammoniaAgent: true }), table: '表3', note: '厂界外10 m内最高点' },
    { nh3: '1.0' },
  ),
]

const brick = (
  table: string,
  scope: string,
  variant: LimitVariant,
  from: string,
  to?: string,
): TableBase => ({
  standard: 'GB 29620-2013',
  table,
  scopes: [scope],
  variant,
  from,
  ...(to === undefined ? {} : { to }),
})
const toJune = ['2014-01-01', '2016-06-30'] as const
const gb29620: readonly EmissionLimit[] = [
  ...airRows(brick('表1', 'brick-forming', 'existing', ...toJune), { pm: 100 }),
  ...airRows(brick('表1', 'brick-kiln', 'existing', ...toJune), { pm: 100, so2: 400, fluoride: 3 }),
  ...airRows(
    { ...brick('表1', 'brick-kiln', 'existing', ...toJune), when: { category: '煤矸石' } },
    { so2: 850 },
  ),
  ...airRows(brick('表2', 'brick-forming', 'new', '2014-01-01'), { pm: 30 }),
  ...airRows(brick('表2', 'brick-kiln', 'new', '2014-01-01'), { pm: 30, so2: 300, nox: 200, fluoride: 3 }),
  ...airRows(brick('表3', 'brick-fence', 'new', '2014-01-01'), { pm: '1.0', so2: 0.5, fluoride: 0.02 }),
]

const glass = (scope: string, variant: 'existing' | 'new'): TableBase => ({
  standard: 'GB 26453-2011',
  table: variant === 'existing' ? '表1' : '表2',
  scopes: [scope],
  variant,
  from: '2011-10-01',
  ...(variant === 'existing' ? { to: '2013-12-31' } : {}),
})
const gb26453: readonly EmissionLimit[] = [
  ...airRows(glass('glass-furnace', 'existing'), { pm: 100, so2: 600, hcl: 30, fluoride: 5, blackness: 1 }),
  ...airRows(glass('glass-furnace', 'new'), {
    pm: 50,
    so2: 400,
    nox: 700,
    hcl: 30,
    fluoride: 5,
    blackness: 1,
  }),
  ...airRows(glass('glass-coating', 'existing'), { pm: 50, hcl: 30, fluoride: 5, sn: 8.5 }),
  ...airRows(glass('glass-coating', 'new'), { pm: 30, hcl: 30, fluoride: 5, sn: 5 }),
  ...airRows(glass('glass-batch', 'existing'), { pm: 50 }),
  ...airRows(glass('glass-batch', 'new'), { pm: 30 }),
]

export const buildingMaterialLimits: readonly EmissionLimit[] = [...gb4915, ...gb29620, ...gb26453]
