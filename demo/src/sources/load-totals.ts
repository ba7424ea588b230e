import type {
  AllowanceAccount,
  AllowanceApplication,
  ReductionClaimDetail,
  ReductionType,
} from '@shanshui/contract'
import type { Api } from '../api.ts'
import { CITY_CODE } from '../places.ts'
import { enterpriseOf, inTurns, type LoadedSources } from './load-registry.ts'
import { type CastProject, projects2022, targets2022 } from './reduction-projects.ts'

export interface TotalsOptions {
  /** writes down and calculates */
  readonly source: Api
  /** reviews: never the one who wrote */
  readonly director: Api
  readonly loaded: LoadedSources
  readonly thisYear: number
}

const TARGETS = '演示数据（虚构）：省下达的年度主要污染物总量减排任务'
const NO_PROVINCE = '省级认定结果（演示，虚构）'

/** Total-emission reduction: targets and projects of 2022, those of the running year, and the ledger of allowances. */
export async function loadTotals(options: TotalsOptions): Promise<void> {
  const { source, thisYear } = options
  const { items } = await source.get<{ items: unknown[] }>('/reductions?year=2022&limit=1')
  if (items.length > 0) return
  for (const { regionCode, tonnes } of targets2022)
    for (const [pollutant, amount] of Object.entries(tonnes)) {
      const target = { regionCode, pollutant, source: TARGETS }
      await source.put('/reduction-targets', { ...target, year: 2022, tonnes: amount })
      if (thisYear > 2022)
        await source.put('/reduction-targets', {
          ...target,
          year: thisYear,
          tonnes: Math.round(amount * 0.4),
        })
    }
  const recognised: ReductionClaimDetail[] = []
  await inTurns(projects2022, 3, async (project) => {
    recognised.push(...(await recognise(options, project, 2022)))
  })
  if (thisYear > 2022) await loadRunningYear(options)
  await loadAllowances(options, recognised)
}

/** From the plan to the province's word, each step by the one who may take it. */
async function recognise(
  options: TotalsOptions,
  project: CastProject,
  year: number,
): Promise<ReductionClaimDetail[]> {
  const { source, director } = options
  const done: ReductionClaimDetail[] = []
  for (const claim of await create(options, project, year)) {
    const completed = await advance(source, await advance(source, claim, 'start'), 'complete')
    const tonnes = Math.round(claim.claimed * 985) / 1000
    const verified = await review(director, completed, {
      event: 'verify',
      tonnes,
      reason: '现场核查，扣除监测数据缺失时段',
    })
    done.push(await review(director, verified, { event: 'recognise', tonnes, reason: NO_PROVINCE }))
  }
  return done
}

function advance(
  source: Api,
  { id, version }: ReductionClaimDetail,
  event: 'start' | 'complete',
): Promise<ReductionClaimDetail> {
  return source.post(`/reductions/${id}/advance`, { event, version })
}

function review(
  director: Api,
  { id, version }: ReductionClaimDetail,
  word: { readonly event: 'verify' | 'recognise'; readonly tonnes: number; readonly reason: string },
): Promise<ReductionClaimDetail> {
  return director.post(`/reductions/${id}/review`, { ...word, version })
}

async function create(
  { source, loaded }: TotalsOptions,
  project: CastProject,
  year: number,
): Promise<readonly ReductionClaimDetail[]> {
  const enterprise = enterpriseOf(loaded, project.enterprise)
  const { claims } = await source.post<{ claims: ReductionClaimDetail[] }>('/reduction-projects', {
    project: {
      code: project.code,
      name: project.name,
      type: project.type,
      subjectId: loaded.ids.get(enterprise?.code ?? ''),
      facility: project.facility,
      completedOn: project.completedOn,
      processBefore: project.before,
      processAfter: project.after,
    },
    claims: project.claims.map(({ pollutant, inputs }) => ({
      pollutant,
      year,
      inputs,
      inputReferences: ['改造前后自动监测数据与验收监测报告（演示）'],
      evidence: [{ title: '竣工验收意见', reference: `祁环验（演示）${project.code}` }],
    })),
  })
  return claims
}

/** Projects of the running year at three stages. */
async function loadRunningYear(options: TotalsOptions): Promise<void> {
  const { source, director, thisYear } = options
  const projects = [
    running('001', '祁川钢铁球团烟气脱硝', 'steel', '球团焙烧', 'NOx', thisYear, 188, 46, 402_000, 7200),
    running('002', '石岭铁合金烟气除尘脱硫', 'ferro', '1 号矿热炉', 'SO2', thisYear, 260, 90, 124_000, 6900),
    running('003', '金河热电 1 号机组脱硫增效', 'chp', '1 号机组', 'SO2', thisYear, 31, 14, 1_100_000, 6400),
  ] as const
  for (const [stage, project] of projects.entries()) {
    for (const claim of await create(options, project, thisYear)) {
      if (stage === 0) continue
      const started = await advance(source, claim, 'start')
      if (stage === 1) continue
      const completed = await advance(source, started, 'complete')
      await review(director, completed, { event: 'verify', tonnes: claim.claimed, reason: '现场核查属实' })
    }
  }
}

function running(
  number: string,
  name: string,
  enterprise: string,
  facility: string,
  pollutant: string,
  year: number,
  concentrationBefore: number,
  concentrationAfter: number,
  flow: number,
  hours: number,
): CastProject {
  return {
    code: `QC${year}-${number}`,
    name,
    type: 'retrofit-auto' satisfies ReductionType,
    enterprise,
    facility,
    completedOn: `${year}-03-31`,
    before: '改造前工艺',
    after: '改造后工艺',
    claims: [{ pollutant, inputs: { concentrationBefore, concentrationAfter, flow, hours } }],
  }
}

const opening: Readonly<Record<string, number>> = { SO2: 46, NOx: 60, COD: 85, 'NH3-N': 9 }

/** Accounts, a reduction that became allowance, approvals with equal and double substitution, and a refusal. */
async function loadAllowances(
  options: TotalsOptions,
  recognised: readonly ReductionClaimDetail[],
): Promise<void> {
  const { source, director, loaded } = options
  const accounts = new Map<string, AllowanceAccount>()
  for (const [pollutant, tonnes] of Object.entries(opening)) {
    const account = await source.post<AllowanceAccount>('/allowance/accounts', {
      name: `祁川市 ${pollutant} 储备指标`,
      pollutant,
      regionCode: CITY_CODE,
      origin: 'initial',
      validFrom: '2022-01-01',
    })
    accounts.set(pollutant, account)
    const entry = { accountId: account.id, tonnes }
    await source.post('/allowance/entries', {
      ...entry,
      kind: 'initial',
      reference: '祁环函（演示）2022—1 号',
    })
  }
  const idOf = (pollutant: string) => accounts.get(pollutant)?.id ?? 0
  const surplus = recognised.find(({ code, pollutant }) => code === 'QC2022-007' && pollutant === 'COD')
  if (surplus !== undefined)
    await source.post('/allowance/entries', {
      accountId: idOf('COD'),
      kind: 'reduction',
      tonnes: 20,
      claimId: surplus.id,
      reference: '禾川县城污水处理厂扩容富余减排量',
    })
  const apply = async (
    key: string,
    projectName: string,
    failing: readonly string[],
    increments: readonly { pollutant: string; tonnes: number }[],
  ): Promise<AllowanceApplication> => {
    const enterprise = enterpriseOf(loaded, key)
    return source.post<AllowanceApplication>('/allowance/applications', {
      projectCode: `QCXM-${key}`,
      projectName,
      enterpriseId: loaded.ids.get(enterprise?.code ?? ''),
      regionCode: enterprise?.regionCode ?? CITY_CODE,
      increments,
      failing,
    })
  }
  const decide = async ({ id, version, needs }: AllowanceApplication, reason?: string) => {
    const approve = reason === undefined
    await director.post(`/allowance/applications/${id}/decision`, {
      decision: approve ? 'approve' : 'refuse',
      ...(approve
        ? { sources: needs.map(({ pollutant, needed }) => ({ accountId: idOf(pollutant), tonnes: needed })) }
        : { reason }),
      version,
    })
  }
  await decide(
    await apply(
      'copper',
      '铜材公司年产 5 万吨铜箔项目',
      [],
      [
        { pollutant: 'SO2', tonnes: 6.2 },
        { pollutant: 'NOx', tonnes: 8.4 },
      ],
    ),
  )
  await decide(
    await apply(
      'fine',
      '精细化工园区加氢扩建项目',
      ['COD'],
      [
        { pollutant: 'COD', tonnes: 12.5 },
        { pollutant: 'NH3-N', tonnes: 1.1 },
      ],
    ),
  )
  await decide(
    await apply('ferro', '铁合金 3 号矿热炉项目', [], [{ pollutant: 'NOx', tonnes: 95 }]),
    '所需氮氧化物指标 95 吨，账户余额不足，不予批准',
  )
  await apply('starch', '淀粉公司变性淀粉扩建项目', [], [{ pollutant: 'COD', tonnes: 9.6 }])
}
