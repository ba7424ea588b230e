/**
 * For the fault test: one of several processes that read the same stream from its beginning, hour by hour,
 * each hour when it comes, and tell the room of leads. Killed at any time, and started anew.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { fixedClock } from '../../platform/clock.ts'
import { openDatabase } from '../../platform/db/index.ts'
import type { Jobs } from '../../platform/jobs/index.ts'
import { silentLogger } from '../../platform/log.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { directOutlets, exceeds, hourMs, streamHours, streamOf, streamStartMs } from './fault-stream.ts'
import { startLeadWorker } from './lead.worker.ts'
import { draftAbout } from './lead-fixture.ts'
import { calmLead, raiseLead } from './raise.service.ts'
import type { SourceDoor } from './source-door.ts'

const order = JSON.parse(process.argv[2] ?? '{}') as { url: string; floor: number }
const db = openDatabase(order.url, { poolSize: 2 })
const clock = fixedClock(streamStartMs)

/** Newest hour that has come. */
let { floor } = order
let wake: () => void = () => undefined
const nextHour = () =>
  new Promise<void>((resolve) => {
    wake = resolve
  })
process.on('message', (message: { floor: number }) => {
  floor = message.floor
  wake()
})

const outlets = await patiently(() => listOutlets(db.pool))
const indexOf = new Map(outlets.map((outlet, i) => [outlet.id, i]))
const door: SourceDoor = {
  readOutletHours: async (_, ids, fromMs, toMs) =>
    ids.map((id) => streamOf(indexOf.get(id) ?? 0, id, fromMs, toMs).hours),
  readExceedances: async (_, ids, fromMs, toMs) =>
    ids.flatMap((id) => streamOf(indexOf.get(id) ?? 0, id, fromMs, toMs).exceedances),
}
const worker = startLeadWorker({ db, clock, log: silentLogger, jobs: undefined as unknown as Jobs }, door, {
  manual: true,
})

for (let hour = 0; hour < streamHours; hour++) {
  const startMs = streamStartMs + hour * hourMs
  clock.set(startMs + hourMs)
  // All writers take up the same hour at the same moment; one that was killed catches up and joins them.
  while (floor < hour) await nextHour()
  for (const [i, outlet] of outlets.entries())
    if (i < directOutlets) await patiently(() => direct(i, outlet, hour))
  const queued = outlets.slice(directOutlets)
  await patiently(() =>
    worker.onEvaluated(queued.map(({ id }) => ({ outletId: id, fromMs: startMs, toMs: startMs + hourMs }))),
  )
  await patiently(() => worker.drainOnce())
  process.send?.({ hour })
}
while ((await patiently(() => worker.drainOnce())) > 0);
process.send?.({ finished: true })
await db.close()
process.disconnect()

async function direct(i: number, outlet: Outlet, hour: number): Promise<void> {
  const startMs = streamStartMs + hour * hourMs
  const endMs = startMs + hourMs
  const draft = draftAbout(outlet, {
    fromMs: startMs,
    toMs: endMs,
    evidence: { hoursMs: [startMs], msgs: [String(hour + 1)] },
  })
  await db.transaction(async (trx) => {
    if (exceeds(i, hour)) await raiseLead(trx, draft, endMs)
    else await calmLead(trx, outlet.id, 'exceedance.begins', endMs, 'a21026')
  })
}

/** The database may be away for a while; what was not committed is done again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries > 300) throw error
      await pause(50)
    }
  }
}
