/**
 * Two small marks outside the store, so that a page that has nothing to do with field work need not load it:
 * whose field work is on this device, and that somebody signed out while the server could not be told.
 */
const FIELD_WORK = 'shanshui.fieldWork'
const OWED = 'shanshui.signOutOwed'

export const holdsFieldWork = (userId: number): boolean => localStorage.getItem(FIELD_WORK) === String(userId)

export const holdsAnyFieldWork = (): boolean => localStorage.getItem(FIELD_WORK) !== null

export function markFieldWork(userId: number | undefined): void {
  if (userId === undefined) localStorage.removeItem(FIELD_WORK)
  else localStorage.setItem(FIELD_WORK, String(userId))
}

export const signOutIsOwed = (): boolean => localStorage.getItem(OWED) !== null

/** The session at the server lives on; it is ended before it is used again. */
export const oweSignOut = (): void => localStorage.setItem(OWED, '1')

export const signOutIsDone = (): void => localStorage.removeItem(OWED)
