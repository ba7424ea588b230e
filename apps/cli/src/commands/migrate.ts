import { createLogger, loadConfig, migrate, migrationState, openConfiguredDatabase } from '@shanshui/server'
import { Command } from 'commander'
import { overridesOf } from './serve.ts'

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('升级数据库结构（只前进，已执行的不再执行）')
    .option('--data-dir <目录>', '数据目录')
    .option('--check', '只检查，有未执行的迁移时以 1 退出')
    .action(async (options: { dataDir?: string; check?: boolean }) => {
      const { config } = loadConfig({ overrides: overridesOf(options) })
      const opened = await openConfiguredDatabase(config, createLogger('warn'))
      try {
        if (options.check === true) {
          const state = await migrationState(opened.db.pool)
          process.stdout.write(
            `已执行 ${state.applied} 个，未执行 ${state.pending.length} 个\n${state.pending.map((p) => `  ${p}\n`).join('')}`,
          )
          if (state.pending.length > 0) process.exitCode = 1
          return
        }
        const applied = await migrate(opened.db.pool)
        for (const { version, name } of applied)
          process.stdout.write(`已执行 ${String(version).padStart(4, '0')} ${name}\n`)
        if (applied.length === 0) process.stdout.write('数据库结构已是最新\n')
      } finally {
        await opened.close()
      }
    })
}
