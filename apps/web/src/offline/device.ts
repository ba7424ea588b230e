import type { Session } from '@shanshui/contract'
import { Dexie, type Table } from 'dexie'
import { storeName } from './store.ts'

/** How long the application opens without asking the server who is there. A setting of the platform. */
const keptSessionHours = 72
const HOUR_MS = 3_600_000

interface KeptSession {
  readonly id: 'last'
  readonly session: Session
  readonly seenMs: number
}

class DeviceDatabase extends Dexie {
  declare readonly sessions: Table<KeptSession, string>
  constructor() {
    super('shanshui-device')
    this.version(1).stores({ sessions: 'id' })
  }
}

const device = new DeviceDatabase()

/** The server said who is signed in: the field app may open as this person without signal, for a while. */
export async function keepSession(session: Session, nowMs: number): Promise<void> {
  await device.sessions.put({ id: 'last', session, seenMs: nowMs })
}

/** Who worked here last, if that was not too long ago and the clock was not set back. */
export async function keptSession(nowMs: number): Promise<Session | undefined> {
  const kept = await device.sessions.get('last')
  if (kept === undefined) return undefined
  const age = nowMs - kept.seenMs
  return age >= -HOUR_MS && age <= keptSessionHours * HOUR_MS ? kept.session : undefined
}

export async function forgetSession(): Promise<void> {
  await device.sessions.clear()
}

/** Whether this person keeps anything on this device; asked without opening, which would create it. */
export async function keepsAnything(userId: number): Promise<boolean> {
  return Dexie.exists(storeName(userId))
}
