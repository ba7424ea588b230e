/**
 * Eight writers in processes of their own read one stream, each hour within milliseconds; they are killed with -9 again and again,
 * started anew from the beginning of the stream, and once the database is killed under them: no lead twice, none lost.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { migrate, openDatabase, startEmbedded } from '../../platform/db/index.ts'
import { silentLogger } from '../../platform/log.ts'
import { createFirstAdministrator } from '../identity/index.ts'
import {
  calmAfterHours,
  directOutlets,
  expectedLeads,
  queuedOutlets,
  streamHours,
  streamStartMs,
} from './fault-stream.ts'
import { insertPlant } from './lead-fixture.ts'
import { seedRules } from './rule.service.ts'
import { changeRuleDirectly } from './rule-fixture.ts'

const writers = 8
/** Hours at which two writers are killed while they are at it, and the one at which the database is. */
const strikeHours: readonly number[] = [3, 11, 19, 28, 37, 50]
const databaseHour = 28
interface Writer {
  process: ChildProcess
  done: Promise<'finished' | 'killed'>
  hour: number
}

function startWriter(url: string, floor: number): Writer {
  const child = fork(join(import.meta.dirname, 'fault-writer.ts'), [JSON.stringify({ url, floor })], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const writer: Writer = { process: child, hour: -1, done: Promise.resolve('killed') }
  let finished = false
  child.on('message', (message: { hour?: number; finished?: true }) => {
    writer.hour = message.hour ?? writer.hour
    finished ||= message.finished === true
  })
  writer.done = new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (finished) resolve('finished')
      else if (signal === 'SIGKILL') resolve('killed')
      else reject(new Error(`a writer ended by itself (${code ?? signal})`))
    })
  })
  writer.done.catch(() => undefined)
  return writer
}

async function reached(running: readonly Writer[], hour: number): Promise<void> {
  while (running.some((writer) => writer.hour < hour)) await pause(3)
}

test('eight writers, frames milliseconds apart, kill -9, a killed database, replays: duplicates 0, losses 0', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shanshui-lead-fault-'))
  const embedded = await startEmbedded({ dataDir: folder, log: silentLogger })
  const running: Writer[] = []
  try {
    const db = openDatabase(embedded.connectionString, { poolSize: 2 })
    await migrate(db.pool)
    await createFirstAdministrator({ db })
    await seedRules(db.pool, streamStartMs)
    // The other rules look at the same hours and would lengthen the test, not sharpen it.
    await db.pool.query(`update lead_rule set enabled = id = 'exceedance.begins'`)
    await changeRuleDirectly(db, 'exceedance.begins', { calmAfterHours })
    const numbers = Array.from({ length: directOutlets + queuedOutlets }, (_, i) => ({
      number: `DA00${i + 1}`,
      properties: { factors: ['a21026'] },
    }))
    const { outlets } = await insertPlant(db, { code: '91620300MA00000001', name: '甲厂', outlets: numbers })

    for (let i = 0; i < writers; i++) running.push(startWriter(embedded.connectionString, -1))
    let killed = 0
    for (let hour = 0; hour < streamHours; hour++) {
      for (const writer of running) writer.process.send({ floor: hour })
      if (strikeHours.includes(hour)) {
        await pause(hour % 7)
        const before = embedded.pid
        if (hour === databaseHour) process.kill(before, 'SIGKILL')
        for (const i of [hour % writers, (hour + 3) % writers]) {
          const writer = running[i] as Writer
          writer.process.kill('SIGKILL')
          if ((await writer.done) === 'killed') killed++
          running[i] = startWriter(embedded.connectionString, hour)
        }
        while (hour === databaseHour && embedded.pid === before) await pause(20)
      }
      await Promise.race([
        reached(running, hour),
        ...running.map((writer) => writer.done.then(() => new Promise<never>(() => undefined))),
      ])
    }
    expect(await Promise.all(running.map((writer) => writer.done))).toEqual(Array(writers).fill('finished'))
    expect(killed).toBe(2 * strikeHours.length)

    const { rows: leads } = await db.pool.query<{
      feature_id: number
      from: number
      to: number
      openings: number
    }>(
      `select feature_id, (extract(epoch from from_at) * 1000)::float8 as from, (extract(epoch from to_at) * 1000)::float8 as to,
              openings from lead order by feature_id, from_at`,
    )
    const expected = outlets.flatMap((outlet, i) =>
      expectedLeads(i).map(({ fromMs, toMs }) => ({
        feature_id: outlet.id,
        from: fromMs,
        to: toMs,
        openings: 1,
      })),
    )
    expect(expected.length).toBeGreaterThan(6)
    expect(leads).toEqual(expected)
    const { rows: steps } = await db.pool.query(
      `select lead_id, action, count(*)::int as n from lead_history group by 1, 2 having count(*) > 1`,
    )
    expect(steps).toEqual([])
    const { rows: told } = await db.pool.query(
      `select (select count(*)::int from lead_history where action = 'opened') as opened,
              (select count(*)::int from lead_queue) as waiting,
              (select count(*)::int from notice where topic = 'lead') as notices`,
    )
    expect(told[0]).toEqual({ opened: expected.length, waiting: 0, notices: expected.length })
    await db.close()
  } finally {
    for (const writer of running) writer.process.kill('SIGKILL')
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}, 240_000)

test('the stream has quiet that is shorter and quiet that is longer than the rule waits', () => {
  for (let outlet = 0; outlet < directOutlets + queuedOutlets; outlet++) {
    const leads = expectedLeads(outlet)
    expect(leads.length).toBeGreaterThan(1)
    expect(leads.some((lead) => lead.toMs - lead.fromMs > 3 * 3_600_000)).toBe(true)
  }
  expect(streamHours).toBeGreaterThan(calmAfterHours * 3)
})
