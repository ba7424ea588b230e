import type { Clock, RunningServer } from '@shanshui/server'
import { Api } from '../api.ts'
import { DAY_MS, HOUR_MS } from '../calendar.ts'
import type { SourcesMarker } from '../data-folder.ts'
import { type LiveOutlets, startOutlets } from './live-outlets.ts'
import { loadRegistry } from './load-registry.ts'

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
  stop(): Promise<void>
}

const SOURCE = 'wuran'

/** The enterprises of the city: registered at the first start, and reporting from then on. */
export async function startSources(options: SourcesOptions): Promise<DemoSources> {
  const { server, seed, clock, print, keep } = options
  let marker = options.marker
  if (marker === undefined) {
    print('登记排污单位、排放口、自动监测设备、排污许可证')
    const anchorMs = Math.floor(clock.now() / HOUR_MS) * HOUR_MS
    const originMs = anchorMs - options.historyDays * DAY_MS
    const source = new Api(server.url ?? '')
    await source.logIn(SOURCE, options.password)
    await loadRegistry(source, seed, clock.now(), options.historyDays)
    marker = { anchorMs, originMs, handedOverMs: originMs, told: false }
    keep(marker)
    print(`排放口补传 ${options.historyDays} 日小时数据（HJ 212，CN=2061）`)
  }
  const outlets = startOutlets({
    seed,
    port: server.gatewayPort ?? 0,
    now: () => clock.now(),
    anchorMs: marker.anchorMs,
    originMs: marker.originMs,
    resendFromMs: marker.handedOverMs,
    onHandedOver: (beforeMs) => {
      marker = { ...(marker as SourcesMarker), handedOverMs: beforeMs }
      keep(marker)
    },
  })
  await caughtUp(outlets)
  return outlets
}

async function caughtUp(outlets: LiveOutlets): Promise<void> {
  await outlets.caughtUp
}
