import type { Clock, RunningServer } from '@shanshui/server'
import { Api } from '../api.ts'
import { civilDate, DAY_MS, dayOf, HOUR_MS } from '../calendar.ts'
import type { SourcesMarker } from '../data-folder.ts'
import { type LiveOutlets, startOutlets } from './live-outlets.ts'
import { loadMarks } from './load-marks.ts'
import { idsByCode, loadRegistry, registryCast } from './load-registry.ts'
import { loadReports, type ReportsOptions, settle } from './load-reports.ts'
import { loadTotals } from './load-totals.ts'

export interface SourcesOptions {
  readonly server: RunningServer
  readonly seed: number
  readonly password: string
  readonly marker: SourcesMarker | undefined
  readonly historyDays: number
  readonly clock: Clock
  readonly print: (line: string) => void
  readonly keep: (marker: SourcesMarker) => void
}

export interface DemoSources {
  /**
   * Resolves when the past of the outlets and what people did are in, while the platform is in use: true when they are;
   * false when a stop or a failure came first, and the next start goes on.
   */
  readonly filled: Promise<boolean>
  stop(): Promise<void>
}

const SOURCE = 'wuran'
const DIRECTOR = 'juzhang'
/** Enterprises of the cast that somebody logs in for. */
const enterpriseLogins = { smelter: 'qiye', sewage2: 'wushui', cement: 'shuini' } as const

/** The enterprises of the city: registered at the first start, and reporting from then on. */
export async function startSources(options: SourcesOptions): Promise<DemoSources> {
  const { server, seed, clock, print, keep, historyDays } = options
  const logIn = async (login: string) => {
    const api = new Api(server.url ?? '')
    await api.logIn(login, options.password)
    return api
  }
  let marker = options.marker
  if (marker === undefined) {
    print('登记排污单位、排放口、自动监测设备、排污许可证')
    const anchorMs = Math.floor(clock.now() / HOUR_MS) * HOUR_MS
    const originMs = anchorMs - historyDays * DAY_MS
    await loadRegistry(await logIn(SOURCE), seed, anchorMs, historyDays)
    marker = { anchorMs, originMs, handedOverMs: originMs, told: false }
    keep(marker)
  }
  const { anchorMs, originMs, handedOverMs, told } = marker
  const change = (more: Partial<SourcesMarker>) => {
    marker = { ...(marker as SourcesMarker), ...more }
    keep(marker)
  }
  const outlets = startOutlets({
    seed,
    port: server.gatewayPort ?? 0,
    now: () => clock.now(),
    anchorMs,
    originMs,
    resendFromMs: handedOverMs,
    onHandedOver: (beforeMs) => change({ handedOverMs: beforeMs }),
  })
  let stopping = false
  let asked: Promise<ReportsOptions> | undefined
  const reports = () => {
    asked ??= reportsOf({ logIn, seed, anchorMs, originMs, outlets })
    return asked
  }
  // The platform comes to the same by itself within hours; a stop in between leaves it to the next start.
  const settleMeanwhile = async () => {
    try {
      await settle(await reports())
      if (!stopping) change({ settled: true })
    } catch (error) {
      if (!stopping) print(`义务、台账与线索稍后由平台自行核对：${String(error)}`)
    }
  }
  const fill = async (): Promise<boolean> => {
    try {
      if (!(await outlets.caughtUp)) return false
      if (!told) {
        await tell(await reports(), await logIn(DIRECTOR))
        change({ told: true })
      }
    } catch (error) {
      if (!stopping) print(`排放口的历史数据与演示事件未能备齐，下次启动时继续：${String(error)}`)
      return false
    }
    if (marker?.settled !== true) void settleMeanwhile()
    return true
  }
  return {
    filled: fill(),
    async stop() {
      stopping = true
      await outlets.stop()
    },
  }
}

/** What people do: marks, tickets, reports, reductions; by the logins that would. */
async function tell(reports: ReportsOptions, director: Api): Promise<void> {
  const { source, enterprises, loaded, anchorMs } = reports
  await loadMarks({ source, enterprises, loaded, anchorMs })
  await loadReports(reports)
  await loadTotals({
    source,
    director,
    loaded,
    thisYear: civilDate(dayOf(anchorMs)).year,
  })
}

interface People {
  readonly logIn: (login: string) => Promise<Api>
  readonly seed: number
  readonly anchorMs: number
  readonly originMs: number
  readonly outlets: LiveOutlets
}

/** The logins that tell it, and what stands in the registry. */
async function reportsOf({ logIn, seed, anchorMs, originMs, outlets }: People): Promise<ReportsOptions> {
  const source = await logIn(SOURCE)
  const enterprises: Record<string, Api> = {}
  for (const [key, login] of Object.entries(enterpriseLogins)) enterprises[key] = await logIn(login)
  const cast = registryCast(seed, anchorMs, (anchorMs - originMs) / DAY_MS)
  const loaded = { ...cast, ids: await idsByCode(source, ['enterprise', 'outlet', 'permit']) }
  return { source, enterprises, loaded, anchorMs, originMs, hoursOf: outlets.hoursOf }
}
