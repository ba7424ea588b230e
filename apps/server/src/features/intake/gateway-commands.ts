/** Carries out commands that people or the platform have queued, on the stations connected to this process. */
import type { CommandResult, Host } from '@shanshui/hj212'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { type CommandTask, claimCommands, finishCommand, hasWaitingCommands } from './command.repository.ts'
import { parseDataTime } from './frame-values.ts'

/**
 * Takes what waits and sends it; each command reports for itself when it ends.
 * @param settled resolves when the frames received so far are committed: done means that the data are there
 */
export async function runCommands(deps: Deps, host: Host, settled: () => Promise<void>): Promise<void> {
  if (!(await hasWaitingCommands(deps.db.pool))) return
  const connected = host.sessions().map((s) => s.mn)
  if (connected.length === 0) return
  for (const task of await claimCommands(deps.db.pool, connected, deps.clock.now())) {
    void carryOut(deps, host, task, settled).catch((error: unknown) =>
      deps.log.warn({ event: 'gateway.command-failed', id: task.id, err: error }, 'command not recorded'),
    )
  }
}

async function carryOut(
  deps: Deps,
  host: Host,
  task: CommandTask,
  settled: () => Promise<void>,
): Promise<void> {
  const result = await send(host, task)
  await settled()
  const done = result.outcome === 'done' || result.outcome === 'no-data'
  await finishCommand(
    deps.db.pool,
    task.id,
    done ? 'done' : 'failed',
    describe(task, result),
    deps.clock.now(),
  )
  deps.events.publish('gateway-command', { id: task.id, mn: task.mn })
}

function send(host: Host, task: CommandTask): Promise<CommandResult> {
  const { mn, fromMs = 0, toMs = 0 } = task
  switch (task.kind) {
    case 'query-hours':
      return host.queryHistory(mn, '2061', fromMs, toMs)
    case 'query-minutes':
      return host.queryHistory(mn, '2051', fromMs, toMs)
    case 'query-days':
      return host.queryHistory(mn, '2031', fromMs, toMs)
    case 'read-time':
      return host.command(mn, { cn: '1011' })
    case 'set-time':
      return host.setTime(mn)
  }
}

const outcomeTexts: Readonly<Record<CommandResult['outcome'], string>> = {
  done: '执行成功',
  'no-data': '现场机答：无数据',
  failed: '执行失败',
  refused: '现场机拒绝',
  unavailable: '重发后仍无应答',
  'execution-timeout': '已应答，执行超时',
  offline: '站点不在线',
  busy: '该站点排队命令过多',
  'not-approved': '该命令需要另行批准',
  closed: '连接已断开',
}

function describe(task: CommandTask, result: CommandResult): string {
  const text = outcomeTexts[result.outcome]
  const codes = [
    result.qnRtn === null || result.qnRtn === 1 ? '' : `QnRtn=${result.qnRtn}`,
    result.exeRtn === null || result.exeRtn === 1 ? '' : `ExeRtn=${result.exeRtn}`,
  ].filter((c) => c !== '')
  const tail = codes.length > 0 ? `（${codes.join('，')}）` : ''
  if (task.kind === 'read-time') {
    const time = parseDataTime(result.frames[0]?.cp.plain('SystemTime'))
    if (time !== undefined) return `${text}：现场机时间 ${shanghaiIso(time).slice(0, 19)}`
  }
  if (task.kind.startsWith('query')) return `${text}，收到 ${result.frames.length} 条${tail}`
  return text + tail
}
