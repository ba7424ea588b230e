import { airRows, type EmissionLimit, type TableBase } from '../emission-limit.ts'

/**
 * GB 13223-2011. The text of the standard was not available: SO2 of coal is known from two sources, NOx of coal and
 * SO2, NOx of gas from one reprint, the rest is still to be checked.
 */
const base = (
  scope: string,
  variant: 'existing' | 'new' | 'special',
  extra: Partial<TableBase> = {},
): TableBase => ({
  standard: 'GB 13223-2011',
  table: variant === 'special' ? '表2' : '表1',
  scopes: [scope],
  variant,
  from: '2012-01-01',
  status: 'unverified',
  source: 'GB 13223-2011，未取得原文，待核实',
  ...extra,
})
const twoSources = { status: 'verified', source: 'GB 13223-2011，两个来源一致' } as const
const reprint = { status: 'one-source', source: 'GB 13223-2011，一个转载来源' } as const
const existing = { from: '2014-07-01' }
const four = { when: { fourProvinces: true } } as const
const late = { when: { lateNox: true } } as const

const COAL = 'power-coal-boiler'
const coal: readonly EmissionLimit[] = [
  ...airRows(base(COAL, 'new'), { pm: 30, hg: 0.03, blackness: 1 }),
  ...airRows(base(COAL, 'new', twoSources), { so2: 100 }),
  ...airRows(base(COAL, 'new', { ...twoSources, ...four }), { so2: 200 }),
  ...airRows(base(COAL, 'new', reprint), { nox: 100 }),
  ...airRows(base(COAL, 'new', { ...reprint, ...late }), { nox: 200 }),
  ...airRows(base(COAL, 'existing', existing), { pm: 30, hg: 0.03, blackness: 1 }),
  ...airRows(base(COAL, 'existing', { ...existing, ...twoSources }), { so2: 200 }),
  ...airRows(base(COAL, 'existing', { ...existing, ...four }), { so2: 400 }),
  ...airRows(base(COAL, 'existing', { ...existing, ...reprint }), { nox: 100 }),
  ...airRows(base(COAL, 'existing', { ...existing, ...reprint, ...late }), { nox: 200 }),
  ...airRows(base(COAL, 'special'), { pm: 20, nox: 100, hg: 0.03, blackness: 1 }),
  ...airRows(base(COAL, 'special', twoSources), { so2: 50 }),
]

const oilAndGas: readonly EmissionLimit[] = [
  ...airRows(base('power-oil-boiler', 'new'), { pm: 30, so2: 100, nox: 100 }),
  ...airRows(base('power-oil-boiler', 'existing', existing), { pm: 30, so2: 200, nox: 200 }),
  ...airRows(base('power-oil-boiler', 'special'), { pm: 20, so2: 50, nox: 100 }),
  ...airRows(base('power-oil-turbine', 'new'), { pm: 30, so2: 100, nox: 120 }),
  ...airRows(base('power-oil-turbine', 'existing', existing), { pm: 30, so2: 200, nox: 120 }),
  ...airRows(base('power-oil-turbine', 'special'), { pm: 20, so2: 50, nox: 120 }),
  ...gas('power-gas-boiler', 100, 100),
  ...gas('power-gas-turbine', 50, 50),
  ...otherGas('power-other-gas-boiler', 200),
  ...otherGas('power-other-gas-turbine', 120),
]

/** Natural gas: the same for existing and new. */
function gas(scope: string, nox: number, specialNox: number): readonly EmissionLimit[] {
  return [
    ...airRows(base(scope, 'new'), { pm: 5 }),
    ...airRows(base(scope, 'new', reprint), { so2: 35, nox }),
    ...airRows(base(scope, 'special'), { pm: 5, so2: 35, nox: specialNox }),
  ]
}

function otherGas(scope: string, nox: number): readonly EmissionLimit[] {
  return airRows(base(scope, 'new', reprint), { pm: 10, so2: 100, nox })
}

/** Opinion on ultra-low emission of coal power, at 6 % O2. Not a value of GB 13223. */
const ultraLow = airRows(
  {
    standard: '环发〔2015〕164号',
    table: '超低排放限值',
    scopes: [COAL],
    variant: 'ultra-low',
    from: '2015-01-01',
    status: 'verified',
    source: '环发〔2015〕164号，两个来源一致',
  },
  { pm: 10, so2: 35, nox: 50 },
)

export const powerLimits: readonly EmissionLimit[] = [...coal, ...oilAndGas, ...ultraLow]
