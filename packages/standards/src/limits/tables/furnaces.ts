import { airRows, type EmissionLimit, type LimitCell, type TableBase } from '../emission-limit.ts'
import { facilities } from '../facilities.ts'
import type { AirFactor } from '../factors.ts'

const foundry = (
  table: string,
  scopes: readonly string[],
  cells: Readonly<Partial<Record<AirFactor, LimitCell>>>,
  extra: Partial<TableBase> = {},
) => airRows({ standard: 'GB 39726-2020', table, scopes, from: '2021-01-01', ...extra }, cells)

const gb39726: readonly EmissionLimit[] = [
  ...foundry('表1', ['cupola-hot', 'cupola-cold'], { pm: 40, so2: 200, nox: 300 }),
  ...foundry('表1', ['foundry-gas-furnace'], { pm: 30, so2: 100, nox: 400 }),
  ...foundry('表1', ['foundry-electric-furnace', 'foundry-moulding', 'foundry-coating'], { pm: 30 }),
  ...foundry('表1', ['foundry-electric-furnace'], { pb: 2 }, { when: { category: '铅基及含铅青铜' } }),
  ...foundry(
    '表1',
    ['foundry-sand'],
    { pm: 30, so2: 150, nox: 300 },
    { note: '二氧化硫、氮氧化物仅限热法再生' },
  ),
  ...foundry('表1', ['foundry-heat-treatment'], { pm: 30, so2: 100, nox: 300 }),
  ...foundry('表1', ['foundry-coating'], { benzene: 1, benzeneSeries: 60, nmhc: 100, tvoc: 120 }),
  ...foundry('表2', ['foundry-voc-combustion'], { so2: 200, nox: 200 }),
]

const CUPOLA = ['cupola-hot', 'cupola-cold']
const SINTER = ['sinter', 'sinter-tail']
const PELLET = ['pellet-shaft', 'pellet-grate-kiln', 'pellet-belt']
const BRICK = ['brick-kiln', 'brick-forming']
const FOUNDRY_GAS = ['foundry-gas-furnace', 'foundry-electric-furnace']

type Grades = readonly [number, number, number]
/** Furnace, table 1 (before 1997, grades 1 to 3), table 2 (grades 2 and 3), blackness of table 2. */
type FurnaceRow = readonly [
  scopes: readonly string[],
  old: Grades,
  now: readonly [number, number],
  blackness: number | null,
]
const dust: readonly FurnaceRow[] = [
  [['blast-furnace'], [100, 150, 200], [100, 150], null],
  [['ferro-alloy-furnace'], [100, 150, 250], [100, 200], null],
  [['smelting-furnace'], [100, 200, 300], [100, 200], null],
  [['metal-melting-furnace', ...CUPOLA, ...FOUNDRY_GAS], [100, 200, 300], [150, 200], 1],
  [['non-metal-melting-furnace', 'glass-furnace'], [100, 250, 400], [200, 300], 1],
  [SINTER, [100, 150, 200], [100, 150], null],
  [PELLET, [100, 150, 250], [100, 150], null],
  [['metal-heating-furnace', 'non-metal-heating-furnace'], [100, 300, 350], [200, 300], 1],
  [['heat-treatment-furnace'], [100, 300, 350], [200, 300], 1],
  [['drying-furnace'], [100, 250, 350], [200, 300], 1],
  [['refractory-kiln'], [100, 300, 400], [200, 300], 1],
  [['lime-kiln'], [100, 250, 400], [200, 350], 1],
  [['ceramic-tunnel-kiln', ...BRICK], [100, 250, 400], [200, 300], 1],
  [['ceramic-other-kiln'], [100, 300, 500], [200, 400], 1],
  [['industrial-furnace', 'glass-coating', 'glass-batch'], [150, 300, 400], [200, 300], 1],
]

const kiln = (
  table: string,
  scopes: readonly string[],
  zoneGrade: 1 | 2 | 3,
  existing: boolean,
): TableBase => ({
  standard: 'GB 9078-1996',
  table,
  scopes,
  from: '1997-01-01',
  variant: existing ? 'existing' : 'new',
  when: { zoneGrade },
})

const dustRows = dust.flatMap(([scopes, old, [two, three], blackness]) => [
  ...([1, 2, 3] as const).flatMap((grade) =>
    airRows(kiln('表1', scopes, grade, true), { pm: old[grade - 1] as number }),
  ),
  ...airRows({ ...kiln('表2', scopes, 1, false), note: '一类区禁排' }, { pm: 'ban' }),
  ...airRows(kiln('表2', scopes, 2, false), blackness === null ? { pm: two } : { pm: two, blackness }),
  ...airRows(kiln('表2', scopes, 3, false), blackness === null ? { pm: three } : { pm: three, blackness }),
])

const FUEL = facilities
  .filter(({ standards }) => standards.includes('GB 9078'))
  .map(({ key }) => key)
  .filter((key) => key !== 'smelting-furnace' && !SINTER.includes(key) && !PELLET.includes(key))
const ALL = [...FUEL, 'smelting-furnace', ...SINTER, ...PELLET]

/** Table 4, [before 1997, grades 1 to 3], [from 1997, grades 2 and 3]. */
const gases: readonly (readonly [
  factor: AirFactor,
  scopes: readonly string[],
  old: Grades,
  now: readonly [number, number],
])[] = [
  ['so2', ['smelting-furnace'], [850, 1430, 4300], [850, 1430]],
  ['so2', [...SINTER, ...PELLET], [1430, 2860, 4300], [2000, 2860]],
  ['so2', FUEL, [1200, 1430, 1800], [850, 1200]],
  ['fluoride', ALL, [6, 15, 50], [6, 15]],
  ['pb', ['smelting-furnace'], [5, 30, 45], [10, 35]],
  ['pb', FUEL, [0.5, 0.1, 0.2], [0.1, 0.1]],
  ['hg', ['smelting-furnace'], [0.05, 3, 5], [1, 3]],
  ['hg', FUEL, [0.008, 0.01, 0.02], [0.01, 0.01]],
  ['be', ALL, [0.01, 0.015, 0.015], [0.01, 0.015]],
  ['asphalt', ALL, [10, 80, 150], [50, 100]],
]
const gasRows = gases.flatMap(([factor, scopes, old, [two, three]]) => [
  ...([1, 2, 3] as const).flatMap((grade) =>
    airRows(kiln('表4', scopes, grade, true), { [factor]: old[grade - 1] as number }),
  ),
  ...airRows(kiln('表4', scopes, 2, false), { [factor]: two }),
  ...airRows(kiln('表4', scopes, 3, false), { [factor]: three }),
])

const cremation = (table: string, scope: string, cells: Readonly<Partial<Record<AirFactor, LimitCell>>>) => [
  ...airRows({ standard: 'GB 13801-2015', table, scopes: [scope], from: '2015-07-01' }, cells),
]
const gb13801: readonly EmissionLimit[] = [
  ...cremation('表2', 'crematory', { pm: 30, so2: 30, nox: 200, co: 150, hcl: 30, hg: 0.1, blackness: 1 }),
  ...cremation('表3', 'tribute-burner', { pm: 80, so2: 100, nox: 300, co: 200, hcl: 50 }),
  ...airRows(
    {
      standard: 'GB 13801-2015',
      table: '表2',
      scopes: ['crematory'],
      from: '2015-07-01',
      averaging: 'sampling',
    },
    { dioxins: 0.5 },
  ),
  ...airRows(
    {
      standard: 'GB 13801-2015',
      table: '表3',
      scopes: ['tribute-burner'],
      from: '2015-07-01',
      averaging: 'sampling',
    },
    { dioxins: '1.0' },
  ),
]

/** Foundries (GB 39726-2020), furnaces without a sector standard (GB 9078-1996: no NOx limit), crematories (GB 13801-2015). */
export const furnaceLimits: readonly EmissionLimit[] = [...gb39726, ...dustRows, ...gasRows, ...gb13801]
