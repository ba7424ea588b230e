/** What the gateway's measurements need: a database, stations, processes that are started, asked and ended. */
import { type ChildProcess, fork } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  migrate,
  openDatabase,
  silentLogger,
  startEmbedded,
  type Trx,
  upsertFeature,
  upsertRegion,
} from '@shanshui/server'
import { mnOf, password } from './frames.ts'

export type Embedded = Awaited<ReturnType<typeof startEmbedded>>

export interface Stage {
  readonly folder: string
  embedded: Embedded
  url(): string
  close(): Promise<void>
}

const region = 629_000
const compileCache = join(import.meta.dirname, '../../../node_modules/.cache/shanshui-compile')

/** An embedded database of its own with `stations` registered field machines. */
export async function openStage(
  stations: number,
  points: 'air-station' | 'outlet' = 'air-station',
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'shanshui-bench-gateway-'))
  const embedded = await startEmbedded({ dataDir: folder, log: silentLogger })
  const db = openDatabase(embedded.connectionString)
  await migrate(db.pool)
  await db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', {
      code: region,
      name: '祁川市',
      level: 'city',
      parentCode: null,
    } as never)
    await (points === 'outlet' ? insertOutlets(trx, stations) : insertAirStations(trx, stations))
    await trx.query(
      `insert into hj212_station (mn, point_id, password)
       select m, f.id, $2 from unnest($1::text[]) with ordinality m (m, i)
         join (select id, row_number() over (order by id) i from feature where kind = $3) f using (i)`,
      [Array.from({ length: stations }, (_, i) => mnOf(i)), password, points],
    )
  })
  await db.close()
  const stage: Stage = {
    folder,
    embedded,
    url: () => stage.embedded.connectionString,
    async close() {
      await stage.embedded.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return stage
}

async function insertAirStations(trx: Trx, stations: number): Promise<void> {
  const point = await upsertFeature(trx, 'system', {
    kind: 'air-station',
    code: 'BENCH',
    name: '测试站',
    regionCode: region,
    lon: 102,
    lat: 38,
    properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'bench' },
  } as never)
  await trx.query(
    `insert into feature (kind, code, name, region_code, properties)
     select 'air-station', 'BENCH' || i, '测试站' || i, $1, (select properties from feature where id = $2)
       from generate_series(1, $3::int) i`,
    [region, point.id, stations - 1],
  )
}

/** Outlets of coal-fired power plants, fifty of an enterprise. */
async function insertOutlets(trx: Trx, outlets: number): Promise<void> {
  await trx.query(
    `insert into feature (kind, code, name, region_code, properties)
     select 'outlet', format('BENCH%s-DA%s', (i - 1) / 50, lpad(((i - 1) % 50 + 1)::text, 3, '0')), '排放口' || i, $1,
            jsonb_build_object('enterpriseCode', 'BENCH' || ((i - 1) / 50),
              'number', 'DA' || lpad(((i - 1) % 50 + 1)::text, 3, '0'), 'medium', 'air', 'main', true,
              'facility', 'power-coal-boiler', 'referenceO2', 6,
              'factors', jsonb_build_array('a21026', 'a21002', 'a34013'))
       from generate_series(1, $2::int) i`,
    [region, outlets],
  )
}

export interface Child {
  readonly process: ChildProcess
  /** The next message that has this member. */
  message<T>(member: string, timeoutMs?: number): Promise<T>
}

/** Starts a process of this folder and listens to it. */
export function spawn(file: string, order: object): Child {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // as the command does, see apps/cli/bin
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  })
  const waiting = new Map<string, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  const early = new Map<string, unknown>()
  child.on('message', (message: Record<string, unknown>) => {
    for (const [member, value] of Object.entries(message)) {
      const wanted = waiting.get(member)
      waiting.delete(member)
      if (wanted) wanted.resolve(value as never)
      else early.set(member, value)
    }
  })
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended (${code ?? signal})`))
    waiting.clear()
  })
  return {
    process: child,
    message<T>(member: string, timeoutMs = 120_000) {
      if (early.has(member)) {
        const value = early.get(member) as T
        early.delete(member)
        return Promise.resolve(value)
      }
      return new Promise<T>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${file} did not send "${member}" in time`)),
          timeoutMs,
        )
        waiting.set(member, {
          resolve: (value) => {
            clearTimeout(timer)
            resolve(value)
          },
          reject: (error) => {
            clearTimeout(timer)
            reject(error)
          },
        })
      })
    },
  }
}

export async function endChild(child: Child): Promise<void> {
  const { process: running } = child
  if (running.exitCode !== null || running.signalCode !== null) return
  const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()))
  if (running.connected) running.send('stop')
  const timer = setTimeout(() => running.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(timer)
}

export async function killChild(child: Child): Promise<void> {
  const ended = new Promise<void>((resolve) => child.process.once('exit', () => resolve()))
  child.process.kill('SIGKILL')
  await ended
}

/** One stretch of an open-loop load. */
export interface PhaseResult {
  readonly name: string
  readonly seconds: number
  readonly acks: number
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

export interface LoadResult {
  readonly acks: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly resent: number
  readonly broken: number
  /** Frames that left for the first time, and those of them still without an answer at the end. */
  readonly sent: number
  readonly unanswered: number
  readonly phases: readonly PhaseResult[]
  /** Pairs of station and minute number. */
  readonly acknowledged: readonly number[]
}

/** Median of one 8 kB write with fdatasync in the folder of the database, ms. */
export function fdatasyncMs(folder: string): number {
  const file = join(folder, 'fdatasync')
  const descriptor = openSync(file, 'w')
  const page = Buffer.alloc(8192, 7)
  const times: number[] = []
  for (let i = 0; i < 200; i++) {
    const started = performance.now()
    writeSync(descriptor, page)
    fdatasyncSync(descriptor)
    times.push(performance.now() - started)
  }
  closeSync(descriptor)
  rmSync(file)
  return times.sort((a, b) => a - b)[100] as number
}
