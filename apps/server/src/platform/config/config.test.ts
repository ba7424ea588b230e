import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { configSchema, configTable, loadConfig, maskedEntries } from './index.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'shanshui-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const file = (content: string) => writeFileSync(join(cwd, 'shanshui.config.json'), content)
const load = (environment: Record<string, string> = {}, overrides = {}) =>
  loadConfig({ cwd, environment, overrides })

test('with nothing configured the defaults hold, and the data directory is absolute', () => {
  const { config, sources } = load()
  expect(config).toMatchObject({
    httpPort: 8080,
    httpHost: '127.0.0.1',
    databaseUrl: '',
    dataDir: join(cwd, '.shanshui'),
  })
  expect(sources.httpPort).toBe('default')
})

test('command wins over environment, environment over file, file over default', () => {
  file('{"httpPort": 1000, "gatewayPort": 2000, "sessionHours": 8}')
  const { config, sources } = load(
    { SHANSHUI_HTTP_PORT: '1001', SHANSHUI_GATEWAY_PORT: '2001' },
    { httpPort: 1002 },
  )
  expect(config).toMatchObject({ httpPort: 1002, gatewayPort: 2001, sessionHours: 8 })
  expect(sources).toMatchObject({
    httpPort: 'command',
    gatewayPort: 'environment',
    sessionHours: 'file',
    logLevel: 'default',
  })
})

test('DATABASE_URL is the address of the database', () => {
  expect(load({ DATABASE_URL: 'postgres://a:b@c/d' }).config.databaseUrl).toBe('postgres://a:b@c/d')
})

test('all faults are reported together, with key, value and place', () => {
  file('{"httpPort": "eighty", "colour": 1}')
  const attempt = () =>
    load({ SHANSHUI_LOG_LEVEL: 'loud', SHANSHUI_SESSION_HOURS: '0', SHANSHUI_HTP_PORT: '1' })
  expect(attempt).toThrow(/SHANSHUI_LOG_LEVEL = "loud"/)
  expect(attempt).toThrow(/SHANSHUI_SESSION_HOURS = 0/)
  expect(attempt).toThrow(/httpPort = "eighty"/)
  expect(attempt).toThrow(/colour/)
  expect(attempt).toThrow(/SHANSHUI_HTP_PORT/)
})

test('a file that is no JSON is a fault', () => {
  file('{')
  expect(() => load()).toThrow(/JSON/)
})

test('secrets are masked, in values and in faults', () => {
  const loaded = load({ DATABASE_URL: 'postgres://me:topsecret@db/x', SHANSHUI_METRICS_TOKEN: 'topsecret' })
  const shown = JSON.stringify(maskedEntries(loaded))
  expect(shown).not.toContain('topsecret')
  expect(shown).toContain('postgres://me:***@db/x')
})

test('every key has a default, a sentence, and a row in the table', () => {
  const table = configTable()
  for (const [key, schema] of Object.entries(configSchema.properties)) {
    expect(schema).toHaveProperty('default')
    expect((schema as { description?: string }).description?.length).toBeGreaterThan(10)
    expect(table).toContain(`\`${key}\``)
  }
})
