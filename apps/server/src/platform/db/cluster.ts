/** A cluster's folder: where it lies, whose it is, how it is made. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Binaries, findBinaries, systemFolder } from './binaries.ts'
import { type Account, canTraverse, databaseAccount } from './unprivileged.ts'

const noteName = 'pgdata.location'

/** Place of a cluster that lies outside its data directory; undefined for the ordinary one inside. */
export function clusterElsewhere(dataDir: string): string | undefined {
  const note = join(dataDir, noteName)
  const place = existsSync(note) ? readFileSync(note, 'utf8').split('\n')[0] : undefined
  return place === undefined || place === '' ? undefined : place
}

/**
 * Where the cluster lies: inside the data directory, or, when root keeps that in a folder which the database's
 * account cannot pass (such as /root), in the system's folder for state, with a note of the place. The name is new
 * each time: a data directory that was emptied starts afresh and does not meet its former cluster.
 */
export function clusterFolder(dataDir: string, account: Account | undefined): string {
  const noted = clusterElsewhere(dataDir)
  if (noted !== undefined) return noted
  const inside = join(dataDir, 'pgdata')
  if (canTraverse(account, inside)) return inside
  const elsewhere = join(systemFolder, `cluster-${randomBytes(6).toString('hex')}`)
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  writeFileSync(
    join(dataDir, noteName),
    `${elsewhere}\n数据库以账号 ${account?.name ?? ''} 运行，进不了本目录的上级目录，因此数据放在上面的位置。\n` +
      '删除本目录时请一并删除它。\n',
  )
  return elsewhere
}

export function readOrMakePassword(dataDir: string): string {
  const file = join(dataDir, 'password')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const password = randomBytes(24).toString('base64url')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

export function environmentFor(binaries: Binaries, home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home, // libpq inside the server looks for certificates there, and root's home is closed to it
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(binaries.libraryPath === undefined
      ? {}
      : { LD_LIBRARY_PATH: binaries.libraryPath, DYLD_LIBRARY_PATH: binaries.libraryPath }),
  }
}

/** Makes a cluster: UTF-8, C collation (key order must not depend on a library's version), checksums, scram. */
export async function initCluster(clusterDir: string, password: string, postgresBin = ''): Promise<void> {
  const account = databaseAccount()
  const binaries = findBinaries(postgresBin, account)
  // A half-made cluster of a start that was killed has no control file yet; one with it is never touched.
  if (existsSync(join(clusterDir, 'global', 'pg_control')) && existsSync(join(clusterDir, 'shanshui.made')))
    return
  rmSync(clusterDir, { recursive: true, force: true })
  mkdirSync(clusterDir, { recursive: true, mode: 0o700 })
  const passwordFile = join(tmpdir(), `shanshui-${randomBytes(8).toString('hex')}`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account !== undefined) {
    chownSync(clusterDir, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  try {
    await run(binaries.initdb, account, environmentFor(binaries, clusterDir), [
      `--pgdata=${clusterDir}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
    ])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeFileSync(join(clusterDir, 'shanshui.made'), '')
}

async function run(
  file: string,
  account: Account | undefined,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<void> {
  const child = spawn(file, args, { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...idsOf(account) })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code !== 0) throw new Error(`${basename(file)} 失败（${code}）：${output.slice(-2000)}`)
}

/** For spawn: whose rights the child has. */
export const idsOf = (account: Account | undefined) =>
  account === undefined ? {} : { uid: account.uid, gid: account.gid }
