import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import { internLayout, readSeries, writeObservations } from '../series/index.ts'
import { fileFactors } from './file-header.ts'
import { importJob, intakeRoutes, publishedIndexes, readRecord, verifyJournal } from './index.ts'

const series = { internLayout, writeObservations, readSeries }
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
const codes = [
  '1001A',
  '1002A',
  '1011A',
  '1012A',
  '1141A',
  '1142A',
  '1145A',
  '1160A',
  '1233A',
  '1280A',
  '1350A',
  '1420A',
  '1650A',
  '2210A',
]

let database: TestDatabase
let test: TestApp
let points: Map<string, number>

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  points = await db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', { code: 629000, name: '祁川市', level: 'city' } as never)
    const made = new Map<string, number>()
    for (const code of codes) {
      const point = await upsertFeature(trx, 'system', {
        kind: 'air-station',
        code,
        name: `站${code}`,
        regionCode: 629000,
        lon: 102.2,
        lat: 38.5,
        properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'x' },
      } as never)
      made.set(code, point.id)
    }
    await upsertFeature(trx, 'system', {
      kind: 'peer-city',
      code: 'peer-1',
      name: '对标城市一',
      regionCode: 629000,
      properties: {},
    } as never)
    return made
  })
  test = await createTestApp(db, {
    routes: [(deps) => intakeRoutes(deps, series)],
    actor: testActor('analyst'),
    live: true,
  })
  test.deps.jobs.register(importJob(test.deps, series))
})
afterAll(async () => {
  await test.close()
  await database.drop()
})

interface Done {
  id: number
  state: string
  rows: number
  inserted: number
  revised: number
  unchanged: number
  errors: number
  layout: string
  encoding: string
  unknownCodes: string[]
  message: string | null
  firstErrors: { line: number; column: string; value: string; reason: string }[]
}

async function upload(
  bytes: Uint8Array,
  name: string,
  fields: Record<string, string> = { kind: 'air-hours' },
): Promise<Done> {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('file', new Blob([bytes as never]), name)
  const request = new Request('http://x/', { method: 'POST', body: form })
  const response = await test.app.inject({
    method: 'POST',
    url: '/api/v1/imports',
    headers: { 'content-type': request.headers.get('content-type')! },
    payload: Buffer.from(await request.arrayBuffer()),
  })
  expect(response.statusCode, response.body).toBe(202)
  const { id } = response.json() as { id: number }
  for (let i = 0; i < 400; i++) {
    const state = (await test.app.inject(`/api/v1/imports/${id}`)).json() as Done
    if (!['queued', 'running'].includes(state.state)) return state
    await new Promise((r) => setTimeout(r, 25))
  }
  throw new Error('import did not end')
}

const hoursOf = (code: string, day: string) => {
  const fromMs = Date.parse(`${day}T00:00:00+08:00`)
  return readSeries(database.db.pool, {
    period: 'hour',
    pointIds: [points.get(code)!],
    fromMs,
    toMs: fromMs + 86_400_000,
    factors: fileFactors,
  })
}

describe('import of station files', () => {
  it('stores the national layout, hour 0 in the day before, six items', async () => {
    const done = await upload(fixture('national_20190320.csv'), 'china_sites_20190320.csv')
    expect(done).toMatchObject({
      state: 'done',
      rows: 336,
      inserted: 336,
      revised: 0,
      errors: 0,
      layout: '国家原始格式',
      encoding: 'UTF-8',
    })
    const day = await hoursOf('1001A', '2019-03-20')
    expect(day.startMs).toHaveLength(23)
    expect(day.columns.get('a34004')![0]).toBe(77)
    const before = await hoursOf('1001A', '2019-03-19')
    expect(before.columns.get('a34004')![0]).toBe(73)
  })

  it('changes nothing when the same file comes again', async () => {
    const done = await upload(fixture('national_20190320.csv'), 'again.csv')
    expect(done).toMatchObject({ state: 'done', inserted: 0, revised: 0, unchanged: 336 })
  })

  it('gives the same rows from the long form, from GB18030 with Chinese headers and from XLSX', async () => {
    const text = fixture('long_20190311.csv').toString()
    expect(await upload(Buffer.from(text), 'long.csv')).toMatchObject({
      state: 'done',
      inserted: 264,
      layout: '长格式',
    })
    const chinese = text.replace('date,hour,site,', '日期,小时,站点编码,')
    const gb = Buffer.concat(
      chinese
        .split('\n')
        .map((l, i) => (i === 0 ? gb18030(`${l}\n`) : Buffer.from(l === '' ? '' : `${l}\n`))),
    )
    expect(await upload(gb, '中文.csv')).toMatchObject({
      state: 'done',
      encoding: 'GB18030',
      inserted: 0,
      unchanged: 264,
    })
    const rows = text
      .trim()
      .split('\n')
      .map((l) => l.split(','))
    const sheet = rows.map((r, i) =>
      r.map((c) => (i === 0 || Number.isNaN(Number(c)) || c === '' ? { value: c } : { value: Number(c) })),
    )
    const xlsx = await writeXlsxFile(sheet as never).toBuffer()
    expect(await upload(xlsx, 'long.xlsx')).toMatchObject({
      state: 'done',
      encoding: 'XLSX',
      inserted: 0,
      unchanged: 264,
    })
  })

  it('leads from a value to the bytes of the file that it came from', async () => {
    const day = await hoursOf('1001A', '2019-03-20')
    const record = await readRecord(database.db.pool, day.msg[5]!)
    expect(record?.kind).toBe('file')
    expect(Buffer.from(record!.bytes).toString()).toContain('20190320,6,PM2.5,')
    const shown = await test.app.inject(`/api/v1/journal/records/${day.msg[5]}`)
    expect(shown.json()).toMatchObject({ kind: 'file', file: { name: 'china_sites_20190320.csv' } })
  })

  it('reports bad lines, keeps good ones, and takes the mended error file', async () => {
    const file = [
      'date,hour,site,PM2.5,PM10',
      '2020-01-01,1,1001A,30,50',
      '2020-01-01,2,1001A,abc,51',
      '2020-01-01,3,9999Z,30,52',
      '2020-13-01,4,1001A,30,53',
    ].join('\r\n')
    const done = await upload(Buffer.from(file), 'bad.csv')
    expect(done).toMatchObject({ state: 'done', rows: 1, inserted: 1, errors: 3, unknownCodes: ['9999Z'] })
    expect(done.firstErrors).toEqual([
      { line: 3, column: 'PM2.5', value: 'abc', reason: '不是数字' },
      { line: 4, column: 'site', value: '9999Z', reason: '站点未登记' },
      { line: 5, column: 'date', value: '2020-13-01', reason: '不是日期' },
    ])
    const errors = await test.app.inject(`/api/v1/imports/${done.id}/errors.csv`)
    expect(errors.body.startsWith('\ufeffdate,hour,site,PM2.5,PM10,错误说明\r\n')).toBe(true)
    const mended = errors.body
      .replace('abc', '31')
      .replace('9999Z', '1002A')
      .replace('2020-13-01', '2020-01-01')
    expect(await upload(Buffer.from(mended), 'mended.csv')).toMatchObject({
      state: 'done',
      inserted: 3,
      errors: 0,
    })
  })

  it('counts a changed value as a revision', async () => {
    const file = 'date,hour,site,PM2.5,PM10\n2020-01-01,1,1001A,33,50\n'
    expect(await upload(Buffer.from(file), 'corrected.csv')).toMatchObject({ inserted: 0, revised: 1 })
  })

  it('refuses an empty file and says what is wrong with an unknown header', async () => {
    expect(await upload(Buffer.from('a,b,c\n1,2,3\n'), 'what.csv')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('a,b,c'),
    })
    const form = new FormData()
    form.set('file', new Blob([]), 'empty.csv')
    const request = new Request('http://x/', { method: 'POST', body: form })
    const response = await test.app.inject({
      method: 'POST',
      url: '/api/v1/imports',
      headers: { 'content-type': request.headers.get('content-type')! },
      payload: Buffer.from(await request.arrayBuffer()),
    })
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({ code: 'intake.file-empty' })
  })

  it('imports published indexes of peer cities by name, and reports an unknown city', async () => {
    const file =
      'period,city,index,pm25\n2022,对标城市一,3.21,19\n2022-03,对标城市一,3.5,\n2022,无名市,3,20\n'
    const done = await upload(Buffer.from(file), 'peers.csv', { kind: 'peer-indexes' })
    expect(done).toMatchObject({ state: 'done', rows: 2, inserted: 2, errors: 1, unknownCodes: ['无名市'] })
    const [index] = await publishedIndexes(database.db.pool, { from: '2022-01-01', to: '2022-12-31' })
    expect(index).toMatchObject({ code: 'peer-1', values: { composite: 3.21, pm25: 19, o3: null } })
  })

  it('leaves a journal without a fault', async () => {
    const report = await verifyJournal(database.db.pool)
    expect(report.faults).toEqual([])
    expect(report.blocks).toBeGreaterThan(10)
  })
})

/** The few characters of a header in GB18030; the runtime can only decode it. */
function gb18030(text: string): Buffer {
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder('gb18030')
  for (let hi = 0x81; hi <= 0xfe; hi++)
    for (let lo = 0x40; lo <= 0xfe; lo++)
      if (lo !== 0x7f) table.set(decoder.decode(Uint8Array.of(hi, lo)), [hi, lo])
  return Buffer.from([...text].flatMap((c) => (c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : table.get(c)!)))
}
