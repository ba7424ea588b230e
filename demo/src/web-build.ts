import { spawn } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
/** Where the built web application stands. */
export const webDir = join(root, 'apps', 'web', 'dist')
const built = join(webDir, 'index.html')
const aside = join(root, 'apps', 'web', `dist.${process.pid}`)
/** What goes into the web application. */
const sources = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'apps/web/offline.vite.ts',
  'packages/standards/src',
  'packages/contract/src',
]

/** Whether the built web application is missing or older than what it is made of. */
export function webIsStale(): boolean {
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  return sources.some((source) => newest(join(root, source)) > builtAt)
}

/** Builds the web application in a process of its own, so that it runs beside the loading. Rejects with what it said. */
export function buildWeb(): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const args = [vite, 'build', '--logLevel', 'warn', '--outDir', aside, '--emptyOutDir']
    const child = spawn(process.execPath, args, {
      cwd: join(root, 'apps', 'web'),
      // started from a test the environment says `test`, and the page would be the slow one for developers
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve(putInPlace())
      else reject(new Error(`网页构建失败（退出码 ${code}）：\n${said}`))
    })
  })
}

/** The old application stays until the new one is complete, so that an open page is never without it. */
function putInPlace(): void {
  rmSync(webDir, { recursive: true, force: true })
  renameSync(aside, webDir)
}

function newest(path: string): number {
  if (!existsSync(path)) return 0
  const status = statSync(path)
  if (!status.isDirectory()) return status.mtimeMs
  let latest = 0
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs)
  }
  return latest
}
