/** What the operating system says about a process: alive, since when, and whether it works in a folder. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

const hasProc = process.platform === 'linux'

/**
 * Identity of a running process that a reused process number does not share: its start time. Undefined when no
 * such process lives (a zombie counts as dead: it holds nothing).
 */
export function processIdentity(pid: number): string | undefined {
  if (!hasProc) {
    const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
    return started === '' ? undefined : started
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${bootId()}/${fields[19]}`
  } catch {
    return undefined
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/** Where process numbers mean what they say: host and, in containers, the process namespace. */
export function processSpace(): string {
  try {
    return `${hostname()}/${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/** Numbers of the processes whose working folder is `folder`, as every process of a PostgreSQL cluster has it. */
export function processesIn(folder: string): number[] {
  if (!hasProc) return []
  const found: number[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === folder && processIdentity(Number(name)) !== undefined) {
        found.push(Number(name))
      }
    } catch {
      // gone, or of another user
    }
  }
  return found
}

export function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}
