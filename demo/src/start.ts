import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Config, RunningServer, ServerOptions } from '@shanshui/server'
import { createLogger, lockDirectory, startServer, systemClock } from '@shanshui/server'
import { DemoAir } from './air.ts'
import { Api } from './api.ts'
import { civilDate, dayOf, HOUR_MS } from './calendar.ts'
import { clearDemoFolder, type DemoMarker, newMarker, readMarker, writeMarker } from './data-folder.ts'
import { requireFreePort } from './free-port.ts'
import { type LiveStations, startLive } from './live.ts'
import { confirmSand, FIRST_MS, hourFiles, importHours, importPeers, rollupsDone } from './load-air.ts'
import { loadPeople } from './load-people.ts'
import { loadPlaces } from './load-places.ts'
import { loadTargets } from './load-targets.ts'
import { type DemoLoop, startLoop } from './loop/start-loop.ts'
import { people } from './people.ts'
import { type DemoSources, startSources } from './sources/start-sources.ts'
import { buildWeb, webDir, webIsStale } from './web-build.ts'
import { DEMO_SEED } from './year.ts'

export interface DemoOptions {
  /** effective configuration of the server, data folder included */
  readonly config: Config
  /** the configuration as the page of the system's state shows it, secrets masked */
  readonly configEntries?: ServerOptions['configEntries']
  readonly fresh: boolean
  /** the time that the city believes it is; the machine's own when left out */
  readonly clock?: Clock
  /** days of history that the outlets hand over at the first start; {@link HISTORY_DAYS} when left out */
  readonly historyDays?: number
  /** says in one line what is going on */
  readonly print: (line: string) => void
  readonly onDatabaseEnded?: (reason: string) => void
}

export interface RunningDemo {
  readonly url: string
  readonly gatewayPort: number
  readonly password: string
  /** from the command to the first page */
  readonly seconds: number
  /** Days of history that the outlets are handing over meanwhile; 0 when nothing but what was slept through. */
  readonly fillingDays: number
  /** Seconds from the command until that and what people did are in; undefined when a stop or a failure came first. */
  readonly filled: Promise<number | undefined>
  stop(): Promise<void>
}

/** Hours younger than this come over the line (补传) instead of by file. */
const BY_LINE_MS = 24 * HOUR_MS
/** Days of hours that the outlets hand over at the first start (补传): enough for rules that look back a month. */
export const HISTORY_DAYS = 60
/** A hundred and ten outlets and their past come from one address: limits for a single sender would hold them up. */
const GATEWAY = {
  limits: { framesPerSecondPerAddress: 100_000, framesPerSecondPerMn: 2000 },
  window: { futureMs: 10 * 60_000, pastMs: 400 * 24 * HOUR_MS },
} as const
const ANALYST = 'jiance'
const DIRECTOR = 'juzhang'

/**
 * Starts the demo city: the product with its own doors and nothing else. The first start loads everything once; later
 * starts hand over the hours missed since.
 */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const { config, print } = options
  const clock = options.clock ?? systemClock
  const began = performance.now()
  await requireFreePort(config.httpHost, config.httpPort, '网页')
  await requireFreePort(config.gatewayHost, config.gatewayPort, '现场机接入')
  if (options.fresh) await startOver(config.dataDir)
  let marker = readMarker(config.dataDir) ?? newMarker(DEMO_SEED, FIRST_MS)
  writeMarker(config.dataDir, marker)
  const web = prepareWeb(config, print)
  web.catch(() => undefined) // reported below, where it is awaited, unless the server fails first
  const server = await startServer(
    { ...config, webDir: config.webDir || webDir },
    {
      // people read the terminal; what went wrong stands in the file
      log: createLogger('warn', createWriteStream(join(config.dataDir, 'server.log'), { flags: 'a' })),
      clock,
      withoutFirstAdministrator: true,
      gateway: GATEWAY,
      ...(options.configEntries && { configEntries: options.configEntries }),
      ...(options.onDatabaseEnded && { onDatabaseEnded: options.onDatabaseEnded }),
    },
  )
  let live: LiveStations | undefined
  let outlets: DemoSources | undefined
  let loop: DemoLoop | undefined
  try {
    const air = new DemoAir(marker.seed)
    const keep = (change: Partial<DemoMarker>) => {
      marker = { ...marker, ...change }
      writeMarker(config.dataDir, marker)
    }
    if (!marker.loaded) await loadCity(server, air, marker, clock, print, keep)
    const url = server.url ?? ''
    const historyDays = options.historyDays ?? HISTORY_DAYS
    const fillingDays = marker.sources?.told === true ? 0 : historyDays
    outlets = await startSources({
      server,
      seed: marker.seed,
      password: marker.password,
      marker: marker.sources,
      historyDays,
      clock,
      print,
      keep: (sources) => keep({ sources }),
    })
    live = await goLive(server, air, marker, clock, print, keep)
    await web
    if (marker.loop !== true) {
      loop = startLoop({
        server,
        seed: marker.seed,
        password: marker.password,
        clock,
        print,
        done: () => keep({ loop: true }),
      })
    }
    const matters = loop
    const stations = live
    const loggers = outlets
    const sinceCommand = () => (performance.now() - began) / 1000
    return {
      url,
      gatewayPort: server.gatewayPort ?? 0,
      password: marker.password,
      seconds: sinceCommand(),
      fillingDays,
      filled: Promise.all([loggers.filled, matters?.filled ?? true]).then((done) =>
        done.every(Boolean) ? sinceCommand() : undefined,
      ),
      async stop() {
        await Promise.all([stations.stop(), loggers.stop(), matters?.stop()])
        await server.stop()
      },
    }
  } catch (error) {
    await Promise.all([live?.stop(), outlets?.stop(), loop?.stop()])
    await server.stop()
    throw error
  }
}

/** Empties the folder of an earlier demo, unless that demo is still running in it. */
async function startOver(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const lock = await lockDirectory(folder)
  try {
    clearDemoFolder(folder)
  } finally {
    lock.release()
  }
}

/** Builds the web application beside the loading where it is missing or old; a given folder is taken as it is. */
async function prepareWeb(config: Config, print: (line: string) => void): Promise<void> {
  if (config.webDir !== '' || !webIsStale()) return
  mkdirSync(webDir, { recursive: true })
  print('构建网页 ……')
  await buildWeb()
  print('网页已构建')
}

async function loadCity(
  server: RunningServer,
  air: DemoAir,
  marker: DemoMarker,
  clock: Clock,
  print: (line: string) => void,
  keep: (change: Partial<DemoMarker>) => void,
): Promise<void> {
  const nowMs = clock.now()
  print('装载演示城市祁川市：行政区、单位、人员')
  const organizationIds = await loadPeople(server.deps, marker.seed, marker.password)
  const origin = server.url ?? ''
  const analyst = new Api(origin)
  await analyst.logIn(ANALYST, marker.password)
  print('登记站点、对标城市，确认沙尘时段')
  const { cityId } = await loadPlaces(analyst, organizationIds.get('bureau') ?? 0)
  const byFileMs = Math.floor((nowMs - BY_LINE_MS) / HOUR_MS) * HOUR_MS
  await confirmSand(analyst, air, cityId, byFileMs)
  print('导入 2021 年以来的小时数据')
  await importHours(analyst, hourFiles(air, FIRST_MS, byFileMs), print)
  await importPeers(analyst, marker.seed, nowMs)
  print('汇总日、月、年数据')
  await rollupsDone(analyst, () => {})
  const director = new Api(origin)
  await director.logIn(DIRECTOR, marker.password)
  await loadTargets(director, cityId, civilDate(dayOf(nowMs)).year)
  keep({ loaded: true, handedOverMs: byFileMs })
}

/** Connects the stations; hours that the platform has not got yet come by file when they are old, else by line. */
async function goLive(
  server: RunningServer,
  air: DemoAir,
  marker: DemoMarker,
  clock: Clock,
  print: (line: string) => void,
  keep: (change: Partial<DemoMarker>) => void,
): Promise<LiveStations> {
  const byFileMs = Math.floor((clock.now() - BY_LINE_MS) / HOUR_MS) * HOUR_MS
  const live = startLive({
    air,
    port: server.gatewayPort ?? 0,
    now: () => clock.now(),
    resendFromMs: Math.max(marker.handedOverMs, byFileMs),
    onHandedOver: (beforeMs) => keep({ handedOverMs: beforeMs }),
  })
  if (marker.handedOverMs < byFileMs) void handOverOldHours(server, air, marker, byFileMs, clock, print)
  await live.caughtUp
  return live
}

/** The demo slept for more than a day: its hours arrive as a file, while people are already looking. */
async function handOverOldHours(
  server: RunningServer,
  air: DemoAir,
  marker: DemoMarker,
  byFileMs: number,
  clock: Clock,
  print: (line: string) => void,
): Promise<void> {
  try {
    const analyst = new Api(server.url ?? '')
    await analyst.logIn(ANALYST, marker.password)
    await importHours(analyst, hourFiles(air, marker.handedOverMs, byFileMs), print)
    await importPeers(analyst, marker.seed, clock.now())
  } catch (error) {
    print(`补录停机期间的小时数据未成功：${error instanceof Error ? error.message : String(error)}`)
  }
}

const scopeNames: Readonly<Record<number, string>> = {
  629000: '全市',
  629001: '金河区',
  629002: '石岭区',
  629021: '禾川县',
}

/** The people of the demo as rows: account, who it is, what it sees. */
export function loginRows(): readonly { login: string; who: string; scope: string }[] {
  return people.map(({ login, title, name, regions }) => ({
    login,
    who: `${title} ${name}`,
    scope: regions.map((code) => scopeNames[code] ?? String(code)).join('、'),
  }))
}
