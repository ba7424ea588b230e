import { createStation, type Station } from '@shanshui/hj212'
import { DAY_MS, HOUR_MS } from '../calendar.ts'
import { integer, stream } from '../chance.ts'
import { OutletHours, stationFactors } from './outlet-hours.ts'
import { type DemoOutlet, demoOutlets } from './outlets.ts'
import type { Happening } from './overlays.ts'
import { dayMoment, rangeChange, storyOf } from './story.ts'

export interface OutletsOptions {
  readonly seed: number
  readonly port: number
  readonly now: () => number
  /** whole hour of the first start: the story is told from here */
  readonly anchorMs: number
  /** first hour that was ever handed over */
  readonly originMs: number
  /** hours from here on have not been handed over yet and are sent at once (补传) */
  readonly resendFromMs: number
  readonly onHandedOver: (beforeMs: number) => void
}

export interface LiveOutlets {
  /** Resolves when the hours that were missing are with the platform: true; false when a stop came first. */
  readonly caughtUp: Promise<boolean>
  /** What the data logger of an outlet has, of the history and some days more. */
  readonly hoursOf: (outlet: DemoOutlet) => OutletHours
  stop(): Promise<void>
}

const RTD_SECONDS = 60
const MINUTES = 10
const CHECK_MS = 20_000
/** Frames under way at a time: the gateway gathers what arrives while it commits. */
const WINDOW = 96
/** The story is over a week after its beginning; hours are at hand for two days more than are asked for. */
const STORY_MS = 8 * DAY_MS
const AHEAD_MS = 2 * DAY_MS
const JITTER_MS = 60_000
const RECENT_MS = DAY_MS

/** The data loggers of all outlets, reporting as real ones do. */
export function startOutlets(options: OutletsOptions): LiveOutlets {
  const { seed, now, resendFromMs, onHandedOver } = options
  const story = storyOf(options.anchorMs)
  const outlets = demoOutlets(seed)
  const loggers = outlets.map((outlet) => new Logger(outlet, story.get(outlet.key) ?? [], options))
  const byKey = new Map(outlets.map(({ key }, i) => [key, loggers[i] as Logger]))
  let stopped = false
  const caughtUp = Promise.all(loggers.map((logger) => logger.catchUp(resendFromMs))).then(() => {
    if (!stopped) onHandedOver(wholeHour(now()))
    return !stopped
  })
  const check = setInterval(() => {
    if (loggers.every((logger) => logger.steady)) onHandedOver(wholeHour(now() - 2 * JITTER_MS))
  }, CHECK_MS)
  return {
    caughtUp,
    hoursOf: ({ key }) => (byKey.get(key) as Logger).hours,
    async stop() {
      stopped = true
      clearInterval(check)
      await Promise.all(loggers.map((logger) => logger.stop()))
    },
  }
}

const wholeHour = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS

/** The data logger of one outlet. */
class Logger {
  readonly #outlet: DemoOutlet
  readonly #options: OutletsOptions
  readonly #story: readonly Happening[]
  readonly #station: Station
  /** made when first asked for, so that a start does not wait for it */
  #hours: OutletHours | undefined
  #untilMs: number

  constructor(outlet: DemoOutlet, story: readonly Happening[], options: OutletsOptions) {
    this.#outlet = outlet
    this.#options = options
    this.#story = story
    this.#untilMs = Math.max(options.anchorMs + STORY_MS, wholeHour(options.now()) + AHEAD_MS)
    this.#station = this.#connect()
  }

  get steady(): boolean {
    const { connected, backlog, waiting } = this.#station.stats()
    return connected && backlog === 0 && waiting === 0
  }

  get hours(): OutletHours {
    return this.#at(this.#options.originMs)
  }

  stop(): Promise<void> {
    return this.#station.stop()
  }

  /**
   * Supplementary sending (补传) of every whole hour since `fromMs` and of the minutes of the hours begun. The last day
   * goes first: who looks at the platform meanwhile sees today and not a month that seems to be the newest.
   */
  async catchUp(fromMs: number): Promise<void> {
    const { now, originMs } = this.#options
    await this.#station.start()
    const nowMs = now()
    await this.#tell(fromMs <= originMs ? originMs : nowMs)
    const way = new Way()
    const minutes = [wholeHour(fromMs), wholeHour(nowMs)]
    const recentMs = Math.max(fromMs, wholeHour(nowMs - RECENT_MS))
    for (let startMs = recentMs; startMs + HOUR_MS <= nowMs; startMs += HOUR_MS)
      await way.go(this.#station.upload('2061', startMs))
    for (let startMs = fromMs; startMs < recentMs; startMs += HOUR_MS)
      await way.go(this.#station.upload('2061', startMs))
    // an hour that begins with frames of minutes needs all of them
    for (const hourMs of fromMs <= originMs ? minutes.slice(1) : minutes)
      for (let ms = hourMs; ms < hourMs + HOUR_MS && ms + MINUTES * 60_000 <= nowMs; ms += MINUTES * 60_000)
        await way.go(this.#station.upload('2051', ms))
    await way.end()
  }

  /** Parameters of the instruments and states of the treatment, as they were and as they changed. */
  async #tell(atMs: number): Promise<void> {
    for (const { factor } of this.#outlet.factors)
      await this.#station.sendInfo(this.#parameters(factor, atMs), factor, atMs)
    await this.#station.sendFacilityStates(atMs)
    const changedMs = this.#rangeChangedMs()
    if (changedMs === undefined || atMs > changedMs) return
    await this.#station.sendInfo(
      this.#parameters(rangeChange.factor, changedMs),
      rangeChange.factor,
      changedMs,
    )
  }

  #rangeChangedMs(): number | undefined {
    if (this.#outlet.key !== rangeChange.outlet) return undefined
    return dayMoment(this.#options.anchorMs, rangeChange.daysAgo, rangeChange.clock)
  }

  /** Range, intercept and slope of an instrument at a moment (HJ 212-2017 table B.8). */
  #parameters(factor: string, atMs: number): Record<string, string> {
    const row = this.#outlet.factors.find((each) => each.factor === factor)
    const changedMs = this.#rangeChangedMs()
    const changed = changedMs !== undefined && factor === rangeChange.factor && atMs >= changedMs
    const range = (row?.rangeHigh ?? 0) * (changed ? rangeChange.share : 1)
    return { i13001: String(range), i13007: '0', i13008: '1' }
  }

  #at(ms: number): OutletHours {
    if (ms >= this.#untilMs) {
      this.#untilMs = wholeHour(ms) + AHEAD_MS
      this.#hours = undefined
    }
    this.#hours ??= new OutletHours(this.#outlet, this.#story, this.#options.originMs, this.#untilMs)
    return this.#hours
  }

  #connect(): Station {
    const { mn, password, medium, seed, cast } = this.#outlet
    const { port, now } = this.#options
    const draws = stream(seed, 'logger')
    let drawn = 0
    return createStation({
      host: '127.0.0.1',
      port,
      mn,
      pw: password,
      st: medium === 'air' ? '31' : '32',
      version: '2017',
      factors: stationFactors(this.#outlet),
      values: (code, cn, startMs) => this.#at(startMs).value(code, cn, startMs),
      facilities: cast.treatment.map((_, i) => `SB${i + 1}`),
      information: (factor, info) =>
        factor === undefined ? undefined : this.#parameters(factor, now())[info],
      uploads: ['2011', '2051', '2061'],
      rtdIntervalS: RTD_SECONDS,
      minIntervalMin: MINUTES,
      window: WINDOW,
      // a hundred loggers do not speak in one breath
      jitterMs: JITTER_MS,
      overTimeMs: 60_000,
      now,
      random: () => integer(draws, drawn++, 1_000_000) / 1_000_000,
    })
  }
}

/** A number of messages under way; the next one waits for the oldest, so that memory stays flat. */
class Way {
  readonly #sent: Promise<boolean>[] = []

  async go(message: Promise<boolean>): Promise<void> {
    this.#sent.push(message)
    if (this.#sent.length >= WINDOW) await this.#sent.shift()
  }

  async end(): Promise<void> {
    await Promise.all(this.#sent.splice(0))
  }
}
