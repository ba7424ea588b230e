import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb, webDir, webIsStale } from '../../demo/src/web-build.ts'

const root = join(import.meta.dirname, '..', '..')

export interface City {
  readonly origin: string
  readonly gatewayPort: number
  readonly password: string
  /** seconds from the command to the first page */
  readonly startSeconds: number
  /** seconds from the command until the history of the outlets and what people did are in */
  readonly filledSeconds: number
  stop(): Promise<void>
}

/** Starts the demo city as its user does, on free ports and in a folder of its own, and waits for its logins. */
export async function startCity(folder?: string): Promise<City> {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'shanshui-e2e-'))
  // a copy, so that building the web application again does not pull the pages from under the journeys
  const web = mkdtempSync(join(tmpdir(), 'shanshui-e2e-web-'))
  if (webIsStale()) await buildWeb()
  cpSync(webDir, web, { recursive: true })
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [
      join(root, 'apps', 'cli', 'bin', 'shanshui.js'),
      'demo',
      '--data',
      data,
      '--port',
      '0',
      '--gateway-port',
      '0',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SHANSHUI_WEB_DIR: web },
    },
  )
  const said = sayings(child)
  const { origin, gatewayPort, password } = await said.ready
  const startSeconds = (performance.now() - started) / 1000
  if (await said.fills()) await said.filled
  const filledSeconds = (performance.now() - started) / 1000
  return {
    origin,
    gatewayPort,
    password,
    startSeconds,
    filledSeconds,
    stop: async () => {
      await ended(child)
      rmSync(web, { recursive: true, force: true })
      if (folder === undefined) rmSync(data, { recursive: true, force: true })
    },
  }
}

interface Sayings {
  readonly ready: Promise<{ origin: string; gatewayPort: number; password: string }>
  /** Whether the first start still hands over the history of the outlets; once it is ready. */
  fills(): Promise<boolean>
  readonly filled: Promise<void>
}

/** Reads the lines that the demo prints for people: 网址 and 密码, and that everything is in. */
function sayings(child: ChildProcess): Sayings {
  let said = ''
  let heard = () => {}
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const before = heard
      heard = () => {
        before()
        try {
          const found = find()
          if (found !== undefined) resolve(found)
        } catch (error) {
          reject(error)
        }
      }
      child.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${said.slice(-4000)}`)))
    })
  const read = (chunk: Buffer) => {
    said += chunk.toString()
    heard()
  }
  const ready = until(() => {
    const origin = /网址\s+(http:\/\/[^\s]+)/.exec(said)?.[1]
    const password = /密码\s+(\S+)/.exec(said)?.[1]
    const gatewayPort = Number(/向 127\.0\.0\.1:(\d+) 实时上报/.exec(said)?.[1] ?? 0)
    return origin && password && said.includes('按 Ctrl-C 停止')
      ? { origin, gatewayPort, password }
      : undefined
  })
  const filled = until(() => {
    if (said.includes('未能备齐')) throw new Error(`the demo is not filled:\n${said.slice(-4000)}`)
    return said.includes('已备齐，用时') ? true : undefined
  }).then(() => undefined)
  filled.catch(() => undefined) // a later start has nothing to fill, and nobody waits
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  return { ready, filled, fills: () => ready.then(() => said.includes('日小时数据，页面已可使用')) }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGKILL'), 30_000).unref()
  })
}
