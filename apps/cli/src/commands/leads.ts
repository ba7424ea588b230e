import type { Readable, Writable } from 'node:stream'
import { type FraudLead, fraudRules, type Level, scanOutlet } from '@shanshui/fraud'
import { Command, InvalidArgumentError, Option } from 'commander'
import { quoted } from '../evaluate/csv-records.ts'
import { Sink } from '../evaluate/sink.ts'
import { UsageError } from '../failure.ts'
import { OutletRows } from '../leads/collector.ts'
import { type HourStyle, writeHour } from '../leads/hours.ts'
import { HeaderError, RowReader } from '../leads/rows.ts'

interface ScanCommandOptions {
  readonly format: 'csv' | 'json'
  readonly rule?: readonly string[]
  readonly minLevel: Level
}

const HEADER = 'outlet,rule,parameter,from,to,score,level,explanation'
const LEVELS: readonly Level[] = ['watch', 'medium', 'high']
/** So many bad lines are told one by one, the rest as a number. */
const MOST_TOLD = 1000
const SOME_BAD = 1

/** `shanshui leads scan`: hours of outlets on standard input, doubtful stretches on standard output. */
export function leadsCommand(): Command {
  return new Command('leads')
    .description('线索：由自动监测数据发现弄虚作假的疑点')
    .addCommand(scanCommand())
    .addCommand(rulesCommand())
}

function scanCommand(): Command {
  return new Command('scan')
    .description('从标准输入读小时数据（CSV），每条线索一行写到标准输出')
    .addOption(new Option('--format <format>', '输出格式').choices(['csv', 'json']).default('csv'))
    .option('--rule <ids>', '只输出这些规则，逗号分隔，如 F01,F08', rulesOf)
    .addOption(new Option('--min-level <level>', '最低级别').choices([...LEVELS]).default('watch'))
    .addHelpText(
      'after',
      '\n输入表头：outlet,medium,hour,parameter,value,converted,o2,flow,load,mark,limit,range\n' +
        'hour 为小时的起点（北京时间），空为无数据；同一排放口的各行放在一起。',
    )
    .action(async (options: ScanCommandOptions) => {
      process.exitCode = await scan(options, process.stdin, process.stdout, process.stderr)
    })
}

function rulesCommand(): Command {
  return new Command('rules').description('列出全部规则').action(() => {
    for (const { id, weight, title, thresholds } of [...fraudRules].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const limits = thresholds.map(({ name, value, unit }) => `${name} ${value}${unit ?? ''}`).join('；')
      process.stdout.write(`${id}\t${weight}\t${title.zh}\t${limits}\n`)
    }
  })
}

function rulesOf(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim().toUpperCase())
  const unknown = ids.filter((id) => !fraudRules.some((rule) => rule.id === id))
  if (unknown.length > 0)
    throw new InvalidArgumentError(`没有规则 ${unknown.join('、')}；shanshui leads rules 列出全部`)
  return ids
}

async function scan(
  options: ScanCommandOptions,
  input: Readable,
  out: Writable,
  err: Writable,
): Promise<number> {
  if ('isTTY' in input && input.isTTY === true)
    throw new UsageError('请从管道或文件给出数据，例如：shanshui leads scan < hours.csv')
  const sink = new Sink(out, err)
  let faults = 0
  const tell = (message: string): void => {
    if (++faults <= MOST_TOLD) sink.warn(message)
  }
  const reader = new RowReader(({ line, column, value, reason }) =>
    tell(`第 ${line} 行${column === '' ? '' : ` ${column} 列`}：“${value}”${reason}`),
  )
  if (options.format === 'csv') sink.push(`${HEADER}\n`)
  const writer = new LeadWriter(options, sink, tell)
  let rows: OutletRows | undefined
  try {
    await reader.read(input, (row) => {
      if (rows?.outlet === row.outlet) {
        rows.add(row)
        return undefined
      }
      const done = rows
      rows = new OutletRows(row.outlet)
      rows.add(row)
      return done === undefined ? undefined : writer.write(done, reader.style)
    })
  } catch (error) {
    if (error instanceof HeaderError) throw new UsageError(error.message)
    throw error
  }
  if (rows !== undefined) await writer.write(rows, reader.style)
  await sink.flush()
  if (faults > MOST_TOLD) sink.warn(`另有 ${faults - MOST_TOLD} 处问题未逐一列出`)
  return faults > 0 ? SOME_BAD : 0
}

/** Scans outlets as they are complete and writes their leads. */
class LeadWriter {
  readonly #options: ScanCommandOptions
  readonly #sink: Sink
  readonly #tell: (message: string) => void
  readonly #seen = new Set<string>()

  constructor(options: ScanCommandOptions, sink: Sink, tell: (message: string) => void) {
    this.#options = options
    this.#sink = sink
    this.#tell = tell
  }

  async write(rows: OutletRows, style: HourStyle | undefined): Promise<void> {
    if (style === undefined) return
    if (this.#seen.has(rows.outlet))
      this.#tell(`排放口 ${rows.outlet} 的行不在一处，已分开扫描；请先按 outlet 排序`)
    this.#seen.add(rows.outlet)
    const frame = rows.frame()
    if ('fault' in frame) return this.#tell(`排放口 ${rows.outlet}：${frame.fault}`)
    const least = LEVELS.indexOf(this.#options.minLevel)
    const leads = scanOutlet(frame, this.#options.rule === undefined ? {} : { rules: this.#options.rule })
    for (const lead of leads)
      if (LEVELS.indexOf(lead.level) >= least)
        await this.#sink.write(this.#options.format === 'csv' ? csvLine(lead, style) : jsonLine(lead, style))
  }
}

function csvLine(lead: FraudLead, style: HourStyle): string {
  const cells = [
    lead.outlet,
    lead.rule,
    lead.parameter,
    writeHour(lead.fromMs, style),
    writeHour(lead.toMs, style),
    lead.score.toFixed(2),
    lead.level,
    lead.explanation,
  ]
  return `${cells.map(quoted).join(',')}\n`
}

function jsonLine({ fromMs, toMs, hoursMs, ...lead }: FraudLead, style: HourStyle): string {
  const hours = hoursMs.map((ms) => writeHour(ms, style))
  return `${JSON.stringify({ ...lead, from: writeHour(fromMs, style), to: writeHour(toMs, style), hours })}\n`
}
