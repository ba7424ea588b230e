import { closeRun, openRun } from './cluster.ts'

/** vitest's global set-up: a folder for the run; the cluster in it starts with the first test that needs it. */
export function setup(): () => Promise<void> {
  const folder = openRun()
  return () => closeRun(folder)
}
