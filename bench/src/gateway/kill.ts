/** kill -9 of the database, of the gateway and of both, under load: nothing acknowledged is lost, nothing is doubled. */
import { createConnection, createServer, type Server } from 'node:net'
import { openDatabase, silentLogger, startEmbedded, verifyJournal } from '@shanshui/server'
import { minuteBefore, mnOf } from './frames.ts'
import { type Child, endChild, killChild, type LoadResult, openStage, type Stage, spawn } from './stage.ts'

export interface KillReport {
  readonly rounds: number
  readonly acknowledged: number
  readonly lost: number
  readonly duplicates: number
  readonly wrongValues: number
  /** Acknowledged frames whose raw bytes the journal does not have. */
  readonly withoutEvidence: number
  readonly journalFaults: number
  readonly resent: number
}

type Victim = 'database' | 'gateway' | 'both'
const victims: readonly Victim[] = ['gateway', 'database', 'both']

/** Connections to a fixed port go on to wherever the database listens at the moment. */
async function fixedDoor(target: () => number): Promise<{ port: number; server: Server }> {
  const server = createServer((inner) => {
    const outer = createConnection({ port: target(), host: '127.0.0.1' })
    const end = () => {
      inner.destroy()
      outer.destroy()
    }
    inner.on('error', end).on('close', end)
    outer.on('error', end).on('close', end)
    inner.pipe(outer)
    outer.pipe(inner)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as { port: number }).port, server }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function killRounds(
  rounds: number,
  connections: number,
  secondsPerRound = 2,
): Promise<KillReport> {
  const stage = await openStage(connections)
  const door = await fixedDoor(() => Number(new URL(stage.url()).port))
  const doorUrl = () => {
    const url = new URL(stage.url())
    url.port = String(door.port)
    return url.href
  }
  const nowMs = Date.now()
  let gateway = spawn('gateway-process.ts', { mode: 'product', databaseUrl: doorUrl(), port: 0 })
  const port = await gateway.message<number>('port')
  const load = spawn('load-process.ts', {
    port,
    connections,
    seconds: 3_600, // until told to finish
    rate: 0,
    firstMinute: 0,
    nowMs,
    record: true,
    resendMs: 500, // shorter than a restart, so that frames are sent twice
  })
  try {
    await load.message('ready')
    load.process.send('go')
    for (let round = 0; round < rounds; round++) {
      await pause(secondsPerRound * 1000 * (0.5 + Math.random()))
      gateway = await strike(stage, victims[round % victims.length] as Victim, gateway, { doorUrl, port })
    }
    await pause(secondsPerRound * 1000)
    load.process.send('finish')
    const result = await load.message<LoadResult>('result', 600_000)
    await endChild(gateway)
    return { rounds, ...(await check(stage, result, nowMs)) }
  } finally {
    load.process.kill('SIGKILL')
    gateway.process.kill('SIGKILL')
    door.server.close()
    await stage.close()
  }
}

async function strike(
  stage: Stage,
  victim: Victim,
  gateway: Child,
  start: { doorUrl: () => string; port: number },
): Promise<Child> {
  const restart = async () => {
    const again = spawn('gateway-process.ts', {
      mode: 'product',
      databaseUrl: start.doorUrl(),
      port: start.port,
    })
    await again.message('port')
    return again
  }
  if (victim === 'gateway') {
    await killChild(gateway)
    return await restart()
  }
  const killed = stage.embedded.pid
  process.kill(killed, 'SIGKILL')
  if (victim === 'both') await killChild(gateway)
  await databaseBack(stage, killed)
  return victim === 'both' ? await restart() : gateway
}

/** Its supervisor starts the database again, a few times; after that it is started here as an operator would. */
async function databaseBack(stage: Stage, killed: number): Promise<void> {
  let gaveUp = false
  void stage.embedded.ended.then(() => {
    gaveUp = true
  })
  while (!gaveUp && stage.embedded.pid === killed) await pause(20)
  if (!gaveUp) return
  await stage.embedded.stop().catch(() => undefined)
  stage.embedded = await startEmbedded({ dataDir: stage.folder, log: silentLogger })
}

async function check(stage: Stage, result: LoadResult, nowMs: number): Promise<Omit<KillReport, 'rounds'>> {
  const db = openDatabase(stage.url())
  try {
    const { rows } = await db.pool.query<{
      mn: string
      ts: Date
      value: number
      copies: string
      msg: string
    }>(
      `select s.mn, o.ts, max(o.vals[array_position(l.factors, 'a34004')]) as value, count(*) as copies, max(o.msg) as msg
         from obs_min o join hj212_station s on s.point_id = o.point_id join layout l on l.id = o.layout group by s.mn, o.ts`,
    )
    const stored = new Map(rows.map((r) => [`${r.mn}|${r.ts.getTime()}`, r]))
    const { rows: blocks } = await db.pool.query<{ id: string; records: number }>(
      'select id, records from journal_block',
    )
    const records = new Map(blocks.map((b) => [b.id, b.records]))
    let lost = 0
    let wrongValues = 0
    let withoutEvidence = 0
    for (let i = 0; i < result.acknowledged.length; i += 2) {
      const [station, minute] = [result.acknowledged[i] as number, result.acknowledged[i + 1] as number]
      const row = stored.get(`${mnOf(station)}|${minuteBefore(nowMs, minute)}`)
      if (row === undefined) lost += 1
      else {
        if (row.value !== (minute + station) % 1000) wrongValues += 1
        const msg = BigInt(row.msg)
        if (Number(msg & 0xffffn) >= (records.get(String(msg >> 16n)) ?? 0)) withoutEvidence += 1
      }
    }
    return {
      acknowledged: result.acknowledged.length / 2,
      lost,
      duplicates: rows.filter((r) => Number(r.copies) > 1).length,
      wrongValues,
      withoutEvidence,
      journalFaults: (await verifyJournal(db.pool)).faults.length,
      resent: result.resent,
    }
  } finally {
    await db.close()
  }
}
