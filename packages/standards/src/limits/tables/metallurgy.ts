import { airRows, type EmissionLimit, type TableBase, waterRows } from '../emission-limit.ts'

const unread = (standard: string, from: string) => ({
  standard,
  from,
  table: '大气污染物排放限值',
  status: 'unverified' as const,
  source: `${standard}，未取得原文，待核实`,
})

const SINTER = ['sinter', 'pellet-shaft', 'pellet-grate-kiln', 'pellet-belt']
const steelBase = unread('GB 28662-2012', '2012-10-01')
const ultraLowSteel = (scopes: readonly string[], status: 'verified' | 'one-source' | 'unverified') => ({
  standard: '环大气〔2019〕35号',
  table: '超低排放指标',
  scopes,
  variant: 'ultra-low' as const,
  from: '2019-01-01',
  status,
  source: '环大气〔2019〕35号',
})
const steel: readonly EmissionLimit[] = [
  ...airRows({ ...steelBase, scopes: SINTER }, { pm: 50, so2: 200, nox: 300, fluoride: '4.0' }),
  ...airRows({ ...steelBase, scopes: SINTER, averaging: 'sampling' }, { dioxins: 0.5 }),
  ...airRows({ ...steelBase, scopes: ['sinter-tail'] }, { pm: 30 }),
  ...airRows({ ...steelBase, scopes: SINTER, variant: 'special' }, { pm: 40, so2: 180, nox: 300 }),
  ...airRows({ ...steelBase, scopes: ['sinter-tail'], variant: 'special' }, { pm: 20 }),
  ...airRows(ultraLowSteel(SINTER, 'verified'), { pm: 10, so2: 35, nox: 50 }),
  ...airRows(ultraLowSteel(['sinter-tail', 'steel-other'], 'one-source'), { pm: 10 }),
  ...airRows(ultraLowSteel(['hot-blast-stove', 'steel-heating-furnace'], 'unverified'), {
    pm: 10,
    so2: 50,
    nox: 200,
  }),
  ...airRows(ultraLowSteel(['steel-gas-boiler'], 'unverified'), { pm: 5, so2: 35, nox: 50 }),
  ...airRows(ultraLowSteel(['steel-coal-boiler'], 'unverified'), { pm: 10, so2: 35, nox: 50 }),
]

/** GB 16171-2012 is not held; the ultra-low values of 2024 are: chimney at 8 % O2. */
const ultraLowCoking = (scope: string, status: 'one-source' | 'unverified'): TableBase => ({
  standard: '关于推进实施焦化行业超低排放的意见（2024）',
  table: '超低排放指标',
  scopes: [scope],
  variant: 'ultra-low',
  from: '2024-01-01',
  status,
  source: '焦化行业超低排放意见（2024），未取得原文，待核实',
})
const coking: readonly EmissionLimit[] = [
  ...airRows(ultraLowCoking('coke-oven', 'one-source'), { pm: 10, so2: 30, nox: 150 }),
  ...airRows(ultraLowCoking('coke-oven', 'unverified'), { nmhc: 100, nh3: 8 }),
  ...airRows(ultraLowCoking('coke-dry-quench', 'unverified'), { pm: 10, so2: 50 }),
  ...airRows(ultraLowCoking('coke-charging', 'unverified'), { pm: 10 }),
]

const copper = unread('GB 25467-2010', '2010-10-01')
const SMELTING = ['copper-smelting']
const ACID = ['copper-acid-plant']
const copperAir: readonly EmissionLimit[] = [
  ...airRows({ ...copper, scopes: SMELTING }, { so2: 400, pm: 80, h2so4: 40, chlorine: 60, hcl: 80 }),
  ...airRows({ ...copper, scopes: ACID }, { so2: 400, pm: 50, h2so4: 40 }),
  ...airRows(
    { ...copper, scopes: [...SMELTING, ...ACID] },
    { as: 0.4, ni: 4.3, pb: 0.7, fluoride: '3.0', hg: 0.012 },
  ),
  ...airRows({ ...copper, scopes: ['copper-crushing'] }, { pm: 100 }),
  ...airRows({ ...copper, scopes: ['copper-mining'] }, { pm: 80 }),
  ...airRows(
    { ...copper, table: '2013年修改单', scopes: [...SMELTING, ...ACID], variant: 'special' },
    { pm: 10, so2: 100, nox: 100, h2so4: 20 },
  ),
]
const copperWater = (discharge: 'direct' | 'indirect', scope: string, category?: string): TableBase => ({
  ...copper,
  table: '水污染物排放限值',
  scopes: [scope],
  when: category === undefined ? { discharge } : { discharge, category },
})
const COPPER_WATER = 'copper-water'
const copperWaters: readonly EmissionLimit[] = [
  ...waterRows(copperWater('direct', COPPER_WATER), {
    ph: [6, 9],
    ss: 30,
    cod: 60,
    fluoride: 5,
    tn: 15,
    tp: '1.0',
    nh3n: 8,
    zn: 1.5,
    oil: '3.0',
    cu: 0.5,
    sulphide: '1.0',
  }),
  ...waterRows(copperWater('direct', COPPER_WATER, '采选'), { ss: 80 }),
  ...waterRows(copperWater('direct', COPPER_WATER, '湿法冶炼'), { cod: 100 }),
  ...waterRows(copperWater('indirect', COPPER_WATER), {
    ph: [6, 9],
    ss: 140,
    cod: 200,
    fluoride: 15,
    tn: 40,
    tp: '2.0',
    nh3n: 20,
    zn: '4.0',
    oil: 15,
    cu: '1.0',
    sulphide: '1.0',
  }),
  ...waterRows(copperWater('indirect', COPPER_WATER, '采选'), { ss: 200 }),
  ...waterRows(copperWater('indirect', COPPER_WATER, '湿法冶炼'), { cod: 300 }),
  ...waterRows(
    { ...copper, table: '水污染物排放限值', scopes: [COPPER_WATER], point: 'workshop' },
    { pb: 0.5, cd: 0.1, ni: 0.5, as: 0.5, hg: 0.05, cobalt: '1.0' },
  ),
]

const otherMetals: readonly EmissionLimit[] = [
  ...airRows(
    { ...unread('GB 25466-2010', '2010-10-01'), scopes: ['lead-zinc-smelting'] },
    { pm: 80, so2: 400, h2so4: 20, pb: 8, hg: 0.05 },
  ),
  ...airRows(
    { ...unread('GB 25465-2010', '2010-10-01'), scopes: ['aluminium-cell'] },
    { pm: 20, so2: 200, fluoride: '3.0' },
  ),
]

export const metallurgyLimits: readonly EmissionLimit[] = [
  ...steel,
  ...coking,
  ...copperAir,
  ...copperWaters,
  ...otherMetals,
]
