import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import {
  createTestDatabase,
  createTestDeps,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import {
  applyDecision,
  digestOf,
  internLayout,
  readSeries,
  wipeDerived,
  writeObservations,
} from '../series/index.ts'
import { createStop, queueCommand, saveStation } from './gateway.service.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { quarantineRows } from './gateway-view.repository.ts'
import { readRecord, sealDay, verifyJournal } from './journal.ts'
import { missingHours } from './missing-hours.service.ts'
import { dismissQuarantine, releaseQuarantine } from './quarantine.service.ts'
import { replay } from './replay.ts'
import { dataFrame, TestDevice } from './test-device.ts'

const series = { internLayout, writeObservations, readSeries }
const actor = testActor('analyst')
const hourMs = 3_600_000
const thisHour = Math.floor(Date.now() / hourMs) * hourMs
const mnA = '010000A8900016F000169DC0'
const mnB = '010000A8900016F000169DC1'

let database: TestDatabase
let deps: Deps
let gateway: Gateway
let pointA: number
let pointB: number

beforeAll(async () => {
  database = await createTestDatabase()
  deps = await createTestDeps(database.db, { config: { gatewayPort: 0 } })
  ;[pointA, pointB] = (await database.db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', { code: 629000, name: '祁川市', level: 'city' } as never)
    const ids: number[] = []
    for (const code of ['A', 'B'])
      ids.push(
        (
          await upsertFeature(trx, 'system', {
            kind: 'air-station',
            code,
            name: `站${code}`,
            regionCode: 629000,
            lon: 102,
            lat: 38,
            properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'c' },
          } as never)
        ).id,
      )
    return ids
  })) as [number, number]
  await saveStation(deps, actor, { mn: mnA, pointId: pointA, password: 'secret', reason: '登记' })
  await saveStation(deps, actor, {
    mn: mnB,
    pointId: pointB,
    password: 'secret',
    dialect: { units: { a34004: 'mg/m³' }, timeLabel: 'end' },
    reason: '登记',
  })
  gateway = await startGateway(deps, series, { requeryEveryMs: 0 })
})
afterAll(async () => {
  await gateway.stop()
  await deps.events.close()
  await database.drop()
})

const read = (pointId: number, fromMs: number, hours = 1) =>
  readSeries(database.db.pool, {
    period: 'hour',
    pointIds: [pointId],
    fromMs,
    toMs: fromMs + hours * hourMs,
    factors: ['a34004', 'a21005'],
  })
const digest = () => database.db.transaction((trx) => digestOf(trx, 'all'))
const quarantine = () =>
  database.db.transaction((trx) =>
    quarantineRows(trx, { reason: undefined, mn: undefined, state: 'open', before: undefined, limit: 1000 }),
  )
const pm = (value: string, flag = 'N') => ({
  a34004: { Avg: value, Flag: flag },
  a21005: { Avg: '0.6', Flag: 'N' },
})
async function device<T>(work: (d: TestDevice) => Promise<T>): Promise<T> {
  const d = await TestDevice.connect(gateway.port)
  try {
    return await work(d)
  } finally {
    d.close()
  }
}

describe('gateway', () => {
  it('acknowledges a frame whose value and bytes are then there to be read', async () => {
    const { bytes, qn } = dataFrame({ mn: mnA, dataTimeMs: thisHour - 5 * hourMs, factors: pm('35') })
    expect(await device((d) => d.exchange(bytes, qn))).toBe('9014')
    const hour = await read(pointA, thisHour - 5 * hourMs)
    expect(hour.columns.get('a34004')![0]).toBe(35)
    const record = await readRecord(database.db.pool, hour.msg[0]!)
    expect(Buffer.from(record!.bytes).equals(bytes)).toBe(true)
  })

  it('acknowledges an identical repetition and leaves the value unrevised; a different one becomes a revision', async () => {
    const at = thisHour - 4 * hourMs
    await device(async (d) => {
      expect(await d.send({ mn: mnA, dataTimeMs: at, factors: pm('40') })).toBe('9014')
      expect(await d.send({ mn: mnA, dataTimeMs: at, factors: pm('40') })).toBe('9014')
    })
    const rev = async () =>
      (
        await database.db.pool.query('select rev from obs_hour where point_id = $1 and ts = $2', [
          pointA,
          new Date(at),
        ])
      ).rows
    expect(await rev()).toEqual([{ rev: 1 }])
    expect(await device((d) => d.send({ mn: mnA, dataTimeMs: at, factors: pm('41') }))).toBe('9014')
    expect(await rev()).toEqual([{ rev: 2 }])
    expect((await read(pointA, at)).columns.get('a34004')![0]).toBe(41)
  })

  it('converts mg/m³ by moving the decimal point and shifts a station that labels the end of the hour', async () => {
    const at = thisHour - 6 * hourMs
    await device((d) => d.send({ mn: mnB, dataTimeMs: at + hourMs, factors: pm('0.0565') }))
    expect((await read(pointB, at)).columns.get('a34004')![0]).toBe(56.5)
  })

  it('keeps unknown senders, wrong passwords and impossible times in quarantine, answers strangers nothing, and drops no connection', async () => {
    await device(async (d) => {
      expect(
        await d.send({ mn: 'STRANGER0001', dataTimeMs: thisHour, factors: pm('1') }, 300),
      ).toBeUndefined()
      expect(
        await d.send({ mn: mnA, pw: 'wrong', dataTimeMs: thisHour, factors: pm('1') }, 300),
      ).toBeUndefined()
      expect(await d.send({ mn: mnA, dataTimeMs: Date.now() + 2 * hourMs, factors: pm('1') })).toBe('9014')
      expect(await d.send({ mn: mnA, dataTimeMs: Date.now() - 40 * 86_400_000, factors: pm('1') })).toBe(
        '9014',
      )
      const bad = dataFrame({ mn: mnA, dataTimeMs: thisHour, factors: pm('1') }).bytes
      bad[60] = (bad[60] as number) ^ 1
      d.write(bad)
      expect(await d.send({ mn: mnA, dataTimeMs: thisHour - 7 * hourMs, factors: pm('22') })).toBe('9014')
    })
    const reasons = (await quarantine()).map((q) => q.reason).sort()
    expect(reasons).toEqual([
      'crc-failed',
      'datatime-future',
      'datatime-too-old',
      'mn-unknown',
      'password-wrong',
    ])
    expect((await read(pointA, thisHour)).startMs).toHaveLength(0)
  })

  it('releases a quarantined frame to a point by a human decision, or sets it aside', async () => {
    const rows = await quarantine()
    const unknown = rows.find((q) => q.reason === 'mn-unknown')!
    const released = await releaseQuarantine(deps, series, actor, {
      ids: [unknown.id],
      pointId: pointB,
      reason: '新站试运行',
    })
    expect(released).toEqual({ released: 1, stillFailing: [] })
    expect((await read(pointB, thisHour)).columns.get('a34004')![0]).toBe(1)
    const crc = rows.find((q) => q.reason === 'crc-failed')!
    expect((await releaseQuarantine(deps, series, actor, { ids: [crc.id], reason: '试' })).released).toBe(0)
    expect(await dismissQuarantine(deps, actor, { ids: [crc.id], reason: '噪声' })).toBe(1)
  })

  it('survives sockets cut in the middle of a frame and takes the whole frame on the next connection', async () => {
    const { bytes, qn } = dataFrame({ mn: mnA, dataTimeMs: thisHour - 8 * hourMs, factors: pm('17') })
    for (const cut of [1, 20, 100, bytes.length - 3])
      await device(async (d) => d.write(bytes.subarray(0, cut)))
    expect(await device((d) => d.exchange(bytes, qn))).toBe('9014')
    expect((await read(pointA, thisHour - 8 * hourMs)).columns.get('a34004')![0]).toBe(17)
  })

  it('isolates the one frame of a batch that the database refuses', async () => {
    const poison = 666
    const refusing = {
      ...series,
      writeObservations: async (...[trx, period, rows, cause]: Parameters<typeof writeObservations>) => {
        if (rows.some((r) => r.values[0] === poison || r.values[1] === poison))
          throw new AppError('series.row-invalid', { detail: '毒' })
        return writeObservations(trx, period, rows, cause)
      },
    }
    const other = await startGateway(deps, refusing, { port: 0, requeryEveryMs: 0 })
    const d = await TestDevice.connect(other.port)
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        d.send({
          mn: mnA,
          dataTimeMs: thisHour - (100 + i) * hourMs,
          factors: pm(i === 13 ? String(poison) : '9'),
        }),
      ),
    )
    d.close()
    await other.stop()
    expect(answers.every((cn) => cn === '9014')).toBe(true)
    expect((await read(pointA, thisHour - 129 * hourMs, 30)).startMs).toHaveLength(29)
    expect((await quarantine()).filter((q) => q.reason === 'write-refused')).toHaveLength(1)
  })

  it('acknowledges nothing while the disk is full, and everything once there is room', async () => {
    let full = true
    const noSpace = Object.assign(new Error('could not extend file: No space left on device'), {
      code: '53100',
    })
    const writer = {
      ...series,
      writeObservations: async (...args: Parameters<typeof writeObservations>) => {
        if (full) throw noSpace
        return writeObservations(...args)
      },
    }
    const other = await startGateway(deps, writer, { port: 0, requeryEveryMs: 0 })
    const d = await TestDevice.connect(other.port)
    const at = thisHour - 200 * hourMs
    const sent = d.send({ mn: mnA, dataTimeMs: at, factors: pm('12') }, 5_000)
    await new Promise((r) => setTimeout(r, 400))
    expect(d.received).toHaveLength(0)
    expect((await read(pointA, at)).startMs).toHaveLength(0)
    full = false
    expect(await sent).toBe('9014')
    expect((await read(pointA, at)).columns.get('a34004')![0]).toBe(12)
    d.close()
    await other.stop()
  })

  it('calls itself ready again after a database that was away for a while, without a frame having to come', async () => {
    let away = false
    const pool = new Proxy(deps.db.pool, {
      get: (target, key) => {
        if (key === 'query' && away) return () => Promise.reject(new Error('connection refused'))
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const other = await startGateway({ ...deps, db: { ...deps.db, pool } }, series, {
      port: 0,
      requeryEveryMs: 0,
    })
    away = true
    await vi.waitFor(() => expect(other.stats().lastError).toBe('connection refused'), 10_000)
    away = false
    await vi.waitFor(() => expect(other.stats().lastError).toBeNull(), 15_000)
    await other.stop()
  }, 40_000)

  it('sends a queued re-query to the connected station and stores what it answers', async () => {
    const at = thisHour - 30 * hourMs
    await device(async (d) => {
      d.onRequest = (frame) => {
        if (frame.header.cn !== '2061') return
        expect(frame.cp.plain('BeginTime')).toBe(frame.cp.plain('EndTime'))
        const answer = (cn: string, cp: string) => {
          const seg = `QN=${frame.header.qn};ST=91;CN=${cn};PW=secret;MN=${mnA};Flag=4;CP=&&${cp}&&`
          d.write(frameOf(seg))
        }
        answer('9011', 'QnRtn=1')
        d.write(dataFrame({ mn: mnA, dataTimeMs: at, factors: pm('77') }).bytes)
        setTimeout(() => answer('9012', 'ExeRtn=1'), 100)
      }
      await d.send({ mn: mnA, cn: '9015', dataTimeMs: thisHour, factors: {}, needAck: true }, 500)
      const iso = new Date(at).toISOString()
      const { id } = await queueCommand(deps, actor, { mn: mnA, kind: 'query-hours', from: iso, to: iso })
      const state = async () =>
        (await database.db.pool.query('select state, result from hj212_command where id = $1', [id]))
          .rows[0] as { state: string; result: string }
      for (let i = 0; i < 100 && (await state()).state !== 'done'; i++)
        await new Promise((r) => setTimeout(r, 50))
      expect(await state()).toMatchObject({ state: 'done', result: expect.stringContaining('收到 1 条') })
    })
    expect((await read(pointA, at)).columns.get('a34004')![0]).toBe(77)
  })
})

describe('missing hours', () => {
  it('has exactly one reason for each of 72 hours of each station, and the right ones', async () => {
    const at = thisHour - 20 * hourMs
    const five = Object.fromEntries(
      ['a05024', 'a21004', 'a21005', 'a21026', 'a34002'].map((f) => [f, { Avg: '5', Flag: 'N' }]),
    )
    await device(async (d) => {
      await d.send({ mn: mnA, dataTimeMs: at, factors: { ...five, a34004: { Avg: '5', Flag: 'N' } } })
      await d.send({
        mn: mnA,
        dataTimeMs: at + hourMs,
        factors: { ...five, a34004: { Avg: '5', Flag: 'M' } },
      })
      await d.send({
        mn: mnA,
        dataTimeMs: at + 2 * hourMs,
        factors: { ...five, a34004: { Avg: '', Flag: 'D' } },
      })
    })
    const iso = (ms: number) => new Date(ms).toISOString()
    await createStop(deps, actor, { pointId: pointB, from: iso(at), to: iso(at + hourMs), reason: '搬迁' })
    const fromMs = thisHour - 71 * hourMs
    const grid = await missingHours(database.db.pool, series, { fromMs, hours: 72, nowMs: Date.now() })
    expect(grid.stations).toHaveLength(2)
    for (const s of grid.stations) {
      expect(s.reasons).toHaveLength(72)
      expect(s.reasons.every((r) => typeof r === 'string')).toBe(true)
    }
    const [a, b] = grid.stations as [(typeof grid.stations)[0], (typeof grid.stations)[0]]
    const index = (ms: number) => (ms - fromMs) / hourMs
    expect(a.reasons[index(at)]).toBe('complete')
    expect(a.reasons[index(at + hourMs)]).toBe('device-maintenance')
    expect(a.reasons[index(at + 2 * hourMs)]).toBe('device-fault')
    expect(b.reasons[index(at)]).toBe('planned-stop')
    expect(b.reasons[index(at - hourMs)]).toBe('platform-down') // the gateway of this test did not run then
    expect(a.reasons[71]).toBe('not-yet-due')
  })
})

describe('journal in the database', () => {
  it('replays into empty tables with identical digests', async () => {
    await device((d) => d.send({ mn: mnA, dataTimeMs: thisHour - 2 * hourMs, factors: pm('50') }))
    const before = await digest()
    const report = await replay({ db: database.db }, { ...series, applyDecision, wipeDerived })
    expect(report.frames).toBeGreaterThan(30)
    expect(report.decisions).toBeGreaterThan(2)
    expect(await digest()).toEqual(before)
    expect((await read(pointB, thisHour)).columns.get('a34004')![0]).toBe(1) // the released frame
  })

  it('refuses every change of a block, even by the owner of the tables', async () => {
    await expect(database.db.pool.query('update journal_block set source = $1', ['x'])).rejects.toThrow(
      'append-only',
    )
    await expect(database.db.pool.query('delete from journal_block')).rejects.toThrow('append-only')
    await expect(database.db.pool.query('truncate journal_block')).rejects.toThrow('append-only')
  })

  it('gives the application role no way around the chain', async () => {
    const asApp = (sql: string) => database.db.asActor(actor, (trx) => trx.query(sql))
    await expect(asApp('update journal_block set source = source')).rejects.toThrow('permission denied')
    await expect(asApp('insert into journal_block select * from journal_block limit 1')).rejects.toThrow(
      'permission denied',
    )
    await expect(asApp("update journal_head set hash = '\\x00'")).rejects.toThrow('permission denied')
  })

  it('refuses to seal the running day', async () => {
    const today = new Date(Date.now() + 8 * hourMs).toISOString().slice(0, 10)
    await expect(database.db.transaction((trx) => sealDay(trx, today, 'x', Date.now()))).rejects.toThrow(
      '尚未过完',
    )
  })

  it('names block and record after a superuser flipped one byte', async () => {
    expect((await verifyJournal(database.db.pool)).faults).toEqual([])
    const { rows } = await database.db.pool.query<{ id: string }>(
      `select id from journal_block where kind = 'frames' order by length(data) desc limit 1`,
    )
    const id = rows[0]!.id
    await database.db.pool.query('alter table journal_block disable trigger user')
    await database.db.pool.query(
      'update journal_block set data = set_byte(data, 40, get_byte(data, 40) # 1) where id = $1',
      [id],
    )
    await database.db.pool.query('alter table journal_block enable trigger user')
    const { faults } = await verifyJournal(database.db.pool)
    expect(faults).toHaveLength(1)
    expect(String(faults[0]!.block)).toBe(id)
    expect(faults[0]!.record).toBeTypeOf('number')
  })
})

function frameOf(segment: string): Buffer {
  let reg = 0xffff
  for (const byte of Buffer.from(segment)) {
    reg = (reg >> 8) ^ byte
    for (let i = 0; i < 8; i++) reg = reg & 1 ? (reg >> 1) ^ 0xa001 : reg >> 1
  }
  return Buffer.from(
    `##${String(segment.length).padStart(4, '0')}${segment}${reg.toString(16).toUpperCase().padStart(4, '0')}\r\n`,
  )
}
