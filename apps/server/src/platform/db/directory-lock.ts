/**
 * One server a data directory. The lock file names the holder with a proof that a reused process number does not
 * pass (its start time). A holder that cannot be asked, in another container or on another host, proves itself by
 * touching the file every few seconds.
 */
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { processIdentity, processSpace } from './processes.ts'

interface Holder {
  readonly pid: number
  readonly identity: string
  readonly space: string
  readonly since: string
}

export interface DirectoryLock {
  release(): void
}

const touchEveryMs = 2_000
const silentForMs = 10_000

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

async function isAlive(file: string, holder: Holder): Promise<boolean> {
  if (holder.space === processSpace()) return processIdentity(holder.pid) === holder.identity
  const lastTouch = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs
  const before = lastTouch()
  if (before === undefined || Date.now() - before > 10 * silentForMs) return false
  for (const until = Date.now() + silentForMs; Date.now() < until; await sleep(500)) {
    if (lastTouch() !== before) return true
  }
  return false
}

function refuse(folder: string, holder: Holder): never {
  throw new AppError('database.directory-in-use', {
    detail: `${folder} 正被进程 ${holder.pid}（${holder.space}，始于 ${holder.since}）使用。请先停止该进程，或换一个数据目录。`,
    pid: holder.pid,
  })
}

/** Takes the lock of a data directory. Errors: `database.directory-in-use` naming the holder. */
export async function lockDirectory(folder: string): Promise<DirectoryLock> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'server.lock')
  const mine: Holder = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? '',
    space: processSpace(),
    since: new Date().toISOString(),
  }
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 })
  try {
    await takeOver(folder, file, draft)
  } finally {
    rmSync(draft, { force: true })
  }
  const timer = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date())
    } catch {
      // the file comes back with the next start; the running server is not stopped for it
    }
  }, touchEveryMs)
  timer.unref()
  return {
    release() {
      clearInterval(timer)
      if (readHolder(file)?.identity === mine.identity) rmSync(file, { force: true })
    },
  }
}

async function takeOver(folder: string, file: string, draft: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      linkSync(draft, file) // fails when somebody holds it: the only atomic step
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = readHolder(file)
    if (holder === undefined) {
      await sleep(50)
      if (readHolder(file) === undefined) rmSync(file, { force: true })
      continue
    }
    if (await isAlive(file, holder)) refuse(folder, holder)
    // Move the dead lock aside. If meanwhile another starter has put its own there, give that one back.
    const aside = `${draft}.stale`
    try {
      renameSync(file, aside)
    } catch {
      continue
    }
    const moved = readHolder(aside)
    if (moved !== undefined && moved.identity !== holder.identity) {
      try {
        linkSync(aside, file)
      } catch {
        // a third starter holds it now
      }
      rmSync(aside, { force: true })
      refuse(folder, moved)
    }
    rmSync(aside, { force: true })
  }
  throw new AppError('database.directory-in-use', { detail: `${folder} 的锁文件争抢不下，请稍后再启动。` })
}
