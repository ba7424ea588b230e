/**
 * The gateway as a city with 6,000 outlets loads it: a steady flow, bursts at the full hour, memory over ten minutes.
 * Frames are those of waste-gas outlets with measured and converted values.
 */
import { openDatabase } from '@shanshui/server'
import { endChild, type LoadResult, openStage, type PhaseResult, type Stage, spawn } from './gateway/stage.ts'
import type { BenchOptions, BenchResult } from './result.ts'
import { median } from './spread.ts'

const connections = 6_000
const steadyRate = 200
const burstRate = 5_000
const burstSeconds = 10
const sampleEveryMs = 2_000
/** Longest wait for the answers that are still due at the end. */
const drainMs = 30_000

interface Phase {
  readonly name: 'warm' | 'steady' | 'burst'
  readonly seconds: number
  readonly rate: number
}

/** Steady flow for `seconds` in all, cut by `bursts` bursts; the warm-up before it, with a burst of its own, is not judged. */
function plan(seconds: number, bursts: number): readonly Phase[] {
  const steady = { name: 'steady', seconds: seconds / bursts - burstSeconds, rate: steadyRate } as const
  const burst = { name: 'burst', seconds: burstSeconds, rate: burstRate } as const
  return [
    { name: 'warm', seconds: 5, rate: steadyRate },
    { name: 'warm', seconds: burstSeconds, rate: burstRate },
    { name: 'warm', seconds: 5, rate: steadyRate },
    ...Array.from({ length: bursts }, () => [burst, steady]).flat(),
  ]
}

interface Sample {
  readonly atMs: number
  readonly memoryBytes: number
}

interface Outcome {
  readonly load: LoadResult
  readonly samples: readonly Sample[]
  /** Observations in the database, and frames in the journal. */
  readonly observations: number
  readonly records: number
  readonly judgedSeconds: number
  readonly warmSeconds: number
}

export async function benchOutletsGateway({ quick }: BenchOptions): Promise<readonly BenchResult[]> {
  const [seconds, bursts] = quick ? [60, 2] : [600, 4]
  const stage = await openStage(connections, 'outlet')
  try {
    return report(await run(stage, plan(seconds, bursts)))
  } finally {
    await stage.close()
  }
}

async function run(stage: Stage, phases: readonly Phase[]): Promise<Outcome> {
  const gateway = spawn('gateway-process.ts', { mode: 'product', databaseUrl: stage.url(), port: 0 })
  try {
    const port = await gateway.message<number>('port')
    const load = spawn('load-process.ts', {
      port,
      connections,
      phases,
      outlets: true,
      drainMs,
      seconds: 0,
      rate: steadyRate,
      firstMinute: 0,
      nowMs: Date.now(),
      record: false,
      resendMs: 60_000,
    })
    await load.message('ready')
    const total = phases.reduce((sum, phase) => sum + phase.seconds, 0)
    const result = load.message<LoadResult>('result', (total + 180) * 1000)
    let running = true
    const sampled = sample(gateway, () => running)
    load.process.send('go')
    const loaded = await result
    running = false
    const samples = await sampled
    const stored = await counted(stage)
    const warmSeconds = phases.reduce((sum, { name, seconds }) => (name === 'warm' ? sum + seconds : sum), 0)
    return { load: loaded, samples, ...stored, warmSeconds, judgedSeconds: total - warmSeconds }
  } finally {
    await endChild(gateway)
  }
}

/** Memory of the gateway's process while it runs. */
async function sample(gateway: ReturnType<typeof spawn>, running: () => boolean): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  const started = performance.now()
  while (running()) {
    gateway.process.send('stats')
    const { memoryBytes } = await gateway.message<{ memoryBytes: number }>('stats')
    samples.push({ atMs: performance.now() - started, memoryBytes })
    await new Promise((resolve) => setTimeout(resolve, sampleEveryMs))
  }
  return samples
}

async function counted(stage: Stage): Promise<{ observations: number; records: number }> {
  const db = openDatabase(stage.url())
  try {
    const { rows } = await db.pool.query<{ observations: number; records: number }>(
      `select (select count(*) from obs_min)::int observations,
              (select coalesce(sum(records), 0) from journal_block where kind = 'frames')::int records`,
    )
    return rows[0] ?? { observations: 0, records: 0 }
  } finally {
    await db.close()
  }
}

const megabytes = (bytes: number) => bytes / 1_048_576

function report(outcome: Outcome): readonly BenchResult[] {
  const { load, samples, observations, records, judgedSeconds, warmSeconds } = outcome
  const bursts = load.phases.filter(({ name }) => name === 'burst')
  const steady = load.phases.filter(({ name }) => name === 'steady')
  const acknowledged = load.phases.reduce((sum, phase) => sum + phase.acks, 0)
  const worst = (phases: readonly PhaseResult[]) => Math.max(...phases.map(({ p99 }) => p99))
  const longest = (phases: readonly PhaseResult[]) => Math.max(...phases.map((phase) => phase.longest))
  const perSecond =
    bursts.reduce((sum, { acks }) => sum + acks, 0) / bursts.reduce((sum, { seconds }) => sum + seconds, 0)
  const ran = `${connections} connections, ${judgedSeconds} s`
  const growth = memoryGrowth(samples, warmSeconds * 1000)
  return [
    {
      what: `outlets: frames sent and not acknowledged, or acknowledged and not stored (${ran}, ${bursts.length} bursts of ${burstSeconds} s)`,
      value: load.unanswered + Math.abs(acknowledged - observations) + Math.max(0, acknowledged - records),
      unit: '',
      bar: { kind: 'at-most', value: 0, unit: '' },
      note: `${load.sent} sent, ${acknowledged} acknowledged, ${observations} minutes and ${records} raw frames stored, ${load.broken} broken connections`,
    },
    {
      what: `outlets: acknowledgement during bursts of ${burstRate} frames/s, p99 of the worst`,
      value: worst(bursts),
      unit: 'ms',
      bar: { kind: 'at-most', value: 1_000, unit: 'ms' },
      note: `${perSecond.toFixed(0)} frames/s, p50 ${median(bursts.map(({ p50 }) => p50)).toFixed(0)} ms, longest ${longest(bursts).toFixed(0)} ms`,
    },
    {
      what: `outlets: acknowledgement at ${steadyRate} frames/s, p99 of the worst stretch`,
      value: worst(steady),
      unit: 'ms',
      note: `p50 ${median(steady.map(({ p50 }) => p50)).toFixed(1)} ms`,
    },
    {
      what: `outlets: memory of the gateway at the end beside the beginning (${ran}; medians of the last and the first fifth, each with a burst)`,
      value: megabytes(growth.last),
      unit: 'MB',
      against: { what: 'the first fifth', value: megabytes(growth.first), unit: 'MB' },
      ratio: growth.last / growth.first,
      bar: { kind: 'at-most', value: 1.1, unit: '' },
      note: `highest ${megabytes(growth.highest).toFixed(0)} MB`,
    },
  ]
}

/** Medians of the first and the last fifth after the warm-up. */
function memoryGrowth(samples: readonly Sample[], fromMs: number) {
  const judged = samples.filter(({ atMs }) => atMs >= fromMs).map(({ memoryBytes }) => memoryBytes)
  const fifth = Math.max(1, Math.floor(judged.length / 5))
  return {
    first: median(judged.slice(0, fifth)),
    last: median(judged.slice(-fifth)),
    highest: Math.max(...judged),
  }
}
