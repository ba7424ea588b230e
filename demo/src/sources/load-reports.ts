import type { AccountingInput, Obligation, ReportImportResult } from '@shanshui/contract'
import { AppError } from '@shanshui/server'
import type { Api } from '../api.ts'
import { civilDate, DAY_MS, dayOf } from '../calendar.ts'
import { hoursEvaluated } from './evaluated.ts'
import { enterpriseOf, type LoadedSources } from './load-registry.ts'
import { type Month, monthText, monthTonnes, wholeMonths } from './month-tonnes.ts'
import type { OutletHours } from './outlet-hours.ts'
import type { DemoOutlet } from './outlets.ts'

/** Who has not handed in the report of the month: overdue. */
const OWES_REPORT: ReadonlySet<string> = new Set(['dye', 'lead'])
/** Outlets whose report says less than the instruments: the ledgers diverge. */
const REPORTS_LESS: Readonly<Record<string, number>> = {
  'steel-DA001': 0.58,
  'steel-DA002': 0.61,
  'paper-DW001': 0.5,
}
/** Whose outlets are also accounted by coefficients; activity in tonnes of product. */
const ACCOUNTED: Readonly<Record<string, readonly [unit: string, perTonne: number]>> = {
  steel: ['吨烧结矿', 1.1],
  chp: ['吨标准煤', 7.2],
  cement: ['吨熟料', 1.6],
  paper: ['吨纸', 4.4],
}
const REFERENCE = '演示数据（虚构）：产品产量报表与产排污系数'

/** Permits begin within two days of the history's beginning. */
const PERMIT_AFTER_MS = 2 * DAY_MS

export interface ReportsOptions {
  readonly source: Api
  readonly enterprises: Readonly<Record<string, Api>>
  readonly loaded: LoadedSources
  readonly anchorMs: number
  readonly originMs: number
  /** what the data logger of an outlet has */
  readonly hoursOf: (outlet: DemoOutlet) => OutletHours
}

/** Execution reports of the whole months of the history, and accounting by coefficients. Repeating is harmless. */
export async function loadReports(options: ReportsOptions): Promise<void> {
  const { source, loaded, anchorMs, originMs, hoursOf } = options
  const months = wholeMonths(originMs + PERMIT_AFTER_MS, anchorMs)
  if (months.length === 0) return
  const tonnes = tonnesOf(loaded.outlets, months, hoursOf)
  await importReports(source, loaded, tonnes)
  await source.put('/tonnage/accounting', { entries: accounting(loaded, tonnes) })
}

/**
 * What rests on evaluated hours: which duties are done and which are overdue, where the ledgers diverge, what the data
 * look like. The platform does all this by itself within hours; here somebody asks for it.
 */
export async function settle(options: ReportsOptions): Promise<void> {
  const { source, anchorMs } = options
  const { year } = civilDate(dayOf(anchorMs))
  await hoursEvaluated(source, year)
  await source.post('/permit-obligations/compile', {})
  await handInLedgers(options)
  await source.post('/tonnage/reconcile', { year })
  await source.post('/leads/scan', {})
}

interface OutletTonnes {
  readonly outlet: DemoOutlet
  readonly month: Month
  readonly pollutant: string
  readonly tonnes: number
}

function tonnesOf(
  outlets: readonly DemoOutlet[],
  months: readonly Month[],
  hoursOf: ReportsOptions['hoursOf'],
): OutletTonnes[] {
  return outlets.flatMap((outlet) => {
    const hours = hoursOf(outlet)
    return months.flatMap((month) =>
      [...monthTonnes(outlet, hours, month)].map(([pollutant, tonnes]) => ({
        outlet,
        month,
        pollutant,
        tonnes,
      })),
    )
  })
}

async function importReports(
  source: Api,
  loaded: LoadedSources,
  tonnes: readonly OutletTonnes[],
): Promise<void> {
  const numbers = new Map(loaded.permits.map(({ enterprise, number }) => [enterprise.key, number]))
  const lines = tonnes.flatMap(({ outlet, month, pollutant, tonnes: actual }) => {
    const { key, permitClass } = outlet.enterprise
    if (OWES_REPORT.has(key) || permitClass !== 'key') return []
    const text = monthText(month)
    const said = (actual * (REPORTS_LESS[outlet.key] ?? 1.004)).toFixed(4)
    return `${numbers.get(key)},month,${text}-01,${outlet.cast.number},${text},${pollutant},${said}`
  })
  const text = `permit,period,from,outlet,month,pollutant,tonnes\n${lines.join('\n')}\n`
  const file = { name: '执行报告_月报.csv', text }
  const { errors } = await source.upload<ReportImportResult>('/execution-reports/import', file, {})
  if (errors.length > 0) {
    const detail = `执行报告：${errors.length} 行有错，${JSON.stringify(errors.slice(0, 3))}`
    throw new AppError('demo.load-failed', { detail })
  }
}

/** Coefficients chosen so that an honest plant's tonnes come out near those of its instruments. */
function accounting(loaded: LoadedSources, tonnes: readonly OutletTonnes[]): AccountingInput[] {
  return tonnes.flatMap(({ outlet, month, pollutant, tonnes: actual }) => {
    const row = ACCOUNTED[outlet.enterprise.key]
    const outletId = loaded.ids.get(outlet.code)
    if (row === undefined || outletId === undefined || actual <= 0) return []
    const [activityUnit, coefficientKgPerUnit] = row
    const removalPercent = pollutant === 'PM' ? 99 : pollutant === 'COD' ? 90 : 85
    const activity = Math.round((actual * 1.02 * 1000) / (coefficientKgPerUnit * (1 - removalPercent / 100)))
    return {
      outletId,
      pollutant,
      month: monthText(month),
      activity,
      activityUnit,
      coefficientKgPerUnit,
      removalPercent,
      reference: REFERENCE,
      coefficientStatus: 'unverified',
    }
  })
}

/** The smelter and the sewage works hand in the ledger of the month; the cement works still owes it. */
async function handInLedgers({ enterprises, loaded, anchorMs }: ReportsOptions): Promise<void> {
  for (const key of ['smelter', 'sewage2']) {
    const api = enterprises[key]
    const enterprise = enterpriseOf(loaded, key)
    if (api === undefined || enterprise === undefined) continue
    const { items } = await api.get<{ items: Obligation[] }>(
      `/permit-obligations?kind=ledger&enterpriseId=${loaded.ids.get(enterprise.code)}&limit=100`,
    )
    for (const { id, state, periodTo } of items) {
      if (state !== 'due' && state !== 'overdue') continue
      if (Date.parse(`${periodTo}T23:59:59+08:00`) > anchorMs) continue
      await api.post(`/permit-obligations/${id}/evidence`, {
        evidence: `电子台账 ${periodTo.slice(0, 7)}（演示）`,
      })
    }
  }
}
