/** The embedded database of a server that is running: a backup need not stop the server. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusterElsewhere, type Database, openDatabase } from '../db/index.ts'

/**
 * Opens the embedded database of a data directory if a server has it running; undefined otherwise. The port stands in
 * PostgreSQL's pid file (line 4), the password in the directory's own file.
 */
export async function openRunningEmbedded(dataDir: string): Promise<Database | undefined> {
  const cluster = clusterElsewhere(dataDir) ?? join(dataDir, 'pgdata')
  const [pidFile, passwordFile] = [join(cluster, 'postmaster.pid'), join(dataDir, 'password')]
  if (!existsSync(pidFile) || !existsSync(passwordFile)) return undefined
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3])
  if (!Number.isInteger(port) || port <= 0) return undefined
  const password = encodeURIComponent(readFileSync(passwordFile, 'utf8').trim())
  const db = openDatabase(`postgres://shanshui:${password}@127.0.0.1:${port}/shanshui`, {
    applicationName: 'shanshui backup',
    poolSize: 2,
  })
  try {
    await db.pool.query('select 1')
    return db
  } catch {
    await db.close()
    return undefined
  }
}
