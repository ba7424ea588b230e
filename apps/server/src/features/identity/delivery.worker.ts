/** Carries notices outside: makes deliveries for the configured channels, sends what is due, tries again later. */
import type { NoticeChannel } from '@shanshui/contract'
import { type Channels, DeliveryError, waitAfter } from '../../platform/delivery/index.ts'
import type { Deps } from '../../platform/deps.ts'
import {
  claimDeliveries,
  type DueDelivery,
  fanOut,
  type GroupAddress,
  nextDueAt,
  saveFailed,
  saveSent,
} from './notices.repository.ts'

export interface DeliveryWorker {
  /** Sends what is due now; how many deliveries were tried. */
  drainOnce(): Promise<number>
  stop(): Promise<void>
}

/** Longer than the time-out of a channel: a lease ends by itself only when its worker has died. */
const leaseMs = 120_000
const batch = 20
const longestSleepMs = 60_000
/** Name of the group in the outbox: a robot's address is the secret of the channel itself. */
const wecomGroup: GroupAddress = { channel: 'wecom', address: '群机器人' }

type WorkerDeps = Pick<Deps, 'db' | 'clock' | 'log' | 'events' | 'config'>

/** Runs until stopped. Any number of processes may run one: a delivery is claimed by one of them at a time. */
export function startDeliveryWorker(deps: WorkerDeps, channels: Channels): DeliveryWorker {
  const { pool } = deps.db
  const names = Object.keys(channels) as NoticeChannel[]
  const groups = channels.wecom === undefined ? [] : [wecomGroup]
  const now = () => new Date(deps.clock.now())
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running: Promise<unknown> = Promise.resolve()

  async function sendOne(due: DueDelivery): Promise<void> {
    const url =
      due.link === null || deps.config.publicUrl === '' ? null : new URL(due.link, deps.config.publicUrl).href
    try {
      const { title, body, address: to } = due
      await channels[due.channel]?.send({ to, title, body, url, id: `notice-${due.id}` })
      await saveSent(pool, due.id, now())
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const wait = error instanceof DeliveryError && error.permanent ? undefined : waitAfter(due.attempts)
      const at = now()
      const nextAt = wait === undefined ? null : new Date(at.getTime() + wait)
      await saveFailed(pool, due.id, reason.slice(0, 500), at, nextAt)
      const { id, channel, attempts } = due
      deps.log.warn(
        { event: 'notice.delivery-failed', id, channel, attempts, reason, final: nextAt === null },
        'notice not delivered',
      )
    }
  }

  async function drain(): Promise<number> {
    while ((await deps.db.transaction((trx) => fanOut(trx, names, groups, now()))) > 0);
    let sent = 0
    for (;;) {
      if (stopped) return sent
      const at = now()
      const due = await claimDeliveries(pool, names, at, new Date(at.getTime() + leaseMs), batch)
      if (due.length === 0) return sent
      // One after the other within a channel: gateways limit the rate; the channels do not wait for each other.
      const byChannel = Map.groupBy(due, ({ channel }) => channel)
      await Promise.all(
        [...byChannel.values()].map(async (own) => {
          for (const delivery of own) await sendOne(delivery)
        }),
      )
      sent += due.length
      deps.events.publish('notice', { sent: due.length })
    }
  }

  async function cycle(): Promise<void> {
    try {
      await drain()
    } catch (error) {
      deps.log.error({ event: 'notice.worker-failed', err: error }, 'notices could not be sent')
    }
    const due = await nextDueAt(pool, names).catch(() => undefined)
    const sleep = due === undefined ? longestSleepMs : due.getTime() - deps.clock.now()
    plan(Math.min(Math.max(sleep, 250), longestSleepMs))
  }

  function plan(ms: number): void {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(cycle)
    }, ms)
    timer.unref()
  }

  const unsubscribe = deps.events.subscribe(['notice-queue'], () => plan(50))
  plan(50)
  return {
    async drainOnce() {
      const work = running.then(drain)
      running = work.catch(() => undefined)
      return work
    },
    async stop() {
      stopped = true
      unsubscribe()
      clearTimeout(timer)
      await running
      for (const channel of Object.values(channels)) channel.close()
    },
  }
}
