import { resolve } from 'node:path'
import { loginRows, type RunningDemo, startDemo } from '@shanshui/demo'
import { type Clock, loadConfig, maskedEntries } from '@shanshui/server'
import { Command, InvalidArgumentError } from 'commander'
import { stopSignal } from '../stop-signal.ts'
import { displayWidth, padDisplay } from '../text/display-width.ts'

interface DemoCommandOptions {
  readonly data: string
  readonly port: number
  readonly gatewayPort: number
  readonly fresh?: boolean
  readonly now?: number
  readonly historyDays?: number
}

/** Exit code when the database under the demo ended by itself. */
const FAILED = 1

/** `shanshui demo`: the whole platform with the fictional city of Qichuan, on this machine, with one command. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('启动演示城市祁川市：内置数据库、2021 年以来的小时数据、五个空气站与 110 个排放口实时联网')
    .option('--data <dir>', '数据目录', '.shanshui/demo')
    .option('--port <port>', '网页端口，0 由系统选', portOf, 8080)
    .option('--gateway-port <port>', '现场机接入端口，0 由系统选', portOf, 8212)
    .option('--fresh', '清空此前的演示数据，重新装载')
    .option('--history-days <days>', '首次启动时排放口补传多少日的历史，默认 60', daysOf)
    .option('--now <time>', '把现在当作这个时间（ISO 8601），此后照常走', timeOf)
    .action(async (options: DemoCommandOptions) => {
      process.exitCode = await runDemo(options)
    })
}

async function runDemo(options: DemoCommandOptions): Promise<number> {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const stopped = stopSignal()
  const loaded = loadConfig({
    overrides: {
      // never the database of a real city, whatever the environment says
      databaseUrl: '',
      dataDir: resolve(options.data),
      httpPort: options.port,
      gatewayPort: options.gatewayPort,
    },
  })
  let databaseEnded = (_reason: string) => {}
  const ended = new Promise<string>((end) => {
    databaseEnded = end
  })
  const demo = await startDemo({
    config: loaded.config,
    configEntries: maskedEntries(loaded),
    fresh: options.fresh === true,
    print: say,
    onDatabaseEnded: (reason) => databaseEnded(reason),
    ...(options.historyDays !== undefined && { historyDays: options.historyDays }),
    ...(options.now !== undefined && { clock: shiftedClock(options.now) }),
  })
  say(welcome(demo))
  if (demo.fillingDays > 0) void demo.filled.then((seconds) => seconds !== undefined && say(filled(seconds)))
  const reason = await Promise.race([stopped.then(() => undefined), ended])
  say(reason === undefined ? '\n正在停止 ……' : `\n内置数据库已退出：${reason}`)
  await demo.stop()
  say('已停止。数据留在数据目录，再次启动只需几秒。')
  return reason === undefined ? 0 : FAILED
}

/** A clock that was set once and then goes on as clocks do. */
function shiftedClock(startMs: number): Clock {
  const shift = startMs - Date.now()
  return { now: () => Date.now() + shift }
}

function welcome({ url, gatewayPort, password, seconds, fillingDays }: RunningDemo): string {
  const rows = loginRows()
  const loginWidth = Math.max(...rows.map(({ login }) => login.length)) + 2
  const whoWidth = Math.max(...rows.map(({ who }) => displayWidth(who))) + 2
  const lines = rows.map(
    ({ login, who, scope }) => `  ${login.padEnd(loginWidth)}${padDisplay(who, whoWidth)}${scope}`,
  )
  return [
    '',
    `祁川市（虚构）已就绪，用时 ${seconds.toFixed(1)} 秒。数据、单位、人名均为虚构。`,
    '',
    `  网址  ${url}`,
    `  密码  ${password}   （所有演示账号相同）`,
    `  联网  五个空气站、38 家排污单位的 110 个排放口正以 HJ 212-2017 向 127.0.0.1:${gatewayPort} 实时上报`,
    '',
    `  ${'账号'.padEnd(loginWidth - 2)}${padDisplay('身份', whoWidth)}数据范围`,
    ...lines,
    '',
    ...(fillingDays > 0
      ? [`排放口正以 HJ 212 补传 ${fillingDays} 日小时数据，页面已可使用；标记、线索、许可与总量随后备齐。`]
      : []),
    '按 Ctrl-C 停止。',
  ].join('\n')
}

function filled(seconds: number): string {
  return `\n排放口历史数据、标记、运维台账、执行报告、总量减排与指标已备齐，用时 ${seconds.toFixed(1)} 秒。`
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new InvalidArgumentError('应为 0 至 65535 的整数')
}

function daysOf(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days
  throw new InvalidArgumentError('应为 1 至 365 的整数')
}

function timeOf(text: string): number {
  const ms = Date.parse(text)
  if (!Number.isNaN(ms)) return ms
  throw new InvalidArgumentError('应为 ISO 8601 时间，如 2026-11-24T08:00:00+08:00')
}
