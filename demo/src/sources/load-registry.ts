import type { FeatureImportResult } from '@shanshui/contract'
import { AppError } from '@shanshui/server'
import type { Api } from '../api.ts'
import { dayOf } from '../calendar.ts'
import { registryFiles } from './features.ts'
import { type DemoEnterprise, type DemoOutlet, demoOutlets } from './outlets.ts'
import { type DemoPermit, demoPermits } from './permits.ts'

export interface RegistryCast {
  readonly outlets: readonly DemoOutlet[]
  readonly permits: readonly DemoPermit[]
}

export interface LoadedSources extends RegistryCast {
  /** feature ids by code */
  readonly ids: ReadonlyMap<string, number>
}

const AT_ONCE = 8

/**
 * What the city registers when it is first started at `nowMs`.
 * @param historyDays days of history that will be handed over: no permit is older
 */
export function registryCast(seed: number, nowMs: number, historyDays: number): RegistryCast {
  const outlets = demoOutlets(seed)
  return { outlets, permits: demoPermits(seed, outlets, dayOf(nowMs), historyDays) }
}

/** The enterprise that the cast calls by this key. */
export function enterpriseOf({ permits }: RegistryCast, key: string): DemoEnterprise | undefined {
  return permits.find(({ enterprise }) => enterprise.key === key)?.enterprise
}

/**
 * Parks, enterprises, outlets, devices, treatment, permits: imported as files, by the source section; then the data
 * loggers in the gateway's list. Repeating is harmless.
 * @param historyDays as of {@link registryCast}
 */
export async function loadRegistry(
  source: Api,
  seed: number,
  nowMs: number,
  historyDays: number,
): Promise<void> {
  const { outlets, permits } = registryCast(seed, nowMs, historyDays)
  for (const { kind, name, features } of registryFiles(seed, outlets, permits, dayOf(nowMs))) {
    const text = JSON.stringify({ type: 'FeatureCollection', features })
    const file = { name: `${name}.geojson`, text }
    const { errors } = await source.upload<FeatureImportResult>(`/registry/kinds/${kind}/import`, file, {})
    if (errors.length > 0) {
      const detail = `${name}：${errors.length} 行有错，${JSON.stringify(errors.slice(0, 3))}`
      throw new AppError('demo.load-failed', { detail })
    }
  }
  const ids = await idsByCode(source, ['outlet'])
  await enlist(source, outlets, ids)
}

/** Feature ids by code. */
export async function idsByCode(api: Api, kinds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (const kind of kinds) {
    const { items } = await api.get<{ items: { id: number; code: string }[] }>(
      `/features?kind=${kind}&limit=1000`,
    )
    for (const { id, code } of items) ids.set(code, id)
  }
  return ids
}

async function enlist(
  source: Api,
  outlets: readonly DemoOutlet[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  await inTurns(outlets, AT_ONCE, async ({ mn, code, password }) => {
    await source.put(`/gateway/stations/${mn}`, {
      pointId: ids.get(code),
      password,
      dialect: { timeLabel: 'start', minuteInterval: 10, rtdIntervalS: 60 },
      enabled: true,
      reason: '污染源自动监控设备联网登记',
    })
  })
}

/** Works through a list, some at a time. */
export async function inTurns<T>(
  list: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...list]
  const run = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, run))
}
