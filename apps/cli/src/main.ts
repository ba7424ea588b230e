/** `shanshui`: what the operator and the analyst type. Commands load when they are called, so that filters start fast. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { reportFailure } from './failure.ts'

const exitCodes = { usage: 2, refused: 1, bug: 70 } as const

interface Entry {
  readonly name: string
  readonly summary: string
  /** File in ./commands, and the function in it that makes the command. */
  readonly file: string
  readonly make: string
}

const entries: readonly Entry[] = [
  { name: 'demo', summary: '启动演示城市', file: 'demo', make: 'demoCommand' },
  { name: 'serve', summary: '启动服务', file: 'serve', make: 'serveCommand' },
  { name: 'migrate', summary: '升级数据库结构', file: 'migrate', make: 'migrateCommand' },
  { name: 'config', summary: '显示生效的配置', file: 'config', make: 'configCommand' },
  { name: 'doctor', summary: '检查运行环境、数据库、端口和证据链', file: 'doctor', make: 'doctorCommand' },
  { name: 'evaluate', summary: '按标准评价（读标准输入）', file: 'evaluate', make: 'evaluateCommand' },
  { name: 'leads', summary: '由排放口小时数据发现线索（读标准输入）', file: 'leads', make: 'leadsCommand' },
  { name: 'hj212', summary: 'HJ 212 解码、编码、模拟', file: 'hj212', make: 'hj212Command' },
  { name: 'import', summary: '导入数据文件', file: 'journal', make: 'importCommand' },
  { name: 'export', summary: '导出证据包', file: 'journal', make: 'exportCommand' },
  { name: 'verify', summary: '校验证据包或原始记录链', file: 'journal', make: 'verifyCommand' },
  { name: 'replay', summary: '由原始记录重建数据', file: 'journal', make: 'replayCommand' },
  { name: 'evidence', summary: '核验证据文件', file: 'evidence', make: 'evidenceCommand' },
  { name: 'backup', summary: '备份（含证据文件）', file: 'backup', make: 'backupCommand' },
  { name: 'restore', summary: '恢复备份', file: 'backup', make: 'restoreCommand' },
]

type MakeCommand = () => Command

async function loadCommand(entry: Entry): Promise<Command> {
  const file = join(import.meta.dirname, 'commands', `${entry.file}.ts`)
  const loaded = (await import(file)) as Record<string, MakeCommand | undefined>
  const make = loaded[entry.make]
  if (make === undefined) throw new Error(`${file} has no ${entry.make}`)
  return make()
}

async function program(args: readonly string[]): Promise<Command> {
  const root = new Command('shanshui')
  root.description('山水：生态环境局开放平台。从读数到整改到报告，再回来。').version('0.1.0')
  const called = args.find((arg) => !arg.startsWith('-'))
  for (const entry of entries) {
    if (entry.name === called) root.addCommand(await loadCommand(entry))
    // For the list of commands a name and a line are enough; nothing of the command is loaded.
    else if (existsSync(join(import.meta.dirname, 'commands', `${entry.file}.ts`)))
      root.command(entry.name).description(entry.summary)
  }
  return root
}

function throwUsageErrors(command: Command): void {
  command.exitOverride()
  for (const child of command.commands) throwUsageErrors(child)
}

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  // A reader that goes away (`| head`) ends the writer quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    const root = await program(args)
    throwUsageErrors(root)
    await root.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has printed the message; help and version are no faults
      process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage
      return
    }
    process.exitCode = reportFailure(error)
  }
}

await main()
