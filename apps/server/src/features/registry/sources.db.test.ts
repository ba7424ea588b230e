import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase, testActor } from '../../platform/testing/index.ts'
import {
  creditCode,
  deviceDraft,
  enterpriseDraft,
  makePlant,
  makeRegions,
  outletDraft,
  so2,
} from './enterprise-fixture.ts'
import {
  devicesOf,
  facilitiesOf,
  listEnterprises,
  listOutlets,
  listPoints,
  parameterChanges,
  upsertFeature,
} from './index.ts'
import { selectFeatureByCode } from './registry.repository.ts'
import { changeFeature, type FeatureDraft, type Point } from './registry.service.ts'

let database: TestDatabase
const code = creditCode(1)
let plant: { enterprise: Point; outlets: Point[] }
const put = (draft: FeatureDraft) => database.db.transaction((trx) => upsertFeature(trx, 'system', draft))

beforeAll(async () => {
  database = await createTestDatabase()
  plant = await database.db.transaction(async (trx) => {
    await makeRegions(trx)
    return makePlant(trx, code, '祁川镍业有限公司')
  })
})
afterAll(() => database.drop())

test('an enterprise belongs to the organization of its credit code, and what stands below it too', async () => {
  const { rows } = await database.db.pool.query('select id, type from organization where code = $1', [code])
  expect(rows).toEqual([{ id: plant.enterprise.ownerId, type: 'enterprise' }])
  expect(plant.outlets.map((outlet) => outlet.ownerId)).toEqual([rows[0].id, rows[0].id])
  // saved again without owner, it stays where it is
  await put(enterpriseDraft(code, '祁川镍业有限公司'))
  expect((await listEnterprises(database.db.pool))[0]?.ownerId).toBe(rows[0].id)
})

test('outlets come with their enterprise and what the limits need', async () => {
  const [air] = await listOutlets(database.db.pool, { medium: 'air' })
  expect(air).toMatchObject({
    number: 'DA001',
    medium: 'air',
    facility: 'sinter',
    referenceO2: null,
    factors: ['a21026', 'a21002'],
    main: true,
    special: false,
    enterprise: { id: plant.enterprise.id, name: '祁川镍业有限公司' },
  })
  const all = { enterpriseId: plant.enterprise.id, regionCode: 629000 }
  expect((await listOutlets(database.db.pool, all)).map((o) => o.number)).toEqual(['DA001', 'DW001'])
  expect(await listOutlets(database.db.pool, { regionCode: 629002 })).toEqual([])
})

test('devices and facilities are found by their outlets', async () => {
  const ids = plant.outlets.map((outlet) => outlet.id)
  expect(await devicesOf(database.db.pool, ids)).toMatchObject([
    { outletId: ids[0], model: 'CEMS-2000', parameters: [so2] },
  ])
  expect(await facilitiesOf(database.db.pool, ids)).toMatchObject([{ outletId: ids[0] }])
  expect(await devicesOf(database.db.pool, [])).toEqual([])
})

test('changes of device parameters are told one by one, with who; a first registration is none', async () => {
  const outletIds = plant.outlets.map((outlet) => outlet.id)
  const before = Date.now() - 1000
  const o2 = { factor: 'a19001', rangeHigh: 25, unit: '%', slope: 1, intercept: 0 }
  const changed = deviceDraft(`${code}-DA001`, `D-${code.slice(-6)}`, [{ ...so2, slope: 0.8, k: 0.9 }, o2])
  await put(changed)
  const changes = await parameterChanges(database.db.pool, outletIds, before, Date.now() + 1000)
  const base = { outletId: outletIds[0], by: null }
  expect(changes.map(({ atMs: _, deviceId: __, ...change }) => change)).toEqual([
    { ...base, factor: 'a21026', name: 'slope', before: 1, after: 0.8 },
    { ...base, factor: 'a21026', name: 'k', before: null, after: 0.9 },
    { ...base, factor: 'a19001', name: 'factor', before: null, after: 'a19001' },
  ])
  expect(changes.every(({ atMs }) => atMs >= before)).toBe(true)
  expect(await parameterChanges(database.db.pool, outletIds, 0, before)).toEqual([])
})

const faultsOf = (draft: FeatureDraft) =>
  put(draft).then(
    () => [],
    (error: { extra: { errors: { path: string; message: string }[] } }) =>
      error.extra.errors.map(({ path, message }) => `${path}: ${message}`),
  )

test.each<[string, () => FeatureDraft, RegExp]>([
  ['a wrong check character', () => enterpriseDraft(`${code.slice(0, 17)}0`, '甲'), /校验码不符/],
  ['an outlet of nobody', () => outletDraft(creditCode(404), 'DA001'), /enterpriseCode: 没有排污单位/],
  [
    'an outlet with the code of another number',
    () => ({ ...outletDraft(code, 'DA001'), code: `${code}-DA002` }),
    /代码应为/,
  ],
  [
    'a waste-water number in the air',
    () => outletDraft(code, 'DW009', { properties: { medium: 'air' } }),
    /编号 DW009 与介质不符/,
  ],
  ['a device at no outlet', () => deviceDraft('nowhere', 'D-9', [so2]), /outletCode: 没有排放口 nowhere/],
  [
    'a factor set twice',
    () => deviceDraft(`${code}-DA001`, 'D-9', [so2, so2]),
    /parameters\/1\/factor: 因子 a21026 重复/,
  ],
  ['an outlet of another owner', () => outletDraft(code, 'DA009', { ownerId: 999 }), /ownerId: 应与排污单位/],
])('%s is refused, and the message says why', async (_, draft, expected) => {
  expect((await faultsOf(draft())).join('\n')).toMatch(expected)
})

test('an enterprise sees its own plant and no other', async () => {
  const other = await database.db.transaction((trx) => makePlant(trx, creditCode(2), '石岭水泥有限公司'))
  const own = testActor('enterprise', { owner: other.enterprise.ownerId })
  await database.db.asActor(own, async (trx) => {
    expect((await listEnterprises(trx)).map((e) => e.code)).toEqual([creditCode(2)])
    expect((await listOutlets(trx)).every((o) => o.enterprise.id === other.enterprise.id)).toBe(true)
    expect(
      await devicesOf(
        trx,
        plant.outlets.map((o) => o.id),
      ),
    ).toEqual([])
    expect(
      await parameterChanges(
        trx,
        plant.outlets.map((o) => o.id),
        0,
        Date.now() + 1000,
      ),
    ).toEqual([])
  })
})

test('a person outside the region makes neither the enterprise nor its organization', async () => {
  const elsewhere = testActor('source', { regions: '{[629002,629003)}' })
  const made = database.db.asActor(elsewhere, (trx) =>
    upsertFeature(trx, elsewhere, enterpriseDraft(creditCode(77), '外区企业')),
  )
  await expect(made).rejects.toMatchObject({ code: 'auth.forbidden' })
  const { rows } = await database.db.pool.query('select 1 from organization where code = $1', [
    creditCode(77),
  ])
  expect(rows).toEqual([])
})

test('a corrected credit code and another owner reach everything below; the former code leads on', async () => {
  const [wrong, right] = [creditCode(301), creditCode(302)]
  const made = await database.db.transaction((trx) => makePlant(trx, wrong, '南区建材'))
  await put({
    kind: 'permit',
    code: `${wrong}001P`,
    name: '许可证',
    regionCode: 629001,
    properties: {
      creditCode: wrong,
      issuedOn: '2021-01-01',
      expiresOn: '2026-01-01',
      authority: '市局',
      management: 'key',
      outlets: [],
      totals: [],
      selfMonitoring: [],
      reports: [],
      ledgers: [],
    },
  })
  const { rows: organizations } = await database.db.pool.query(
    `insert into organization (code, name, type, region_code) values ('heir', '新东家', 'enterprise', 629001) returning id`,
  )
  const heir = organizations[0].id
  await database.db.transaction(async (trx) => {
    const present = await selectFeatureByCode(trx, 'enterprise', wrong)
    if (present === undefined) throw new Error('not there')
    await changeFeature(
      trx,
      'system',
      present,
      present.version,
      enterpriseDraft(right, '南区建材', { ownerId: heir }),
    )
  })
  const outlets = await listOutlets(database.db.pool, { enterpriseId: made.enterprise.id })
  expect(outlets.map(({ code: at, ownerId }) => [at, ownerId])).toEqual([
    [`${right}-DA001`, heir],
    [`${right}-DW001`, heir],
  ])
  const devices = await devicesOf(
    database.db.pool,
    outlets.map(({ id }) => id),
  )
  expect(devices).toMatchObject([{ ownerId: heir, properties: { outletCode: `${right}-DA001` } }])
  // lines of a file that still use the former codes find their features
  expect((await put(outletDraft(wrong, 'DA001', { name: '一号' }))).id).toBe(outlets[0]?.id)
  const [permit] = await listPoints(database.db.pool, { kind: 'permit', codes: [`${wrong}001P`] })
  expect(permit).toMatchObject({ ownerId: heir, properties: { creditCode: right } })
  // the permit keeps its number, which begins with the code of then
  expect(await put({ ...permit, regionCode: 629001, name: '许可证（副本）' } as FeatureDraft)).toMatchObject({
    id: permit?.id,
  })
})
