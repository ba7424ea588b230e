import type { Readable, Writable } from 'node:stream'
import {
  airEditionOn,
  airEditions,
  type EvaluatorDefinition,
  evaluatorById,
  evaluators,
} from '@shanshui/standards'
import { Command } from 'commander'
import { cellReaders } from '../evaluate/cells.ts'
import { evaluateCsv, UsageError } from '../evaluate/csv.ts'
import { evaluateJsonLines } from '../evaluate/json-lines.ts'
import type { Task } from '../evaluate/run.ts'
import { Sink } from '../evaluate/sink.ts'
import { detectFormat } from '../evaluate/source.ts'

interface EvaluateOptions {
  readonly list?: boolean
  readonly schema?: boolean
  readonly edition?: string
}

/** Exit codes: every line evaluated; some lines have an error; the command itself was wrong. */
const DONE = 0
const SOME_FAILED = 1
const USAGE = 2

/**
 * `shanshui evaluate ID [--edition E]`: a filter. CSV (header = input names) or JSON lines on standard input, the same
 * on standard output with the results added.
 */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('按国家标准计算：从标准输入读 CSV 或 JSON 行，加上结果写到标准输出')
    .argument('[id]', '评价器编号，如 air.aqi.hour；--list 列出全部')
    .option('--list', '列出全部评价器')
    .option('--schema', '输出评价器的输入 JSON Schema')
    .option('--edition <edition>', `标准版本：${airEditions.join('、')}；默认按 date 列，无则为现行版本`)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? DONE : USAGE))
    .action(async (id: string | undefined, options: EvaluateOptions) => {
      process.exitCode = await run(id, options, process.stdin, process.stdout, process.stderr)
    })
}

async function run(
  id: string | undefined,
  options: EvaluateOptions,
  input: Readable,
  out: Writable,
  err: Writable,
): Promise<number> {
  const sink = new Sink(out, err)
  try {
    if (options.list === true) {
      await sink.write(evaluators.map(listLine).join(''))
      await sink.flush()
      return DONE
    }
    const evaluator = chosen(id)
    if (options.schema === true) {
      await sink.write(`${JSON.stringify(evaluator.inputSchema, undefined, 2)}\n`)
      await sink.flush()
      return DONE
    }
    const task = {
      evaluator,
      edition: chosenEdition(evaluator, options.edition),
      readers: cellReaders(evaluator),
    }
    const failed = await filter(task, input, sink)
    // The rest of the input is not wanted once the other side of the pipe has closed.
    if (sink.closed) input.destroy()
    return failed > 0 ? SOME_FAILED : DONE
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    sink.warn(error.message)
    return USAGE
  }
}

async function filter(task: Task, input: Readable, sink: Sink): Promise<number> {
  if ('isTTY' in input && input.isTTY === true)
    throw new UsageError(`请从管道或文件给出数据，例如：shanshui evaluate ${task.evaluator.id} < data.csv`)
  const { format, source } = await detectFormat(input, (message) => sink.warn(message))
  if (format === 'json-lines') return evaluateJsonLines(task, source, sink)
  if (task.evaluator.csv === undefined)
    throw new UsageError(`${task.evaluator.id} 的输入含序列，只接受 JSON 行；输入格式见 --schema`)
  return evaluateCsv(task, source, sink)
}

function listLine({ id, title, editions, csv }: EvaluatorDefinition): string {
  const forms = csv === undefined ? 'JSON' : 'CSV,JSON'
  return `${id.padEnd(22)}\t${forms}\t${editions.join(',') || '-'}\t${title.zh}\t${title.en}\n`
}

function chosen(id: string | undefined): EvaluatorDefinition {
  if (id === undefined) throw new UsageError('请给出评价器编号，shanshui evaluate --list 列出全部')
  const evaluator = evaluatorById(id)
  if (evaluator !== undefined) return evaluator
  const near = evaluators
    .filter((each) => each.id.includes(id) || id.includes(each.id))
    .map((each) => each.id)
  const hint = near.length > 0 ? `，是否为 ${near.join('、')}` : ''
  throw new UsageError(`没有评价器“${id}”${hint}；shanshui evaluate --list 列出全部`)
}

/** `2026` alone means the stage of GB 3095-2026 that is in force. Evaluators without editions ignore the option. */
function chosenEdition(evaluator: EvaluatorDefinition, asked: string | undefined): string | undefined {
  if (asked === undefined || evaluator.editions.length === 0) return undefined
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const edition = asked === '2026' ? airEditionOn(today < '2026-03-01' ? '2026-03-01' : today) : asked
  if (evaluator.editions.some((each) => each === edition)) return edition
  throw new UsageError(`${evaluator.id} 没有版本“${asked}”，可用：${evaluator.editions.join('、')}`)
}
