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
  const { origin, gatewayPort, password } = await ready(child)
  const startSeconds = (performance.now() - started) / 1000
  return {
    origin,
    gatewayPort,
    password,
    startSeconds,
    stop: async () => {
      await ended(child)
      rmSync(web, { recursive: true, force: true })
      if (folder === undefined) rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Reads the lines that the demo prints for people: 网址 and 密码. */
function ready(child: ChildProcess): Promise<{ origin: string; gatewayPort: number; password: string }> {
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const origin = /网址\s+(http:\/\/[^\s]+)/.exec(said)?.[1]
      const password = /密码\s+(\S+)/.exec(said)?.[1]
      const gatewayPort = Number(/向 127\.0\.0\.1:(\d+) 实时上报/.exec(said)?.[1] ?? 0)
      if (origin && password && said.includes('按 Ctrl-C 停止')) resolve({ origin, gatewayPort, password })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${said.slice(-4000)}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGKILL'), 30_000).unref()
  })
}
