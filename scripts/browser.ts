/** Finds the browser that the journeys drive, and installs the distribution's one where there is none. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

function onPath(): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // not in this folder
      }
    }
  }
  return undefined
}

/** apt-get with sudo only when we are not root and sudo asks nothing. */
function installFromDistribution(): void {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  for (const args of [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
  ]) {
    const [command = '', ...rest] = [...prefix, ...args]
    spawnSync(command, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
}

/**
 * Path of a Chromium. Order: `SHANSHUI_CHROMIUM`, the PATH, then the distribution's package.
 * Errors: throws with what to do when none can be had.
 */
export function findChromium(): string {
  const named = process.env.SHANSHUI_CHROMIUM
  if (named !== undefined && named !== '') return named
  const present = onPath()
  if (present !== undefined) return present
  installFromDistribution()
  const installed = onPath()
  if (installed !== undefined) return installed
  throw new Error(
    'No Chromium for the browser journeys. Install the package "chromium" (as root: apt-get install chromium), ' +
      'or name a browser in SHANSHUI_CHROMIUM, then run npm test again.',
  )
}
