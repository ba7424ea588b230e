import type { AllowanceApplication, ReductionClaimDetail } from '@shanshui/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, createTestDeps, type TestDatabase } from '../../platform/testing/index.ts'
import { addEntry, createAccount, listAccounts, listEntries } from './allowance.service.ts'
import { createApplication, decideApplication } from './application.service.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import {
  bureauActor,
  clockAt,
  makePermitPlant,
  noPermissions,
  type PermitPlant,
  testDoors,
} from './permit-fixture.ts'
import { addClaim, changeClaim, createProject, listClaims } from './reduction.service.ts'
import { reductionProgress } from './reduction-progress.ts'
import { advanceClaim, reviewClaim } from './reduction-review.service.ts'
import { reductionEdges } from './reduction-states.ts'
import { putReductionTarget } from './reduction-target.service.ts'

let test: TestDatabase
let plant: PermitPlant
let deps: PermitRoomDeps
const writer = bureauActor('source', 11)
const reviewer = bureauActor('director', 12)
/** Both duties in one person: what they wrote they may still not review. */
const both = {
  ...bureauActor('source', 13),
  permissions: new Set([...writer.permissions, ...reviewer.permissions]),
}

beforeAll(async () => {
  test = await createTestDatabase()
  plant = await makePermitPlant(test.db, 1)
  deps = { ...(await createTestDeps(test.db, { clock: clockAt('2022-07-02') })), doors: testDoors() }
}, 120_000)
afterAll(() => test.drop())

const project = (code: string, facility: string) => ({
  code,
  name: `${code} 项目`,
  type: 'closure' as const,
  subjectId: plant.air.id,
  facility,
  completedOn: '2022-05-31',
})
const claim = (months: number, year = 2022) => ({
  pollutant: 'NOx',
  year,
  inputs: { baseEmission: 146, months },
  inputReferences: ['2020年环统'],
  evidence: [{ title: '许可证注销', reference: '环许注〔2022〕3号' }],
})
const recognised = async (made: ReductionClaimDetail, tonnes?: number) => {
  const { id } = made
  await advanceClaim(deps, writer, id, { event: 'start', version: 1 })
  await advanceClaim(deps, writer, id, { event: 'complete', version: 2 })
  await reviewClaim(deps, reviewer, id, { event: 'verify', version: 3 })
  return reviewClaim(deps, reviewer, id, {
    event: 'recognise',
    version: 4,
    ...(tonnes === undefined ? {} : { tonnes, reason: '核减' }),
  })
}

describe('a reduction project', () => {
  let made: ReductionClaimDetail
  it('is calculated by its type, to the kilogram, with the months that count', async () => {
    const { claims } = await createProject(deps, writer, {
      project: project('R-1', '1号线'),
      claims: [claim(7)],
    })
    made = claims[0] as ReductionClaimDetail
    expect(made).toMatchObject({
      state: 'planned',
      claimed: 85.167,
      nextYear: 60.833,
      coefficientStatus: 'unverified',
    })
    expect(made.trace[0]).toMatchObject({ formula: '146 = 146；×7/12' })
  })
  it('is not counted twice: neither under another number nor for the same pollutant and year', async () => {
    await expect(
      createProject(deps, writer, { project: project('R-1b', '1号线'), claims: [claim(7)] }),
    ).rejects.toMatchObject({ code: 'total.project-exists' })
    await expect(addClaim(deps, writer, made.projectId, claim(5))).rejects.toMatchObject({
      code: 'total.claim-exists',
    })
  })
  it('counts the rest next year and not more', async () => {
    await expect(addClaim(deps, writer, made.projectId, claim(6, 2023))).rejects.toMatchObject({
      code: 'total.claim-too-much',
    })
    expect(await addClaim(deps, writer, made.projectId, claim(5, 2023))).toMatchObject({ claimed: 60.833 })
  })
  it('says what is missing for the calculation', async () => {
    const wrong = { ...claim(7, 2021), inputs: { months: 7 } }
    await expect(addClaim(deps, writer, made.projectId, wrong)).rejects.toMatchObject({
      code: 'total.claim-refused',
      message: expect.stringContaining('baseEmission'),
    })
  })
  it('goes its way step by step and no other', async () => {
    for (const event of ['verify', 'recognise', 'reject'] as const) {
      await expect(
        reviewClaim(deps, reviewer, made.id, { event, version: 1, reason: '试验' }),
      ).rejects.toMatchObject({ code: 'total.claim-state' })
    }
    await expect(
      advanceClaim(deps, writer, made.id, { event: 'complete', version: 1 }),
    ).rejects.toMatchObject({
      code: 'total.claim-state',
    })
    expect(new Set(reductionEdges.map((edge) => `${edge.from} ${edge.event}`)).size).toBe(
      reductionEdges.length,
    )
  })
  it('is never reviewed by who wrote it, not even in the database', async () => {
    const { claims } = await createProject(deps, both, {
      project: project('R-2', '2号线'),
      claims: [claim(12)],
    })
    const own = claims[0] as ReductionClaimDetail
    await advanceClaim(deps, both, own.id, { event: 'start', version: 1 })
    await advanceClaim(deps, both, own.id, { event: 'complete', version: 2 })
    await expect(reviewClaim(deps, both, own.id, { event: 'verify', version: 3 })).rejects.toMatchObject({
      code: 'total.own-work',
    })
    await expect(
      test.db.pool.query('update reduction_claim set reviewed_by = written_by where id = $1', [own.id]),
    ).rejects.toMatchObject({ code: '23514' })
    await expect(reviewClaim(deps, writer, own.id, { event: 'verify', version: 3 })).rejects.toMatchObject({
      code: 'auth.forbidden',
    })
    await expect(reviewClaim(deps, reviewer, own.id, { event: 'reject', version: 3 })).rejects.toMatchObject({
      code: 'total.reason-missing',
    })
    expect(
      await reviewClaim(deps, reviewer, own.id, { event: 'reject', reason: '未列入年度计划', version: 3 }),
    ).toMatchObject({ state: 'rejected', reason: '未列入年度计划' })
  })
  it('needs evidence to be reviewed, and a reason to be cut', async () => {
    await advanceClaim(deps, writer, made.id, { event: 'start', version: 1 })
    await changeClaim(deps, writer, made.id, { ...claim(7), evidence: [], version: 2 })
    await advanceClaim(deps, writer, made.id, { event: 'complete', version: 3 })
    await expect(reviewClaim(deps, reviewer, made.id, { event: 'verify', version: 4 })).rejects.toMatchObject(
      {
        code: 'total.evidence-missing',
      },
    )
    await changeClaim(deps, writer, made.id, { ...claim(7), version: 4 })
    await expect(
      reviewClaim(deps, reviewer, made.id, { event: 'verify', tonnes: 80, version: 5 }),
    ).rejects.toMatchObject({ code: 'total.reason-missing' })
    await expect(
      reviewClaim(deps, reviewer, made.id, { event: 'verify', tonnes: 90, version: 5 }),
    ).rejects.toMatchObject({ code: 'total.claim-too-much' })
    await reviewClaim(deps, reviewer, made.id, {
      event: 'verify',
      tonnes: 80,
      reason: '按运行台账核减',
      version: 5,
    })
    const done = await reviewClaim(deps, reviewer, made.id, { event: 'recognise', version: 6 })
    expect(done).toMatchObject({ state: 'recognised', verified: 80, recognised: 80 })
    expect(done.history.map((h) => h.event)).toEqual([
      'create',
      'start',
      'change',
      'complete',
      'change',
      'verify',
      'recognise',
    ])
    await expect(changeClaim(deps, writer, made.id, { ...claim(7), version: 7 })).rejects.toMatchObject({
      code: 'total.claim-state',
    })
  })
  it('refuses a change of something that was changed meanwhile', async () => {
    await expect(
      reviewClaim(deps, reviewer, made.id, { event: 'reject', reason: '试验', version: 3 }),
    ).rejects.toMatchObject({
      code: 'request.changed-meanwhile',
    })
  })
})

describe('progress', () => {
  it('shows target, finished and remaining of a city over its counties, and the plan', async () => {
    await putReductionTarget(deps, writer, {
      year: 2022,
      regionCode: 629000,
      pollutant: 'NOx',
      tonnes: 100,
      planTonnes: 400,
      planFrom: 2021,
      planTo: 2025,
      source: '省下达 2022 年任务',
    })
    const { items } = await reductionProgress(deps, reviewer, { year: 2022 })
    expect(items).toMatchObject([
      {
        target: 100,
        finished: 80,
        remaining: 20,
        percent: 80,
        light: 'green',
        projects: 1,
        plan: { target: 400, finished: 80, percent: 20, schedulePercent: 40, light: 'red' },
      },
    ])
    expect((await listClaims(deps, reviewer, { year: 2022, state: 'recognised' })).items).toHaveLength(1)
  })
})

describe('allowance', () => {
  let accountId: number
  const application = (code: string, tonnes: number, failing: string[] = []) =>
    createApplication(deps, writer, {
      projectCode: code,
      projectName: `${code} 新建`,
      regionCode: 629001,
      increments: [{ pollutant: 'NOx', tonnes }],
      failing,
    })
  const approve = (a: AllowanceApplication, tonnes: number, who = reviewer) =>
    decideApplication(deps, who, a.id, {
      decision: 'approve',
      sources: [{ accountId, tonnes }],
      version: a.version,
    })
  const balance = async () =>
    (await listAccounts(deps, writer, {})).items.find((a) => a.id === accountId)?.balance

  it('takes a recognised reduction once, out of the pool of reductions', async () => {
    const { claims } = await createProject(deps, writer, {
      project: project('R-3', '3号线'),
      claims: [claim(12)],
    })
    const done = await recognised(claims[0] as ReductionClaimDetail, 40)
    ;({ id: accountId } = await createAccount(deps, writer, {
      name: '市级储备',
      pollutant: 'NOx',
      regionCode: 629000,
      origin: 'pooled',
      validFrom: '2022-01-01',
    }))
    const entry = { accountId, kind: 'reduction' as const, claimId: done.id, reference: '认定文件' }
    await addEntry(deps, writer, { ...entry, tonnes: 30 })
    await expect(addEntry(deps, writer, { ...entry, tonnes: 10.001 })).rejects.toMatchObject({
      code: 'total.reduction-used',
    })
    expect(await balance()).toBe(30)
    const { items } = await reductionProgress(deps, reviewer, { year: 2022 })
    expect(items[0]).toMatchObject({ finished: 90 })
  })
  it('of many approvals at once none overdraws the account', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, i) => application(`N-${i}`, 10)))
    const outcomes = await Promise.allSettled(made.map((a) => approve(a, 10)))
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(3)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'total.balance-short' })
    }
    expect(await balance()).toBe(0)
    const { rows } = await test.db.pool.query(
      `select count(*) filter (where state = 'approved')::int as approved, count(*) filter (where state = 'applied')::int as open from allowance_application`,
    )
    expect(rows[0]).toEqual({ approved: 3, open: 5 })
    const entries = await listEntries(deps, writer, accountId, {})
    expect(entries.items.map((e) => e.balance)).toEqual([0, 10, 20, 30])
  })
  it('asks for twice the tonnes where the area fails, and for every tonne', async () => {
    await addEntry(deps, writer, { accountId, kind: 'purchase', tonnes: 50, reference: '交易合同' })
    const a = await application('N-20', 10, ['PM2.5'])
    expect(a.needs).toMatchObject([{ ratio: 2, needed: 20, status: 'unverified' }])
    await expect(approve(a, 19.999)).rejects.toMatchObject({ code: 'total.offset-short' })
    expect(await balance()).toBe(50)
    expect(await approve(a, 20)).toMatchObject({ state: 'approved', sources: [{ tonnes: 20 }] })
    expect(await balance()).toBe(30)
    await expect(approve(a, 20)).rejects.toMatchObject({ code: 'total.application-decided' })
  })
  it('is not approved by who applied, and not refused without a reason', async () => {
    const mine = await createApplication(deps, both, {
      projectCode: 'N-30',
      projectName: '自办',
      regionCode: 629001,
      increments: [{ pollutant: 'NOx', tonnes: 1 }],
      failing: [],
    })
    await expect(approve(mine, 1, both)).rejects.toMatchObject({ code: 'total.own-work' })
    await expect(
      decideApplication(deps, reviewer, mine.id, { decision: 'refuse', version: mine.version }),
    ).rejects.toMatchObject({ code: 'total.reason-missing' })
  })
  it('takes no other pollutant, no lapsed account and no account of another city', async () => {
    const a = await application('N-40', 1)
    const other = async (change: object, code: string) => {
      const account = await createAccount(deps, writer, {
        name: `别的${code}`,
        pollutant: 'NOx',
        regionCode: 629001,
        origin: 'initial',
        validFrom: '2022-01-01',
        ...change,
      })
      await addEntry(deps, writer, { accountId: account.id, kind: 'initial', tonnes: 5, reference: '核发' })
      return decideApplication(deps, reviewer, a.id, {
        decision: 'approve',
        sources: [{ accountId: account.id, tonnes: 1 }],
        version: a.version,
      })
    }
    await expect(other({ pollutant: 'SO2' }, 'a')).rejects.toMatchObject({ code: 'total.offset-short' })
    await expect(other({ validTo: '2022-06-30' }, 'b')).rejects.toMatchObject({ code: 'total.offset-short' })
    await expect(other({ validFrom: '2022-08-01' }, 'c')).rejects.toMatchObject({
      code: 'total.offset-short',
    })
    expect(await other({}, 'd')).toMatchObject({ state: 'approved' })
  })
  it('refuses tonnes finer than a kilogram, and a balance below nothing', async () => {
    await expect(
      addEntry(deps, writer, { accountId, kind: 'purchase', tonnes: 0.0005, reference: '合同' }),
    ).rejects.toMatchObject({ code: 'total.amount-invalid' })
    await expect(
      addEntry(deps, writer, { accountId, kind: 'sale', tonnes: 1000, reference: '合同' }),
    ).rejects.toMatchObject({ code: 'total.balance-short' })
  })
  it('its entries and balances are changed by nobody', async () => {
    await expect(test.db.pool.query('update allowance_entry set tonnes = 1')).rejects.toMatchObject({
      code: '23001',
    })
    await expect(test.db.pool.query('delete from allowance_entry')).rejects.toMatchObject({ code: '23001' })
    await expect(
      test.db.asActor(writer, (trx) => trx.query('update allowance_account set balance = 999')),
    ).rejects.toMatchObject({ code: '42501' })
  })
  it('nobody without the permission writes', async () => {
    await expect(
      addEntry(deps, noPermissions, { accountId, kind: 'purchase', tonnes: 1, reference: '合同' }),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
  })
})
