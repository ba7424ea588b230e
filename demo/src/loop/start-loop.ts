import type { FeatureImportResult } from '@shanshui/contract'
import { AppError, type Clock, type RunningServer } from '@shanshui/server'
import { Api } from '../api.ts'
import { enterprises } from '../sources/cast.ts'
import { creditCode } from '../sources/codes.ts'
import { idsByCode } from '../sources/load-registry.ts'
import { loadLoop } from './load-loop.ts'
import { mineFeature, mines } from './mines.ts'

export interface LoopStart {
  readonly server: RunningServer
  readonly seed: number
  readonly password: string
  readonly clock: Clock
  readonly print: (line: string) => void
  /** called once everything is in */
  readonly done: () => void
}

export interface DemoLoop {
  readonly filled: Promise<boolean>
  stop(): Promise<void>
}

const SOURCE = 'wuran'

/** Problems, matters, complaints, tasks and training come in while people are already looking; a stop is resumed. */
export function startLoop(options: LoopStart): DemoLoop {
  let stopping = false
  const filled = fill(options, () => stopping).catch((error: unknown) => {
    if (!stopping) options.print(`事项、信访等演示内容未能备齐，下次启动时继续：${String(error)}`)
    return false
  })
  return {
    filled,
    async stop() {
      stopping = true
      await filled
    },
  }
}

async function fill(options: LoopStart, stopping: () => boolean): Promise<boolean> {
  const { server, seed, clock } = options
  const nowMs = clock.now()
  const source = new Api(server.url ?? '')
  await source.logIn(SOURCE, options.password)
  await registerMines(source, nowMs)
  const regionOf = new Map(enterprises.map(({ key, regionCode }) => [key, regionCode]))
  const codeOf = (key: string) => creditCode(seed, key, regionOf.get(key) ?? 0)
  const ids = new Map<string, number>()
  for (const kind of ['enterprise', 'mine']) {
    for (const [code, id] of await idsByCode(source, [kind])) ids.set(`${kind}:${code}`, id)
  }
  const idOf = (feature: string) => ids.get(feature)
  const told = await loadLoop({ deps: server.deps, seed, nowMs, codeOf, idOf, stopping })
  if (told) options.done()
  return told
}

async function registerMines(source: Api, nowMs: number): Promise<void> {
  const features = mines.map((mine) => {
    const { code, name, lon, lat, regionCode, properties } = mineFeature(mine, nowMs)
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { code, name, regionCode, ...properties },
    }
  })
  const text = JSON.stringify({ type: 'FeatureCollection', features })
  const file = { name: '矿井.geojson', text }
  const { errors } = await source.upload<FeatureImportResult>('/registry/kinds/mine/import', file, {})
  if (errors.length === 0) return
  throw new AppError('demo.load-failed', { detail: `矿井：${JSON.stringify(errors.slice(0, 3))}` })
}
