import {
  backupTo,
  type Config,
  checkBackup,
  createLogger,
  type Database,
  evidenceFolder,
  loadConfig,
  openConfiguredDatabase,
  openRunningEmbedded,
  restoreFrom,
  systemClock,
  type TableEnd,
  version,
} from '@shanshui/server'
import { Command } from 'commander'
import { overridesOf } from './serve.ts'

interface Opened {
  readonly db: Database
  close(): Promise<void>
}

/** The configured database; the embedded one also while a server has it running. */
async function openForBackup(config: Config): Promise<Opened> {
  const running = config.databaseUrl === '' ? await openRunningEmbedded(config.dataDir) : undefined
  if (running !== undefined) return { db: running, close: () => running.close() }
  return openConfiguredDatabase(config, createLogger('warn'))
}

/** Evidence lies in the data folder unless an object store keeps it, which has backups of its own. */
const folderOf = (config: Config) =>
  config.evidenceS3Endpoint === '' ? { folder: evidenceFolder(config) } : {}

const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1)

function progressLine(verbose: boolean): (table: TableEnd) => void {
  return (table) => {
    if (verbose) process.stderr.write(`${table.name}  ${table.rows} 行  ${mib(table.bytes)} MiB\n`)
  }
}

export function backupCommand(): Command {
  return new Command('backup')
    .description('备份整个数据库和证据文件到一个文件；服务可以照常运行')
    .argument('<文件>', '备份文件')
    .option('--data-dir <目录>', '数据目录')
    .option('--check', '不备份，只校验已有的备份文件')
    .option('-v, --verbose', '逐表显示')
    .action(async (file: string, options: { dataDir?: string; check?: boolean; verbose?: boolean }) => {
      if (options.check === true) {
        const { manifest, rows } = await checkBackup(file)
        process.stdout.write(
          `备份完好：${manifest.tables.length} 个表，${rows} 行，备份于 ${manifest.madeAt}\n`,
        )
        return
      }
      const { config } = loadConfig({ overrides: overridesOf(options) })
      const opened = await openForBackup(config)
      try {
        const report = await backupTo(opened.db, file, {
          version,
          now: systemClock.now(),
          ...folderOf(config),
          onTable: progressLine(options.verbose === true),
        })
        process.stdout.write(
          `已备份 ${report.tables} 个表，${report.rows} 行，${report.files} 个证据文件（${mib(report.fileBytes)} MiB），备份文件 ${mib(report.bytes)} MiB：${file}\n`,
        )
      } finally {
        await opened.close()
      }
    })
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('把备份恢复到空的数据库（先停止服务）')
    .argument('<文件>', '备份文件')
    .option('--data-dir <目录>', '数据目录')
    .option('--force', '目标数据库不空时，清空后恢复')
    .option('-v, --verbose', '逐表显示')
    .action(async (file: string, options: { dataDir?: string; force?: boolean; verbose?: boolean }) => {
      const { config } = loadConfig({ overrides: overridesOf(options) })
      const opened = await openConfiguredDatabase(config, createLogger('warn'))
      try {
        const report = await restoreFrom(opened.db, file, {
          force: options.force === true,
          ...folderOf(config),
          onTable: progressLine(options.verbose === true),
        })
        process.stdout.write(`已恢复 ${report.tables} 个表，${report.rows} 行，${report.files} 个证据文件\n`)
      } finally {
        await opened.close()
      }
    })
}
