/** For tests only: real databases, actors, a server without a socket. */
import { permissionsOf, type RoleName } from '@shanshui/contract'
import pg from 'pg'
import type { Actor } from '../actor.ts'
import { type Database, openDatabase } from '../db/index.ts'
import { templateName, testCluster } from './cluster.ts'

export interface TestDatabase {
  readonly db: Database
  readonly url: string
  drop(): Promise<void>
}

let serial = 0

/** A database of its own for a test file: a clone of the migrated template (tens of milliseconds). */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(` template ${templateName}`)
}

/** An empty database, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('')
}

async function createDatabase(clause: string): Promise<TestDatabase> {
  const { adminUrl, ownerUrl } = await testCluster()
  serial++
  const name = `t_${process.pid}_${serial}_${Date.now().toString(36)}`
  await asAdmin(adminUrl, `create database ${name} owner shanshui${clause}`)
  const url = new URL(ownerUrl)
  url.pathname = `/${name}`
  const db = openDatabase(url.href, { applicationName: name })
  return {
    db,
    url: url.href,
    async drop() {
      await db.close()
      await asAdmin(adminUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** An actor of a role who sees the demo city's region (629000) and every organisation's data, unless overridden. */
export function testActor(role: RoleName, overrides: Partial<Actor> = {}): Actor {
  return {
    userId: 1,
    name: `test ${role}`,
    organizationId: 1,
    roles: [role],
    permissions: permissionsOf([role]),
    regions: '{[629000,629100)}',
    owner: 'any',
    ...overrides,
  }
}
export { createTestApp, createTestDeps, type TestApp, type TestAppOptions } from './app.ts'
