import type { FeatureImportResult } from '@shanshui/contract'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { creditCode, makePlant, makeRegions, so2 } from './enterprise-fixture.ts'
import { kinds, listOutlets, listPoints, registryRoutes, upsertFeature } from './index.ts'

let database: TestDatabase
let server: TestApp
const code = creditCode(1)

beforeAll(async () => {
  database = await createTestDatabase()
  const actor = testActor('source')
  server = await createTestApp(database.db, { routes: [registryRoutes], actor })
  await database.db.transaction(async (trx) => {
    await makeRegions(trx)
    await makePlant(trx, code, '祁川镍业有限公司')
    await upsertFeature(trx, 'system', {
      kind: 'permit',
      code: `${code}001P`,
      name: '排污许可证',
      regionCode: 629001,
      properties: {
        creditCode: code,
        issuedOn: '2021-01-01',
        expiresOn: '2026-01-01',
        authority: '祁川市生态环境局',
        management: 'key',
        outlets: [
          {
            number: 'DA001',
            medium: 'air',
            main: true,
            limits: [
              { factor: 'a21026', value: 400, unit: 'mg/m3', averaging: 'hour', basis: 'GB 25467-2010' },
              { factor: 'a34013', value: 80, unit: 'mg/m3', averaging: 'hour', basis: 'GB 25467-2010' },
            ],
            annualTonnes: [{ pollutant: 'SO2', tonnes: 1200 }],
          },
          {
            number: 'DW001',
            medium: 'water',
            main: false,
            limits: [],
            annualTonnes: [{ pollutant: 'COD', tonnes: 9 }],
          },
        ],
        totals: [{ pollutant: 'SO2', tonnes: 1200 }],
        selfMonitoring: [{ outletNumber: 'DA001', factor: 'a21026', method: 'auto', frequency: 'hour' }],
        reports: [
          { period: 'year', dueOn: '01-31' },
          { period: 'quarter', dueDays: 15 },
        ],
        ledgers: [{ content: '生产设施运行', frequency: 'day' }],
      },
    })
    await upsertFeature(trx, 'system', {
      kind: 'park',
      code: 'P1',
      name: '金河化工园',
      regionCode: 629001,
      properties: { kind: 'chemical', industries: ['基础 化学', '农药'] },
    })
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

async function upload(kind: string, content: Buffer): Promise<FeatureImportResult> {
  const boundary = 'xxshanshuixx'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="f.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1/registry/kinds/${kind}/import`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
  return answer.json()
}
const sheetOf = (rows: (string | number | null)[][]) => writeXlsxFile(rows, { sheet: 's' }).toBuffer()
const exported = async (kind: string) =>
  (await server.app.inject({ url: `/api/v1/registry/kinds/${kind}/export/xlsx` })).rawPayload

test.each(['enterprise', 'park', 'outlet', 'monitoring-device', 'treatment-facility'])(
  '%s: an exported sheet reads back unchanged',
  async (kind) => {
    const before = await listPoints(database.db.pool, { kind })
    expect(before.length).toBeGreaterThan(0)
    expect(await upload(kind, await exported(kind))).toEqual({
      created: 0,
      updated: 0,
      unchanged: before.length,
      errors: [],
    })
  },
)

test('a permit with lists in its lists reads back unchanged', async () => {
  const actor = testActor('source')
  expect(actor.permissions.has('permit:write')).toBe(true)
  const rows = await readSheet(await exported('permit'))
  // two outlets, the first with two limits: three lines
  expect(rows).toHaveLength(4)
  expect(await upload('permit', await exported('permit'))).toEqual({
    created: 0,
    updated: 0,
    unchanged: 1,
    errors: [],
  })
})

test('a device with several parameters takes several lines; a bad one is named by its own line', async () => {
  const header = [
    '代码',
    '名称',
    '行政区代码',
    '排放口代码',
    '型号',
    '生产厂家',
    '运维单位',
    '参数/因子',
    '参数/量程上限',
    '参数/单位',
    '参数/斜率',
    '参数/截距',
    '参数/K系数（速度场系数）',
  ]
  const outletCode = `${code}-DA001`
  const device = (name: string): (string | number)[] => [
    name,
    '烟气分析仪',
    629001,
    outletCode,
    'M1',
    '厂家',
    '运维',
  ]
  const below = Array<null>(7).fill(null)
  const result = await upload(
    'monitoring-device',
    await sheetOf([
      header,
      [...device('X1'), 'a21026', 200, 'mg/m3', 1, 0, null],
      [...below, 'a21002', 300, 'mg/m3', 1.02, 0.5, null],
      [...below, 'a01011', 30, 'm/s', 1, 0, 0.95],
      [...device('X2'), 'a21026', 200, 'mg/m3', 1, 0, null],
      [...below, 'a21002', '三百', 'mg/m3', 1, 0, null],
      [...device('X3'), 'a21026', 200, 'mg/m3', 1, 0, null],
      ['X3', ...below.slice(1), 'a21026', 250, 'mg/m3', 1, 0, null],
      [...device('X4'), 'a21026', 200, 'mg/m3', 1, 0, null],
    ]),
  )
  expect(result).toMatchObject({ created: 2, updated: 0 })
  expect(result.errors).toEqual([
    { line: 6, column: '参数/量程上限', value: '三百', reason: '应为数字' },
    { line: 8, column: 'properties/parameters/1/factor', value: null, reason: '因子 a21026 重复' },
  ])
  const devices = await listPoints(database.db.pool, { kind: 'monitoring-device', codes: ['X1'] })
  expect(devices[0]?.properties.parameters).toEqual([
    so2,
    { factor: 'a21002', rangeHigh: 300, unit: 'mg/m3', slope: 1.02, intercept: 0.5 },
    { factor: 'a01011', rangeHigh: 30, unit: 'm/s', slope: 1, intercept: 0, k: 0.95 },
  ])
})

test('one file with good and bad outlets: the good are kept, each bad line says why', async () => {
  const header = [
    '代码',
    '名称',
    '行政区代码',
    '排污单位代码',
    '排放口编号',
    '介质',
    '主要排放口',
    '设施类型',
    '监测因子',
  ]
  const rest = ['否', 'sinter', 'a21026、a21002']
  const result = await upload(
    'outlet',
    await sheetOf([
      header,
      [`${code}-DA011`, '甲', 629001, code, 'DA011', '废气', ...rest],
      [`${creditCode(9)}-DA001`, '乙', 629001, creditCode(9), 'DA001', '废气', ...rest],
      [`${code}-DA012`, '丙', 629001, code, 'DA013', '废气', ...rest],
      [`${code}-DW011`, '丁', 629001, code, 'DW011', '大气', ...rest],
      [`${code}-DA014`, '戊', 629001, code, 'DA014', '废气', '也许', 'sinter', 'a21026'],
      [`${code}-DA015`, '己', 629099, code, 'DA015', '废气', ...rest],
      [`${code}-DA016`, '庚', 629001, code, 'DA016', '废气', ...rest],
    ]),
  )
  expect(result.created).toBe(2)
  expect(result.errors.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    expect.stringMatching(/^3 没有排污单位 .*请先登记/),
    expect.stringMatching(/^4 代码应为/),
    '5 应为 废气、废水',
    '6 应为 是 或 否',
    '7 没有这个行政区：没有行政区 629099',
  ])
  const made = await listOutlets(database.db.pool, {})
  expect(made.filter(({ number }) => ['DA011', 'DA016'].includes(number))).toHaveLength(2)
})

test('every kind has a template with its columns and an explanation of each', async () => {
  for (const { kind } of kinds) {
    const { rawPayload } = await server.app.inject({ url: `/api/v1/registry/kinds/${kind}/template` })
    const [header] = await readSheet(rawPayload)
    const explained = await readSheet(rawPayload, '填写说明')
    expect(explained.slice(1).map(([title]) => title)).toEqual(header)
    expect(header?.slice(0, 3)).toEqual(['代码', '名称', '行政区代码'])
  }
})

test('a sheet of five hundred outlets is read whole, and once more without a change', async () => {
  const header = [
    '代码',
    '名称',
    '行政区代码',
    '排污单位代码',
    '排放口编号',
    '介质',
    '主要排放口',
    '设施类型',
    '监测因子',
  ]
  const rows = Array.from({ length: 500 }, (_, index) => {
    const number = `DA${index + 100}`
    return [`${code}-${number}`, `口${index}`, 629001, code, number, '废气', '否', 'sinter', 'a21026']
  })
  const sheet = await sheetOf([header, ...rows])
  expect(await upload('outlet', sheet)).toEqual({ created: 500, updated: 0, unchanged: 0, errors: [] })
  expect(await upload('outlet', sheet)).toEqual({ created: 0, updated: 0, unchanged: 500, errors: [] })
}, 60_000)
