import { createStation, type Station, type StationValue } from '@shanshui/hj212'
import { airItemInfo, itemByCode } from '@shanshui/standards'
import type { DemoAir } from './air.ts'
import { HOUR_MS } from './calendar.ts'
import { integer, stream } from './chance.ts'
import { items } from './climate.ts'
import { stations } from './places.ts'
import { DEMO_SEED } from './year.ts'

export interface LiveOptions {
  readonly air: DemoAir
  readonly port: number
  readonly now: () => number
  /** hours from here on have not been handed over yet and are sent at once (补传) */
  readonly resendFromMs: number
  /** called when every station has handed over all hours that start before the instant */
  readonly onHandedOver: (beforeMs: number) => void
  /** how often the line of the unsteady station is cut, and for how long */
  readonly cut?: { readonly everyMs: number; readonly lastsMs: number }
}

export interface LiveStations {
  /** Resolves when the hours that were missing are acknowledged by the platform. */
  readonly caughtUp: Promise<void>
  stop(): Promise<void>
}

const RTD_SECONDS = 10
const CHECK_MS = 20_000
/** The station whose line is cut now and then, and for how long: what it has to say comes later. */
const UNSTEADY = 4
const CUTS = { everyMs: 47 * 60_000, lastsMs: 6 * 60_000 } as const

/** Five field machines that report to the gateway as real ones do: real-time, hourly, and answers to re-queries. */
export function startLive(options: LiveOptions): LiveStations {
  const { air, port, now, resendFromMs, onHandedOver, cut: cuts = CUTS } = options
  const live = stations.map((_, index) => stationOf(air, index, port, now))
  let stopped = false
  const wholeMs = Math.floor(now() / HOUR_MS) * HOUR_MS
  const caughtUp = Promise.all(live.map((station) => catchUp(station, resendFromMs, now))).then((all) => {
    if (all.every(Boolean)) onHandedOver(wholeMs)
  })
  const check = setInterval(() => {
    const steady = live.every((station) => {
      const { connected, backlog, waiting } = station.stats()
      return connected && backlog === 0 && waiting === 0
    })
    // the hour that has just ended is on its way within the jitter of the stations
    if (steady) onHandedOver(Math.floor((now() - 60_000) / HOUR_MS) * HOUR_MS)
  }, CHECK_MS)
  const cut = setInterval(() => void cutLine(), cuts.everyMs)
  let restore: NodeJS.Timeout | undefined

  async function cutLine(): Promise<void> {
    const station = live[UNSTEADY] as Station
    const cutMs = Math.floor(now() / HOUR_MS) * HOUR_MS
    await station.stop()
    restore = setTimeout(() => {
      // hours that ended meanwhile are sent as soon as the line is back
      if (!stopped) void catchUp(station, cutMs, now)
    }, cuts.lastsMs)
  }

  return {
    caughtUp,
    async stop() {
      stopped = true
      clearInterval(check)
      clearInterval(cut)
      clearTimeout(restore)
      await Promise.all(live.map((station) => station.stop()))
    },
  }
}

function stationOf(air: DemoAir, index: number, port: number, now: () => number): Station {
  const { mn, password } = stations[index] as (typeof stations)[number]
  return createStation({
    host: '127.0.0.1',
    port,
    mn,
    pw: password,
    st: '22',
    version: '2017',
    factors: items.map((item) => ({ code: airItemInfo[item].code, decimals: item === 'co' ? 2 : 1 })),
    values: (code, cn, startMs) => {
      const item = itemByCode(code)
      if (!item) return null
      const { value, mark } = (cn === '2061' ? air.hour(index, startMs) : air.instant(index, startMs))[item]
      const given: StationValue = Number.isNaN(value) ? { value: null, flag: mark } : { value, flag: 'N' }
      return given
    },
    uploads: ['2011', '2061'],
    rtdIntervalS: RTD_SECONDS,
    window: 16,
    jitterMs: 4000,
    now,
    random: drawsOf(index),
  })
}

/** Own draws per station, so that the jitter is the same in every run. */
function drawsOf(index: number): () => number {
  const draws = stream(DEMO_SEED, `station ${index}`)
  let drawn = 0
  return () => integer(draws, drawn++, 1_000_000) / 1_000_000
}

/** Supplementary sending (补传): every whole hour since `fromMs`, oldest first; true when all are acknowledged. */
async function catchUp(station: Station, fromMs: number, now: () => number): Promise<boolean> {
  await station.start()
  const sent: Promise<boolean>[] = []
  for (let startMs = fromMs; startMs + HOUR_MS <= now(); startMs += HOUR_MS) {
    sent.push(station.upload('2061', startMs))
  }
  return (await Promise.all(sent)).every(Boolean)
}
