import { existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import {
  type Config,
  createLogger,
  type Database,
  loadConfig,
  migrationState,
  openConfiguredDatabase,
  openRunningEmbedded,
  verifyAuditChain,
  verifyJournal,
} from '@shanshui/server'
import { Command } from 'commander'

interface Finding {
  readonly name: string
  readonly state: 'ok' | 'warning' | 'fault'
  readonly detail: string
}

const ok = (name: string, detail: string): Finding => ({ name, state: 'ok', detail })
const warning = (name: string, detail: string): Finding => ({ name, state: 'warning', detail })
const fault = (name: string, detail: string): Finding => ({ name, state: 'fault', detail })

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return major >= 24
    ? ok('Node.js', process.version)
    : fault('Node.js', `${process.version}，需要 24 或更新版本`)
}

const needGiB = 2
function checkDisk(config: Config): Finding {
  let folder = config.dataDir
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const freeGiB = (bavail * bsize) / 2 ** 30
  const detail = `${folder} 可用 ${freeGiB.toFixed(1)} GiB`
  return freeGiB >= needGiB ? ok('磁盘', detail) : warning('磁盘', `${detail}，少于 ${needGiB} GiB`)
}

async function checkPort(name: string, host: string, port: number): Promise<Finding> {
  if (port === 0) return ok(name, '由系统选择')
  const server = createServer()
  const code = await new Promise<string | undefined>((done) => {
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    server.listen(port, host, () => done(undefined))
  })
  await new Promise<void>((closed) => server.close(() => closed()))
  if (code === undefined) return ok(name, `${host}:${port} 空闲`)
  if (code === 'EADDRINUSE')
    return warning(name, `${host}:${port} 已被占用（服务正在运行，或被其他程序占用）`)
  return fault(name, `${host}:${port} 不能监听：${code}`)
}

/** A running server answers for its own database, whose directory nobody else may open. */
async function checkRunningServer(config: Config): Promise<Finding | undefined> {
  const host = config.httpHost === '0.0.0.0' ? '127.0.0.1' : config.httpHost
  try {
    const answer = await fetch(`http://${host}:${config.httpPort}/readyz`, {
      signal: AbortSignal.timeout(4_000),
    })
    const body = (await answer.json()) as { status?: string; checks?: Record<string, boolean> }
    if (body.status === undefined) return undefined
    const bad = Object.entries(body.checks ?? {}).filter(([, good]) => !good)
    return bad.length === 0
      ? ok('运行中的服务', '就绪')
      : fault('运行中的服务', `未就绪：${bad.map(([name]) => name).join('、')}`)
  } catch {
    return undefined
  }
}

/** The embedded database is looked at where it is also while a server has it running. */
async function openForLook(config: Config): Promise<{ db: Database; close(): Promise<void> }> {
  const running = config.databaseUrl === '' ? await openRunningEmbedded(config.dataDir) : undefined
  if (running !== undefined) return { db: running, close: () => running.close() }
  return openConfiguredDatabase(config, createLogger('silent'))
}

async function checkChains(db: Database): Promise<Finding[]> {
  const audit = await verifyAuditChain(db.pool)
  const journal = await verifyJournal(db.pool)
  const broken = journal.faults[0]
  return [
    audit.ok
      ? ok('审计链', `${audit.entries} 条，链头 ${audit.head?.slice(0, 16) ?? '（空）'}`)
      : fault('审计链', `第 ${audit.broken?.seq} 条：${audit.broken?.reason}`),
    broken === undefined
      ? ok('原始记录链', `${journal.blocks} 块，${journal.records} 条记录`)
      : fault('原始记录链', `${journal.faults.length} 处不符，第一处在 ${broken.day}：${broken.what}`),
  ]
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  const opened = await openForLook(config)
  try {
    const kind = config.databaseUrl === '' ? '内置' : '外部'
    const { rows } = await opened.db.pool.query<{ version: string; size: string }>(
      `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`,
    )
    const found: Finding[] = [ok('数据库', `${kind} PostgreSQL ${rows[0]?.version}，${rows[0]?.size}`)]
    const { applied, pending } = await migrationState(opened.db.pool)
    found.push(
      pending.length === 0
        ? ok('数据库结构', `${applied} 个迁移，最新`)
        : warning('数据库结构', `未执行 ${pending.length} 个，运行 shanshui migrate`),
    )
    if (pending.length > 0) return found
    found.push(...(await checkChains(opened.db)))
    return found
  } finally {
    await opened.close()
  }
}

async function examine(): Promise<Finding[]> {
  const found: Finding[] = [checkNode()]
  let config: Config
  try {
    config = loadConfig().config
    found.push(ok('配置', '无误'))
  } catch (error) {
    return [...found, fault('配置', error instanceof Error ? error.message : String(error))]
  }
  found.push(checkDisk(config))
  const web =
    config.webDir === '' ? join(import.meta.dirname, '..', '..', '..', 'web', 'dist') : config.webDir
  found.push(
    existsSync(join(web, 'index.html'))
      ? ok('网页', web)
      : warning('网页', `${web} 还没有构建，运行 npm run build:web`),
  )
  found.push(await checkPort('网页端口', config.httpHost, config.httpPort))
  found.push(await checkPort('现场机端口', config.gatewayHost, config.gatewayPort))
  const running = await checkRunningServer(config)
  if (running !== undefined) found.push(running)
  try {
    found.push(...(await checkDatabase(config)))
  } catch (error) {
    found.push(fault('数据库', error instanceof Error ? error.message : String(error)))
  }
  return found
}

const marks = { ok: '正常', warning: '注意', fault: '故障' } as const

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('检查 Node、磁盘、配置、端口、数据库、结构和审计链')
    .option('--json', '以 JSON 输出')
    .action(async (options: { json?: boolean }) => {
      const found = await examine()
      if (options.json === true) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
      else
        for (const { name, state, detail } of found)
          process.stdout.write(`${marks[state]}  ${name}：${detail}\n`)
      if (found.some((finding) => finding.state === 'fault')) process.exitCode = 1
    })
}
