import type { Import, SandPeriod } from '@shanshui/contract'
import { AppError } from '@shanshui/server'
import type { DemoAir } from './air.ts'
import type { Api } from './api.ts'
import { civilDate, dayOf, dayStartMs, HOUR_MS, isoHour } from './calendar.ts'
import { type DemoFile, nationalFile } from './files.ts'
import { FIRST_YEAR } from './goals.ts'
import { peerFile, peerIndexes } from './peers.ts'

export const FIRST_MS = Date.parse('2021-01-01T00:00:00+08:00')
const MOST_WAIT_MS = 300_000
const POLL_MS = 150

/** Sand periods that have ended before `beforeMs`, confirmed by the analyst one by one. */
export async function confirmSand(
  analyst: Api,
  air: DemoAir,
  cityId: number,
  beforeMs: number,
): Promise<number> {
  const { items } = await analyst.get<{ items: SandPeriod[] }>(`/sand-periods?cityId=${cityId}`)
  const known = new Set(items.map((period) => Date.parse(period.from)))
  let confirmed = 0
  for (let year = FIRST_YEAR; year <= civilDate(dayOf(beforeMs)).year; year++) {
    const { plan } = air.year(year)
    for (const { fromHour, toHour } of plan.sand) {
      const fromMs = dayStartMs(plan.firstDay) + fromHour * HOUR_MS
      if (dayStartMs(plan.firstDay) + toHour * HOUR_MS > beforeMs || known.has(fromMs)) continue
      await analyst.post('/sand-periods', {
        cityId,
        from: isoHour(plan.firstDay, fromHour),
        to: isoHour(plan.firstDay, toHour),
        reason: '卫星遥感与沙尘暴监测网显示浮尘扬沙过境，PM10 小时浓度骤升，予以确认（演示）',
      })
      confirmed++
    }
  }
  return confirmed
}

/** Files of the hours [fromMs, toMs), one a year, as the national platform would give them. */
export function hourFiles(air: DemoAir, fromMs: number, toMs: number): DemoFile[] {
  const files: DemoFile[] = []
  for (let year = civilDate(dayOf(fromMs)).year; year <= civilDate(dayOf(toMs - 1)).year; year++) {
    const made = air.year(year)
    const startMs = dayStartMs(made.plan.firstDay)
    const from = Math.max(0, (fromMs - startMs) / HOUR_MS)
    const to = Math.min(made.plan.days * 24, Math.floor((toMs - startMs) / HOUR_MS))
    if (to > from) files.push(nationalFile(made, from, to))
  }
  return files
}

/** Uploads station hours and waits until the last file is read. */
export async function importHours(
  analyst: Api,
  files: readonly DemoFile[],
  print: (line: string) => void,
): Promise<void> {
  const started: Import[] = []
  for (const file of files)
    started.push(await analyst.upload<Import>('/imports', file, { kind: 'air-hours', hourLabel: 'end' }))
  for (const { id, fileName } of started) {
    const done = await finished(analyst, id)
    print(`  ${fileName}：${done.lines} 行，${done.rows} 个站点小时`)
  }
}

export async function importPeers(analyst: Api, seed: number, nowMs: number): Promise<void> {
  const file = peerFile(peerIndexes(seed, nowMs))
  const { id } = await analyst.upload<Import>('/imports', file, { kind: 'peer-indexes' })
  await finished(analyst, id)
}

async function finished(analyst: Api, id: number): Promise<Import> {
  const deadline = Date.now() + MOST_WAIT_MS
  for (;;) {
    const state = await analyst.get<Import>(`/imports/${id}`)
    if (state.state === 'done') {
      if (state.errors > 0 || state.unknownCodes.length > 0) {
        throw failed(
          `${state.fileName}：${state.errors} 行有错，未登记的编码 ${state.unknownCodes.join('、') || '无'}`,
        )
      }
      return state
    }
    if (state.state !== 'queued' && state.state !== 'running') {
      throw failed(`${state.fileName} 导入未完成：${state.state} ${state.message ?? ''}`)
    }
    if (Date.now() > deadline) throw failed(`${state.fileName} 在 ${MOST_WAIT_MS / 1000} 秒内没有导入完`)
    await pause(POLL_MS)
  }
}

/** Waits until every day, month and year is rolled up. */
export async function rollupsDone(analyst: Api, progress: (waiting: number) => void): Promise<void> {
  const deadline = Date.now() + MOST_WAIT_MS
  for (;;) {
    const { waiting } = await analyst.get<{ waiting: number }>('/rollup')
    if (waiting === 0) return
    progress(waiting)
    if (Date.now() > deadline) throw failed(`汇总在 ${MOST_WAIT_MS / 1000} 秒内没有完成，还有 ${waiting} 项`)
    await pause(POLL_MS * 2)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function failed(detail: string): AppError {
  return new AppError('demo.load-failed', { detail })
}
