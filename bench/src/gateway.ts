/** The gateway under load: throughput beside its own ceiling, time to the acknowledgement, memory, kill -9. */
import { killRounds } from './gateway/kill.ts'
import { endChild, fdatasyncMs, type LoadResult, openStage, type Stage, spawn } from './gateway/stage.ts'
import type { BenchOptions, BenchResult } from './result.ts'

interface Run {
  readonly load: LoadResult
  readonly memoryBytes: number
  readonly batchSizeMean: number
}

interface LoadPlan {
  readonly connections: number
  readonly seconds: number
  readonly rate: number
}

const mostConnections = 6_000
/** Not measured: the first seconds, in which both sides compile their code. */
const warmSeconds = 2
/** Runs use different minutes, so that every frame is new. */
let nextMinute = 0

async function run(stage: Stage, mode: 'product' | 'ack-only', plan: LoadPlan): Promise<Run> {
  const gateway = spawn('gateway-process.ts', { mode, databaseUrl: stage.url(), port: 0 })
  try {
    const port = await gateway.message<number>('port')
    const load = spawn('load-process.ts', {
      port,
      ...plan,
      firstMinute: nextMinute,
      nowMs: Date.now(),
      record: false,
      resendMs: 30_000,
      warmSeconds,
    })
    await load.message('ready')
    load.process.send('go')
    const result = await load.message<LoadResult>('result', (plan.seconds + 120) * 1000)
    if (mode === 'product') nextMinute += Math.ceil(result.acks / plan.connections) * 3 + 10
    gateway.process.send('stats')
    const { memoryBytes, batchSizeMean = 0 } = await gateway.message<{
      memoryBytes: number
      batchSizeMean?: number
    }>('stats')
    return { load: result, memoryBytes, batchSizeMean }
  } finally {
    await endChild(gateway)
  }
}

const megabytes = (bytes: number) => bytes / 1_048_576

/** Frame → parsed → journal and values committed → acknowledged, against parse and acknowledge only; interleaved, best of each. */
async function throughput(stage: Stage, connections: number, quick: boolean): Promise<BenchResult> {
  const plan = { connections, seconds: quick ? 4 : 8, rate: 0 }
  let product: Run | undefined
  let ceiling = 0
  for (let repetition = 0; repetition < (quick ? 1 : 3); repetition++) {
    ceiling = Math.max(ceiling, (await run(stage, 'ack-only', plan)).load.perSecond)
    const again = await run(stage, 'product', plan)
    if (product === undefined || again.load.perSecond > product.load.perSecond) product = again
  }
  const { load, batchSizeMean } = product as Run
  return {
    what: `journal and values committed, then acknowledged; ${connections} connections`,
    value: load.perSecond,
    unit: 'frames/s',
    against: { what: 'parse and acknowledge only', value: ceiling, unit: 'frames/s' },
    ratio: load.perSecond / ceiling,
    bar: { kind: 'at-least', value: 0.5, unit: '' },
    note: `p99 ${load.p99.toFixed(0)} ms, ${batchSizeMean.toFixed(0)} frames a batch`,
  }
}

async function latency(stage: Stage, quick: boolean): Promise<BenchResult> {
  const floor = fdatasyncMs(stage.folder)
  const { load } = await run(stage, 'product', { connections: 1_000, seconds: quick ? 6 : 15, rate: 2_000 })
  return {
    what: 'time to the acknowledgement, p99, at 2,000 frames/s and 1,000 connections',
    value: load.p99,
    unit: 'ms',
    against: { what: 'fdatasync of 8 kB', value: floor, unit: 'ms' },
    bar: { kind: 'at-most', value: 3 * floor + 20, unit: 'ms' },
    note: `p50 ${load.p50.toFixed(1)} ms, ${load.perSecond.toFixed(0)} frames/s acknowledged`,
  }
}

async function memory(
  stage: Stage,
  connections: number,
  barMb: number,
  quick: boolean,
): Promise<BenchResult> {
  const { memoryBytes, load } = await run(stage, 'product', {
    connections,
    seconds: quick ? 6 : 20,
    rate: 2_000,
  })
  return {
    what: `memory of the gateway process, ${connections} connections`,
    value: megabytes(memoryBytes),
    unit: 'MB',
    bar: { kind: 'at-most', value: barMb, unit: 'MB' },
    note: `after ${load.acks} frames at 2,000/s`,
  }
}

async function kills(quick: boolean): Promise<BenchResult[]> {
  const report = await killRounds(quick ? 3 : 20, 200)
  const note = `${report.rounds} rounds, ${report.acknowledged} acknowledged, ${report.resent} sent again`
  const none = { kind: 'at-most', value: 0, unit: '' } as const
  return [
    {
      what: 'kill -9 of gateway, database, both: acknowledged frames lost',
      value: report.lost,
      unit: '',
      bar: none,
      note,
    },
    { what: 'kill -9: duplicated values', value: report.duplicates, unit: '', bar: none },
    { what: 'kill -9: wrong values', value: report.wrongValues, unit: '', bar: none },
    { what: 'kill -9: acknowledged without raw bytes', value: report.withoutEvidence, unit: '', bar: none },
    { what: 'kill -9: faults of the hash chain', value: report.journalFaults, unit: '', bar: none },
  ]
}

export async function benchGateway({ quick }: BenchOptions): Promise<BenchResult[]> {
  const stage = await openStage(mostConnections)
  const results: BenchResult[] = []
  try {
    results.push(await throughput(stage, 100, quick), await throughput(stage, 1_000, quick))
    results.push(await latency(stage, quick))
    results.push(await memory(stage, 1_000, 200, quick), await memory(stage, mostConnections, 400, quick))
  } finally {
    await stage.close()
  }
  return [...results, ...(await kills(quick))]
}
