import type { Session } from '@shanshui/contract'
import { forgetSession, keepSession, keepsAnything, keptSession } from './device.ts'
import { fieldStoreOf, wipeFieldStore } from './fieldDoor.ts'
import { holdsFieldWork, markFieldWork, signOutIsOwed } from './marks.ts'

/** The person whose field work is on this device, when the server cannot be asked; nobody if they meant to leave. */
export async function resumableSession(nowMs: number = Date.now()): Promise<Session | undefined> {
  if (signOutIsOwed()) return undefined
  return keptSession(nowMs)
}

/** From now on the field app opens on this device without signal as this person. */
export async function rememberPerson(session: Session, nowMs: number = Date.now()): Promise<void> {
  markFieldWork(session.user.id)
  await keepSession(session, nowMs)
}

/** What would be lost if this person left the device now: operations, files, half-written text. */
export async function unsentOf(userId: number): Promise<number> {
  if (!holdsFieldWork(userId) || !(await keepsAnything(userId))) return 0
  return fieldStoreOf(userId).unsent()
}

/** Leaves nothing of this person on the device. */
export async function leaveDevice(userId: number): Promise<void> {
  await forgetSession()
  if (await keepsAnything(userId)) await wipeFieldStore(userId)
  markFieldWork(undefined)
}
