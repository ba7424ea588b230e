import {
  createLogger,
  loadConfig,
  openConfiguredDatabase,
  openRunningEmbedded,
  verifyStoredEvidence,
} from '@shanshui/server'
import { Command } from 'commander'
import { overridesOf } from './serve.ts'

const reasons = {
  missing: '文件不在存储中',
  changed: '文件与登记的哈希不符',
  'not-audited': '审计链中没有相同的哈希',
} as const

export function evidenceCommand(): Command {
  const evidence = new Command('evidence').description('证据材料')
  evidence
    .command('verify')
    .description('重算全部证据文件的哈希，与登记和审计链比对；有不符的以 1 退出')
    .option('--data-dir <目录>', '数据目录')
    .action(async (options: { dataDir?: string }) => {
      const { config } = loadConfig({ overrides: overridesOf(options) })
      const running = config.databaseUrl === '' ? await openRunningEmbedded(config.dataDir) : undefined
      const opened =
        running === undefined
          ? await openConfiguredDatabase(config, createLogger('warn'))
          : { db: running, close: () => running.close() }
      try {
        const { checked, faults } = await verifyStoredEvidence(opened.db, config)
        for (const { id, sha256, reason } of faults)
          process.stdout.write(`证据 ${id}  ${sha256}  ${reasons[reason]}\n`)
        process.stdout.write(`核验 ${checked} 份证据材料，${faults.length} 处不符\n`)
        if (faults.length > 0) process.exitCode = 1
      } finally {
        await opened.close()
      }
    })
  return evidence
}
