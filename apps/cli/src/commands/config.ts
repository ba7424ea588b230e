import { configTable, loadConfig, maskedEntries } from '@shanshui/server'
import { Command } from 'commander'

const sources = { default: '默认', file: '文件', environment: '环境变量', command: '命令行' } as const

export function configCommand(): Command {
  return new Command('config')
    .description('显示生效的配置；密码类的值不显示')
    .option('--json', '以 JSON 输出')
    .option('--table', '输出全部配置项的说明表（Markdown）')
    .action((options: { json?: boolean; table?: boolean }) => {
      if (options.table === true) {
        process.stdout.write(`${configTable()}\n`)
        return
      }
      const entries = maskedEntries(loadConfig())
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`)
        return
      }
      for (const entry of entries) {
        const unit = entry.unit === null ? '' : ` ${entry.unit}`
        const value = entry.value === '' ? '（空）' : `${entry.value}${unit}`
        process.stdout.write(
          `${entry.key} = ${value}  [${sources[entry.source]}] ${entry.environment}\n    ${entry.description}\n`,
        )
      }
    })
}
