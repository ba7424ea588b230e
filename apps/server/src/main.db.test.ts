import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type RunningServer, type ServerRole, startServer } from './main.ts'
import { type Config, defaultConfig } from './platform/config/index.ts'
import { silentLogger } from './platform/log.ts'
import { createEmptyDatabase } from './platform/testing/index.ts'

const running: RunningServer[] = []
const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function emptyConfig(): Promise<Config> {
  const database = await createEmptyDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'shanshui-main-'))
  cleanUps.push(async () => {
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    ...defaultConfig,
    databaseUrl: database.url,
    dataDir: folder,
    httpPort: 0,
    gatewayPort: 0,
    logLevel: 'silent',
  }
}

async function start(
  config: Config,
  only?: ServerRole[],
): Promise<{ server: RunningServer; first?: { login: string; password: string } }> {
  let first: { login: string; password: string } | undefined
  const server = await startServer(config, {
    only,
    log: silentLogger,
    onFirstAdministrator: (account) => {
      first = account
    },
  })
  running.push(server)
  return { server, ...(first === undefined ? {} : { first }) }
}

const postJson = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

function canConnect(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
}

test('on an empty database it migrates, makes one administrator, and lets him in', async () => {
  const config = await emptyConfig()
  const { server, first } = await start(config)
  expect(first?.login).toBe('admin')
  const answer = await postJson(`${server.url}/api/v1/session`, first ?? {})
  expect(await answer.json()).toMatchObject({ user: { roles: ['administrator'], mustChangePassword: true } })
  const ready = await fetch(`${server.url}/readyz`)
  expect(await ready.json()).toEqual({
    status: 'ok',
    checks: { database: true, migrations: true, gateway: true },
  })
  // An external database needs no data directory.
  expect(existsSync(join(config.dataDir, 'pgdata'))).toBe(false)
})

test('a second start on the same database prints no second password', async () => {
  const config = await emptyConfig()
  const one = await start(config)
  const two = await start(config)
  expect(one.first).toBeDefined()
  expect(two.first).toBeUndefined()
})

test('the roles run apart on one database', async () => {
  const config = await emptyConfig()
  const { server: api } = await start(config, ['api'])
  const { server: gateway } = await start(config, ['gateway'])
  const { server: worker } = await start(config, ['worker'])
  expect([typeof api.url, api.gatewayPort]).toEqual(['string', undefined])
  expect([gateway.url, typeof gateway.gatewayPort]).toEqual([undefined, 'number'])
  expect([worker.url, worker.gatewayPort]).toEqual([undefined, undefined])
  expect(await canConnect(gateway.gatewayPort ?? 0)).toBe(true)
})

test('after the stop nothing listens any more', async () => {
  const { server } = await start(await emptyConfig())
  const { url, gatewayPort } = server
  await running.pop()?.stop()
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  expect(await canConnect(gatewayPort ?? 0)).toBe(false)
})

test('a port that is taken keeps it from starting, and leaves nothing running', async () => {
  const config = await emptyConfig()
  const { server } = await start(config)
  const port = Number(new URL(server.url ?? '').port)
  await expect(start({ ...config, httpPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('a database that is not there is said so', async () => {
  const config = { ...(await emptyConfig()), databaseUrl: 'postgres://a:b@127.0.0.1:1/x' }
  await expect(start(config)).rejects.toMatchObject({ code: 'database.unavailable' })
})
