import { inflateRawSync } from 'node:zlib'
import type { Report, ReportCheck, ReportComparison } from '@shanshui/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import {
  type FixtureCity,
  fixtureNowMs,
  flatHours,
  hourRow,
  makeFixtureCity,
  twoYears,
  writeFixtureHours,
} from '../evaluation/air-city-fixture.ts'
import { evaluationRoomRoutes, startFigureWorker } from '../evaluation/index.ts'
import { startRollupWorker } from '../series/index.ts'
import { reportDoor, reportRoomRoutes } from './index.ts'

let test: TestDatabase
let analyst: TestApp
let director: TestApp
let city: FixtureCity
const clock = fixedClock(fixtureNowMs)

const post = async <T>(app: TestApp, url: string, payload: object, expected = 200): Promise<T> => {
  const answer = await app.app.inject({ method: 'POST', url: `/api/v1${url}`, payload })
  expect(answer.statusCode, answer.body).toBe(expected)
  return answer.json() as T
}
const get = async <T>(app: TestApp, url: string): Promise<T> => {
  const answer = await app.app.inject({ method: 'GET', url: `/api/v1${url}` })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json() as T
}
async function rollUp(): Promise<void> {
  const worker = startFigureWorker(analyst.deps)
  const series = startRollupWorker(analyst.deps, worker.onRolled)
  await series.stop()
  await series.drainOnce()
  while ((await worker.drainOnce()) > 0);
  await worker.stop()
}
const textOf = (report: Report) =>
  report.paragraphs.map((p) => p.sentences.map((s) => s.text).join('')).join('\n')

beforeAll(async () => {
  test = await createTestDatabase()
  const routes = [
    (deps: TestApp['deps']) => evaluationRoomRoutes(deps, { reports: reportDoor(deps) }),
    reportRoomRoutes,
  ]
  analyst = await createTestApp(test.db, { routes, actor: testActor('analyst'), clock })
  director = await createTestApp(test.db, { routes, actor: testActor('director'), clock })
  city = await makeFixtureCity(test.db)
  await writeFixtureHours(test.db, flatHours(city, '2021-01-01', '2022-12-31', twoYears))
  await rollUp()
}, 120_000)
afterAll(async () => {
  await analyst.close()
  await director.close()
  await test.drop()
})

describe('the annual review', () => {
  let report: Report
  it('is written from figures, each with its id', async () => {
    report = await post<Report>(analyst, '/reports', { year: 2022, cityId: city.cityId }, 201)
    const text = textOf(report)
    expect(text).toContain('2022年，市区环境空气质量优良天数比例为87.5%（有效天数361天，优良天数316天）')
    expect(text).toContain(
      '细颗粒物（PM2.5）平均浓度为20微克/立方米，同比上升11.1%，达到二级标准（限值35微克/立方米）。',
    )
    expect(text).toContain('可吸入颗粒物（PM10）平均浓度为62微克/立方米，同比上升6.9%')
    const parts = report.paragraphs.flatMap((p) => p.sentences.flatMap((s) => s.parts))
    const ids = parts.flatMap((p) => (p.type === 'figure' ? [p.figureId] : []))
    expect(ids.length).toBeGreaterThan(20)
    expect(report.basis.map((b) => b.figureId).toSorted()).toEqual([...new Set(ids)].toSorted())
  })

  it('stands the test of its own checker', () => {
    expect(report.checks.filter((c) => c.severity === 'contradiction')).toEqual([])
  })

  it('shows last year’s sentence under each', () => {
    const sentence = report.paragraphs.flatMap((p) => p.sentences).find((s) => s.key === 'item.pm25')
    expect(sentence?.lastYear).toContain('平均浓度为18微克/立方米')
    expect(sentence?.lastYear).not.toContain('同比')
  })

  it('compares with last year figure by figure', async () => {
    const comparison = await get<ReportComparison>(analyst, `/reports/${report.id}/comparison`)
    const row = comparison.rows.find((r) => r.key === 'item.pm25')
    expect(row?.figures.find((f) => f.indicator === 'air.mean.pm25')).toMatchObject({
      now: '20微克/立方米',
      before: '18微克/立方米',
    })
  })

  it('marks exactly the sentences of a corrected hour, and refreshing mends them', async () => {
    const [first = 0] = city.stationIds
    const at = Date.parse('2022-05-10T05:00:00+08:00')
    // 2,000 µg/m³ of NO2 in one hour lifts the station day by 82 and the city day over the year's maximum.
    await writeFixtureHours(test.db, [hourRow(city, first, at, [20, 62, 130, 2000, 12, 0.9], 2n)])
    await rollUp()
    const stale = await get<Report>(analyst, `/reports/${report.id}`)
    const staleKeys = stale.paragraphs.flatMap((p) => p.sentences.filter((s) => s.stale).map((s) => s.key))
    expect(staleKeys).toContain('item.no2')
    expect(staleKeys).toContain('index')
    expect(staleKeys).not.toContain('item.pm25')
    expect(staleKeys).not.toContain('item.o3')
    const refused = await director.app.inject({
      method: 'POST',
      url: `/api/v1/reports/${report.id}/freeze`,
      payload: { version: stale.version },
    })
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'report.stale'])
    report = await post<Report>(analyst, `/reports/${report.id}/refresh`, {})
    expect(report.staleFigures).toBe(0)
    expect(report.version).toBe(stale.version + 1)
  })

  it('is frozen only by whom may, at the version that was seen', async () => {
    const byAnalyst = await analyst.app.inject({
      method: 'POST',
      url: `/api/v1/reports/${report.id}/freeze`,
      payload: { version: report.version },
    })
    expect(byAnalyst.statusCode).toBe(403)
    const old = await director.app.inject({
      method: 'POST',
      url: `/api/v1/reports/${report.id}/freeze`,
      payload: { version: report.version - 1 },
    })
    expect([old.statusCode, old.json().code]).toEqual([412, 'report.changed-meanwhile'])
    const frozen = await post<Report>(director, `/reports/${report.id}/freeze`, { version: report.version })
    expect(frozen.status).toBe('frozen')
    expect(frozen.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(frozen.basis.every((b) => b.state === 'frozen')).toBe(true)
    report = frozen
  })

  it('once frozen, never changes while its live figures go on', async () => {
    const before = await get<Report>(analyst, `/reports/${report.id}`)
    const [first = 0] = city.stationIds
    await writeFixtureHours(test.db, [
      hourRow(city, first, Date.parse('2022-05-11T05:00:00+08:00'), [900, 900, 130, 28, 12, 0.9], 3n),
    ])
    await rollUp()
    const after = await get<Report>(analyst, `/reports/${report.id}`)
    expect(after).toEqual(before)
    const refresh = await analyst.app.inject({
      method: 'POST',
      url: `/api/v1/reports/${report.id}/refresh`,
      payload: {},
    })
    expect([refresh.statusCode, refresh.json().code]).toEqual([409, 'report.frozen'])
    await expect(
      test.db.pool.query(`update report set title = 'x' where id = $1`, [report.id]),
    ).rejects.toThrow(/frozen/)
    const part = after.paragraphs[0]?.sentences[0]?.parts.find((p) => p.type === 'figure')
    const figure = await get<{ state: string; usedInReports: { reportId: number; sentence: string }[] }>(
      analyst,
      `/figures/${part?.type === 'figure' ? part.figureId : 0}`,
    )
    expect(figure.state).toBe('frozen')
    expect(figure.usedInReports[0]?.sentence).toContain('优良天数比例')
  })

  it('is a DOCX in the layout of GB/T 9704-2012', async () => {
    const answer = await analyst.app.inject({ method: 'GET', url: `/api/v1/reports/${report.id}.docx` })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('wordprocessingml')
    const xml = unzipped(answer.rawPayload, 'word/document.xml')
    expect(xml).toContain('w:w="11906" w:h="16838"')
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/)
    expect(xml).toContain('w:eastAsia="仿宋_GB2312"')
    expect(xml).toContain('w:eastAsia="方正小标宋简体"')
    expect(xml).toContain('w:eastAsia="黑体"')
    expect(xml).toContain('w:ascii="Times New Roman"')
    expect(xml).toContain('数据依据表')
    expect(xml).toContain('87.5%')
    for (const b of report.basis) expect(xml).toContain(b.digest.slice(0, 16))
    expect(xml).not.toContain('₂')
  })
})

describe('the checker over HTTP', () => {
  it('finds what a draft says against the database', async () => {
    const text = '2022年优良天数比例达87.5%；细颗粒物（PM2.5）平均浓度为21微克/立方米，同比上升11.1%。'
    const check = await post<ReportCheck>(analyst, '/reports/check', {
      text,
      cityId: city.cityId,
      year: 2022,
    })
    const bad = check.findings.filter((f) => f.severity === 'contradiction').map((f) => f.quote)
    expect(bad.some((q) => q.includes('21微克'))).toBe(true)
    expect(check.findings.find((f) => f.rule === 'share-denominator')?.possible[0]).toBe('316/361')
  })
})

it('finds every single wrong figure in the review, and none in the right one', async () => {
  const report = await post<Report>(analyst, '/reports', { year: 2022, cityId: city.cityId }, 201)
  const parts = report.paragraphs.flatMap((p) => p.sentences.flatMap((s) => s.parts))
  const print = (changed: number, by: number) =>
    parts
      .map((part, i) =>
        i === changed
          ? part.text.replace(/\d+(\.\d+)?/, (n) => (Number(n) + by).toFixed(n.split('.')[1]?.length ?? 0))
          : part.text,
      )
      .join('')
  const faults = async (text: string) =>
    (await post<ReportCheck>(analyst, '/reports/check', { text, cityId: city.cityId })).findings.filter(
      (f) => f.severity === 'contradiction',
    )
  expect(await faults(print(-1, 0))).toEqual([])
  const checked = /^air\.(mean|p9[05]|yoy|index|rank|excellent)/
  const missed: string[] = []
  let injected = 0
  for (const [i, part] of parts.entries()) {
    if (part.type !== 'figure' || !checked.test(part.indicator) || !/\d/.test(part.text)) continue
    injected++
    if ((await faults(print(i, 3))).length === 0) missed.push(`${part.indicator} ${part.text}`)
  }
  expect(injected).toBeGreaterThanOrEqual(14)
  expect(missed).toEqual([])
})

it('a text without a named city is held against the city that there is', async () => {
  const check = await post<ReportCheck>(analyst, '/reports/check', {
    text: '2022年，细颗粒物（PM2.5）平均浓度为25微克/立方米。',
    year: 2023,
  })
  expect(check.findings.filter((f) => f.rule === 'database').map((f) => f.severity)).toEqual([
    'contradiction',
  ])
  const early = await post<ReportCheck>(analyst, '/reports/check', {
    text: '2030年，PM2.5平均浓度为25微克/立方米。',
  })
  expect(early.findings.filter((f) => f.rule === 'database')).toEqual([])
})

describe('refusals', () => {
  it('no report of a year without data', async () => {
    const answer = await analyst.app.inject({
      method: 'POST',
      url: '/api/v1/reports',
      payload: { year: 2019, cityId: city.cityId },
    })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'report.no-data'])
  })
  it('drafting, refreshing and freezing outside the region', async () => {
    const regions = '{[110000,120000)}'
    const routes = [reportRoomRoutes]
    const far = await createTestApp(test.db, { routes, actor: testActor('analyst', { regions }), clock })
    const farDirector = await createTestApp(test.db, {
      routes,
      actor: testActor('director', { regions }),
      clock,
    })
    const draft = await post<Report>(analyst, '/reports', { year: 2022, cityId: city.cityId }, 201)
    for (const [app, url, payload] of [
      [far, '/reports', { year: 2022, cityId: city.cityId }],
      [far, `/reports/${draft.id}/refresh`, {}],
      [farDirector, `/reports/${draft.id}/freeze`, { version: draft.version }],
    ] as const) {
      const answer = await app.app.inject({ method: 'POST', url: `/api/v1${url}`, payload })
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 403, 'auth.forbidden'])
    }
    await far.close()
    await farDirector.close()
  })
  it('an unknown report', async () => {
    const answer = await analyst.app.inject({ method: 'GET', url: '/api/v1/reports/9999' })
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'report.unknown'])
  })
})

/** One member of a zip, by its central directory. */
function unzipped(zip: Buffer, name: string): string {
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06') + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extra, comment] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ]
    const local = zip.readUInt32LE(at + 42)
    if (zip.subarray(at + 46, at + 46 + nameLength).toString() === name) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const data = zip.subarray(start, start + zip.readUInt32LE(at + 20))
      return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString('utf8')
    }
    at += 46 + nameLength + extra + comment
  }
  throw new Error(`no ${name} in the archive`)
}
