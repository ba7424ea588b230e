import { airRows, type EmissionLimit, type LimitCell, type TableBase } from '../emission-limit.ts'

const at = (
  table: string,
  scopes: readonly string[],
  variant: 'existing' | 'new' | 'special',
  extra: Partial<TableBase> = {},
): TableBase => ({
  standard: 'GB 13271-2014',
  table,
  scopes,
  variant,
  // Units in use follow table 1 from their own date on (editions); a special limit from the date of the province's order.
  from: '2014-07-01',
  ...extra,
})
const COAL = ['boiler-coal', 'boiler-biomass']
const OIL = ['boiler-oil']
const GAS = ['boiler-gas']

type Cells = { readonly pm: LimitCell; readonly so2: LimitCell; readonly nox: LimitCell }
const fuels = (
  table: string,
  variant: 'existing' | 'new' | 'special',
  coal: Cells,
  oil: Cells,
  gas: Cells,
): readonly EmissionLimit[] => [
  ...airRows(at(table, COAL, variant), { ...coal, hg: 0.05, blackness: 1 }),
  ...airRows(at(table, OIL, variant), { ...oil, blackness: 1 }),
  ...airRows(at(table, GAS, variant), { ...gas, blackness: 1 }),
]

/** GB 13271-2014 tables 1, 2, 3: steam ≤65 t/h, hot water and organic heat carrier of any size, grate boilers of any size. */
export const boilerLimits: readonly EmissionLimit[] = [
  ...fuels(
    '表1',
    'existing',
    { pm: 80, so2: 400, nox: 400 },
    { pm: 60, so2: 300, nox: 400 },
    { pm: 30, so2: 100, nox: 400 },
  ),
  ...airRows(at('表1', COAL, 'existing', { when: { fourProvinces: true } }), { so2: 550 }),
  ...fuels(
    '表2',
    'new',
    { pm: 50, so2: 300, nox: 300 },
    { pm: 30, so2: 200, nox: 250 },
    { pm: 20, so2: 50, nox: 200 },
  ),
  ...fuels(
    '表3',
    'special',
    { pm: 30, so2: 200, nox: 200 },
    { pm: 30, so2: 100, nox: 200 },
    { pm: 20, so2: 50, nox: 150 },
  ),
]
