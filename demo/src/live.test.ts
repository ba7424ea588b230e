import { createHost, type Frame, type Host } from '@shanshui/hj212'
import { airItemInfo } from '@shanshui/standards'
import { afterEach, describe, expect, it } from 'vitest'
import { DemoAir } from './air.ts'
import { HOUR_MS } from './calendar.ts'
import { items } from './climate.ts'
import { type LiveStations, startLive } from './live.ts'
import { stations } from './places.ts'
import { DEMO_SEED } from './year.ts'

const air = new DemoAir(DEMO_SEED)
const nowMs = Date.parse('2026-11-24T10:20:00+08:00')
let host: Host
let live: LiveStations

afterEach(async () => {
  await live.stop()
  await host.close(100)
})

async function listen(onFrame: (frame: Frame) => void): Promise<number> {
  host = createHost({
    host: '127.0.0.1',
    port: 0,
    now: () => nowMs,
    onFrame: (frame) => {
      onFrame(frame)
      return 'ack'
    },
  })
  return (await host.listen()).port
}

const dataTime = (frame: Frame) => frame.cp.plain('DataTime') ?? ''

describe('the live stations', () => {
  it('hand over every hour since the last one by line, each acknowledged, with the values of the files', async () => {
    const hours: Frame[] = []
    const port = await listen((frame) => {
      if (frame.header.cn === '2061') hours.push(frame)
    })
    const resendFromMs = nowMs - 20 * 60_000 - 10 * HOUR_MS
    live = startLive({ air, port, now: () => nowMs, resendFromMs, onHandedOver: () => {} })
    await live.caughtUp

    expect(hours).toHaveLength(stations.length * 10)
    for (const [s, { mn, password }] of stations.entries()) {
      const own = hours.filter((frame) => frame.header.mn === mn)
      expect(own.map(dataTime).sort()).toEqual(
        Array.from({ length: 10 }, (_, hour) => `20261124${String(hour).padStart(2, '0')}0000`),
      )
      for (const frame of own) {
        expect(frame.header.pw).toBe(password)
        const hour = Number(dataTime(frame).slice(8, 10))
        const expected = air.hour(s, Date.parse('2026-11-24T00:00:00+08:00') + hour * HOUR_MS)
        for (const item of items) {
          const at = frame.cp.factorIndex(airItemInfo[item].code)
          expect(frame.cp.number(at, 'Avg')).toBe(expected[item].value)
          expect(frame.cp.mark(at)).toBe(expected[item].mark)
        }
      }
    }
  })

  it('have nothing to hand over when no whole hour is missing, and stay connected', async () => {
    let hours = 0
    const port = await listen((frame) => {
      if (frame.header.cn === '2061') hours++
    })
    live = startLive({
      air,
      port,
      now: () => nowMs,
      resendFromMs: nowMs - 20 * 60_000,
      onHandedOver: () => {},
    })
    await live.caughtUp
    expect(hours).toBe(0)
    await expect.poll(() => host.stats().connections).toBe(stations.length)
  })

  it('lose the line of one station now and then; the hour that ended meanwhile comes when it is back', async () => {
    let clockMs = Date.parse('2026-11-24T10:59:59+08:00')
    const late: string[] = []
    const port = await listen((frame) => {
      if (frame.header.cn === '2061') late.push(`${frame.header.mn} ${dataTime(frame)}`)
    })
    live = startLive({
      air,
      port,
      now: () => clockMs,
      resendFromMs: Date.parse('2026-11-24T10:00:00+08:00'),
      onHandedOver: () => {},
      cut: { everyMs: 300, lastsMs: 400 },
    })
    await live.caughtUp
    await expect.poll(() => host.stats().connections, { interval: 10 }).toBe(stations.length - 1)
    clockMs += 2000
    const expected = `${stations[4]?.mn} 20261124100000`
    await expect.poll(() => late.includes(expected), { timeout: 5000 }).toBe(true)
  })
})
