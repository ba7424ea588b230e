import {
  type Config,
  createLogger,
  loadConfig,
  maskedEntries,
  type ServerRole,
  serverRoles,
  startServer,
} from '@shanshui/server'
import { Command, Option } from 'commander'
import { UsageError } from '../failure.ts'
import { stopSignal } from '../stop-signal.ts'

export interface ServeOptions {
  readonly port?: string
  readonly gatewayPort?: string
  readonly host?: string
  readonly dataDir?: string
  readonly only?: string[]
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError(`端口应为 0–65535：${text}`)
  return Number(text)
}

/** Command options as settings; they win over environment and file. */
export function overridesOf(options: ServeOptions): Partial<Config> {
  return {
    ...(options.port === undefined ? {} : { httpPort: port(options.port) }),
    ...(options.gatewayPort === undefined ? {} : { gatewayPort: port(options.gatewayPort) }),
    ...(options.host === undefined ? {} : { httpHost: options.host }),
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
  }
}

export function printFirstAdministrator(account: { login: string; password: string }): void {
  process.stdout.write(
    `\n首次启动，已建立管理员（密码只显示这一次，登录后须修改）：\n  账号 ${account.login}\n  密码 ${account.password}\n\n`,
  )
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('启动服务：网页与接口、现场机接入、后台任务')
    .option('--port <端口>', '网页与接口端口')
    .option('--gateway-port <端口>', '现场机接入端口')
    .option('--host <地址>', '网页与接口监听地址')
    .option('--data-dir <目录>', '数据目录')
    .addOption(new Option('--only <角色...>', '只运行其中的部分').choices([...serverRoles]))
    .action(async (options: ServeOptions) => {
      const loaded = loadConfig({ overrides: overridesOf(options) })
      const stopped = stopSignal()
      const server = await startServer(loaded.config, {
        only: options.only as ServerRole[] | undefined,
        log: createLogger(loaded.config.logLevel),
        configEntries: maskedEntries(loaded),
        onFirstAdministrator: printFirstAdministrator,
        // Without its database the server is of no use; a process manager starts it again, and the journal recovers.
        onDatabaseEnded: (reason) => {
          process.stderr.write(`内置数据库意外停止：${reason}\n`)
          process.exit(1)
        },
      })
      if (server.url !== undefined) process.stdout.write(`山水已启动：${server.url}\n`)
      if (server.gatewayPort !== undefined) process.stdout.write(`现场机接入端口：${server.gatewayPort}\n`)
      await stopped
      await server.stop()
    })
}
