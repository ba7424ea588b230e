import { airRows, type EmissionLimit, type LimitCell, type TableBase } from '../emission-limit.ts'
import { facilities } from '../facilities.ts'
import type { AirFactor } from '../factors.ts'

/** Facilities whose sector standard may not hold yet fall back on the general one. */
const STACKS = facilities
  .filter(({ standards, key }) => standards.includes('GB 16297') && !key.endsWith('fence'))
  .map(({ key }) => key)
const FENCES = facilities
  .filter(({ standards, key }) => standards.includes('GB 16297') && key.endsWith('fence'))
  .map(({ key }) => key)

const base = (scopes: readonly string[], extra: Partial<TableBase> = {}): TableBase => ({
  standard: 'GB 16297-1996',
  table: '表2',
  scopes,
  from: '1997-01-01',
  ...extra,
})
const of = (category: string) => ({ when: { category } })
type Cells = Readonly<Partial<Record<AirFactor, LimitCell>>>

const concentration: Cells = {
  so2: 550,
  nox: 240,
  pm: 120,
  hcl: 100,
  h2so4: 45,
  chromic: '0.070',
  fluoride: '9.0',
  chlorine: 65,
  pb: '0.70',
  hg: 0.012,
  cd: 0.85,
  be: 0.012,
  ni: 4.3,
  sn: 8.5,
  benzene: 12,
  toluene: 40,
  xylene: 70,
  phenols: 100,
  formaldehyde: 25,
  acetaldehyde: 125,
  acrylonitrile: 22,
  acrolein: 16,
  hcn: 1.9,
  methanol: 190,
  anilines: 20,
  chlorobenzenes: 60,
  nitrobenzenes: 16,
  vinylChloride: 36,
  phosgene: '3.0',
  nmhc: 120,
}
const groups: readonly (readonly [string, Cells])[] = [
  ['硫、二氧化硫、硫酸和其他含硫化合物生产', { so2: 960 }],
  ['硝酸、氮肥和火炸药生产', { nox: 1400 }],
  ['玻璃棉尘、石英粉尘、矿渣棉尘', { pm: 60 }],
  ['炭黑尘、染料尘', { pm: 18 }],
  ['火炸药厂', { h2so4: 430 }],
  ['普钙工业', { fluoride: 90 }],
  ['沥青及碳素制品生产和加工', { bap: 0.0003 }],
  ['吹制沥青', { asphalt: 140 }],
  ['熔炼、浸涂沥青', { asphalt: 40 }],
  ['建筑搅拌沥青', { asphalt: 75 }],
]
const oldConcentration: Cells = {
  so2: 700,
  nox: 420,
  pm: 150,
  hcl: 150,
  chromic: '0.080',
  h2so4: 70,
  fluoride: 11,
  chlorine: 85,
  pb: '0.90',
  hg: 0.015,
  cd: '1.0',
  be: 0.015,
}
const oldGroups: readonly (readonly [string, Cells])[] = [
  ['硫、二氧化硫、硫酸和其他含硫化合物生产', { so2: 1200 }],
  ['硝酸、氮肥和火炸药生产', { nox: 1700 }],
  ['玻璃棉尘、石英粉尘、矿渣棉尘', { pm: 80 }],
  ['炭黑尘、染料尘', { pm: 22 }],
  ['火炸药厂', { h2so4: 1000 }],
  ['普钙工业', { fluoride: 100 }],
]
const FENCE_NOTE = '无组织限值在省级政府规定实施的地区执行（9.2）'
const fence: Cells = {
  so2: '0.40',
  nox: 0.12,
  pm: '1.0',
  hcl: '0.20',
  h2so4: 1.2,
  chromic: '0.0060',
  fluoride: '0.020',
  chlorine: '0.40',
  pb: '0.0060',
  hg: 0.0012,
  cd: '0.040',
  be: 0.0008,
  ni: '0.040',
  sn: 0.24,
  benzene: '0.40',
  toluene: 2.4,
  xylene: 1.2,
  phenols: '0.080',
  formaldehyde: '0.20',
  acetaldehyde: '0.040',
  acrylonitrile: '0.60',
  acrolein: '0.40',
  hcn: 0.024,
  methanol: 12,
  anilines: '0.40',
  chlorobenzenes: '0.40',
  nitrobenzenes: '0.040',
  vinylChloride: '0.60',
  phosgene: '0.080',
  nmhc: '4.0',
  bap: 0.000008,
}
const old = { table: '表1', variant: 'existing' } as const

/** GB 16297-1996 tables 1 (sources before 1997-01-01) and 2: concentrations at the stack and at the fence. */
export const generalAirLimits: readonly EmissionLimit[] = [
  ...airRows(base(STACKS), concentration),
  ...groups.flatMap(([category, cells]) => airRows(base(STACKS, of(category)), cells)),
  ...airRows(base(STACKS, old), oldConcentration),
  ...oldGroups.flatMap(([category, cells]) => airRows(base(STACKS, { ...old, ...of(category) }), cells)),
  ...airRows(base(FENCES, { note: FENCE_NOTE }), fence),
]
