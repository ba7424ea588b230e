import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDirectory } from './directory-lock.ts'
import { processIdentity, processSpace } from './processes.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanshui-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'server.lock')
const put = (holder: object) => writeFileSync(file(), JSON.stringify({ since: '2022-01-01', ...holder }))

test('the lock goes with its release and names its holder meanwhile', async () => {
  const lock = await lockDirectory(folder)
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ pid: process.pid, space: processSpace() })
  await expect(lockDirectory(folder)).rejects.toMatchObject({
    code: 'database.directory-in-use',
    extra: { pid: process.pid },
  })
  lock.release()
  expect(existsSync(file())).toBe(false)
})

test('a lock whose process number belongs to a younger process is taken over', async () => {
  put({ pid: process.pid, identity: `${processIdentity(process.pid)}0`, space: processSpace() })
  const lock = await lockDirectory(folder)
  lock.release()
})

test('a lock of a process that is gone is taken over', async () => {
  put({ pid: 2 ** 22 + 1, identity: 'x', space: processSpace() })
  ;(await lockDirectory(folder)).release()
})

test('a lock file that cannot be read is taken over', async () => {
  writeFileSync(file(), '{"pid":')
  ;(await lockDirectory(folder)).release()
})

test('a holder in another container is believed as long as it touches the file', async () => {
  put({ pid: 1, identity: 'x', space: 'elsewhere/pid:[1]' })
  const timer = setInterval(() => utimesSync(file(), new Date(), new Date()), 300)
  try {
    await expect(lockDirectory(folder)).rejects.toMatchObject({ code: 'database.directory-in-use' })
  } finally {
    clearInterval(timer)
  }
})

test('a holder in another container that has been silent for long is dead', async () => {
  put({ pid: 1, identity: 'x', space: 'elsewhere/pid:[1]' })
  const longAgo = new Date(Date.now() - 3_600_000)
  utimesSync(file(), longAgo, longAgo)
  ;(await lockDirectory(folder)).release()
})
