/** Chromium's offer to put the application on the home screen. */
export interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

let offered: InstallPrompt | undefined
const listeners = new Set<(prompt: InstallPrompt | undefined) => void>()

if (typeof window !== 'undefined') {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offered = event as InstallPrompt
    for (const listener of listeners) listener(offered)
  })
}

/** The offer comes once and early: it is kept until somebody shows a button for it. */
export function onInstallable(listener: (prompt: InstallPrompt | undefined) => void): () => void {
  listener(offered)
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export interface Room {
  readonly usedBytes: number
  readonly freeBytes: number
  /** The browser has promised not to clear it by itself. */
  readonly persistent: boolean
}

/** Asks the browser to keep the store when space is short, and how much there is. */
export async function persistence(): Promise<Room | undefined> {
  const { storage } = navigator
  if (storage?.estimate === undefined) return undefined
  const { usage = 0, quota = 0 } = await storage.estimate()
  const persistent = (await storage.persisted()) || (await storage.persist())
  return { usedBytes: usage, freeBytes: Math.max(0, quota - usage), persistent }
}

export type WorkerState = 'none' | 'installing' | 'active'
export type Readiness = 'insecure' | 'unsupported' | 'installing' | 'no-pack' | 'ready'

/** Whether a day without signal can begin now, and if not, what it waits for. */
export function offlineReady(about: { secure: boolean; worker: WorkerState; hasPack: boolean }): Readiness {
  if (!about.secure) return 'insecure'
  if (about.worker === 'none') return 'unsupported'
  if (about.worker === 'installing') return 'installing'
  return about.hasPack ? 'ready' : 'no-pack'
}
