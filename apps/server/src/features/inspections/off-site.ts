/**
 * Off-site check (非现场核查): what data can answer is answered before anybody drives. Each item has a verdict, its
 * figures and the rows it rests on; what data cannot answer remains for the site.
 */
import type { OffSiteCheck, OffSiteItem } from '@shanshui/contract'
import type { Static } from 'typebox'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { selectLeads } from '../leads/index.ts'
import {
  codesOf,
  devicesOf,
  listEnterprises,
  listOutlets,
  type Outlet,
  type Point,
  permitOf,
} from '../registry/index.ts'
import { dayMs, isoOf } from '../series/index.ts'
import {
  markRows,
  readExceedances,
  readOutletStates,
  readTickets,
  readTransmission,
} from '../sources/index.ts'
import { checklists } from './checklists/index.ts'
import type { InspectionDoors } from './inspection-doors.ts'
import { dayOf } from './inspector.service.ts'

type Item = Static<typeof OffSiteItem>
type Source = Item['rows'][number]

/** What an item is worked out from. */
interface Scope {
  readonly q: Queryable
  readonly enterprise: Point
  readonly outlets: readonly Outlet[]
  readonly fromMs: number
  readonly toMs: number
  readonly doors: InspectionDoors
}

const rowsShown = 50
const row = (title: string, kind: string, id: number | null, atMs: number | null): Source => ({
  title,
  kind,
  id,
  at: atMs === null ? null : isoOf(atMs),
})
const figure = (name: string, value: number, unit: string | null = null) => ({
  name,
  value: Math.round(value * 100) / 100,
  unit,
})

async function connection({ q, outlets, toMs }: Scope): Promise<Item> {
  const states = await readOutletStates(
    q,
    outlets.map((one) => one.id),
    toMs,
  )
  const online = outlets.filter((one) => states.get(one.id)?.at !== null && states.has(one.id))
  const off = online.filter((one) => states.get(one.id)?.state === 'offline')
  const about = {
    id: 'connection',
    title: '自动监测联网',
    basis: '生态环境法典第一百八十四条',
    status: 'primary' as const,
  }
  if (online.length === 0)
    return { ...about, verdict: 'no-data', finding: '没有自动监测数据', figures: [], rows: [] }
  return {
    ...about,
    verdict: off.length > 0 ? 'abnormal' : 'pass',
    finding:
      off.length > 0 ? `${off.length} 个排放口 24 小时以上无数据` : `${online.length} 个排放口联网正常`,
    figures: [figure('联网排放口', online.length, '个'), figure('离线', off.length, '个')],
    rows: off.map((one) => row(`${one.number} ${one.name}`, 'outlet', one.id, null)),
  }
}

const leastTransmission = 0.9

async function transmission({ q, outlets, fromMs, toMs }: Scope): Promise<Item> {
  const days = await readTransmission(q, outlets, fromMs, toMs, toMs)
  const about = {
    id: 'transmission',
    title: '数据传输有效率',
    basis: '传输有效率90%为平台提示值，考核指标以当地要求为准',
    status: 'unverified' as const,
  }
  if (days.length === 0)
    return { ...about, verdict: 'no-data', finding: '没有应传数据的日子', figures: [], rows: [] }
  const low = days.filter((day) => day.rate < leastTransmission)
  const mean = days.reduce((sum, day) => sum + day.rate, 0) / days.length
  const names = new Map(outlets.map((one) => [one.id, one.number]))
  return {
    ...about,
    verdict: low.length > 0 ? 'abnormal' : 'pass',
    finding: low.length > 0 ? `${low.length} 个排放口日低于 90%` : '每日均不低于 90%',
    figures: [figure('日有效率平均', mean * 100, '%'), figure('低于90%的排放口日', low.length)],
    rows: low
      .slice(0, rowsShown)
      .map((day) =>
        row(
          `${names.get(day.outletId) ?? ''}：${Math.round(day.rate * 1000) / 10}%`,
          'outlet',
          day.outletId,
          day.startMs,
        ),
      ),
  }
}

async function exceedances({ q, outlets, fromMs, toMs }: Scope): Promise<Item> {
  const found = await readExceedances(
    q,
    outlets.map((one) => one.id),
    fromMs,
    toMs,
  )
  const about = {
    id: 'exceedances',
    title: '超标情况',
    basis: '生态环境法典第一百五十一条',
    status: 'primary' as const,
  }
  const names = new Map(outlets.map((one) => [one.id, one.number]))
  if (outlets.length === 0)
    return { ...about, verdict: 'no-data', finding: '没有登记排放口', figures: [], rows: [] }
  return {
    ...about,
    verdict: found.length > 0 ? 'abnormal' : 'pass',
    finding: found.length > 0 ? `超标 ${found.length} 次` : '没有超标',
    figures: [figure('超标次数', found.length, '次')],
    rows: found
      .slice(0, rowsShown)
      .map((one) =>
        row(`${names.get(one.outletId) ?? ''} ${one.factor}`, 'exceedance', one.outletId, one.fromMs),
      ),
  }
}

async function marks({ q, outlets, fromMs, toMs }: Scope): Promise<Item> {
  const found = await markRows(q, { outletIds: outlets.map((one) => one.id), fromMs, toMs })
  const odd = found.filter((mark) => mark.after_exceedance || mark.late || mark.state === 'rejected')
  return {
    id: 'marks',
    title: '标记是否合规',
    verdict: found.length === 0 ? 'no-data' : odd.length > 0 ? 'abnormal' : 'pass',
    finding:
      found.length === 0
        ? '期间没有标记'
        : odd.length > 0
          ? `${odd.length} 条标记迟报、在超标之后申报或被驳回`
          : `${found.length} 条标记均按时申报`,
    figures: [figure('标记', found.length, '条'), figure('存疑', odd.length, '条')],
    rows: odd.slice(0, rowsShown).map((mark) => row(mark.reason, 'mark', Number(mark.id), mark.from_ms)),
    basis: '公告2022年第21号标记规则',
    status: 'one-source',
  }
}

async function permit({ q, enterprise, toMs }: Scope): Promise<Item> {
  const today = dayOf(toMs)
  const about = {
    id: 'permit',
    title: '排污许可有效期',
    basis: '生态环境法典第一百八十二条',
    status: 'primary' as const,
  }
  for (const code of codesOf(enterprise)) {
    const found = await permitOf(q, code, today)
    if (found === undefined) continue
    const days = Math.round((Date.parse(found.expiresOn) - Date.parse(today)) / dayMs)
    return {
      ...about,
      verdict: 'pass',
      finding: `${found.number} 有效至 ${found.expiresOn}`,
      figures: [figure('剩余', days, '天')],
      rows: [row(found.number, 'permit', found.id, null)],
    }
  }
  const isRegistered = enterprise.properties.permitClass === 'registered'
  return {
    ...about,
    verdict: isRegistered ? 'no-data' : 'abnormal',
    finding: isRegistered ? '排污登记单位，登记回执到现场查验' : '没有在有效期内的排污许可证',
    figures: [],
    rows: [],
  }
}

async function obligations({ q, enterprise, fromMs, toMs, doors }: Scope): Promise<Item> {
  const duties = await doors.permits.duties(q, enterprise.id, { from: dayOf(fromMs), to: dayOf(toMs) })
  const overdue = duties.filter((one) => one.state === 'overdue')
  const late = duties.filter((one) => one.late)
  return {
    id: 'obligations',
    title: '执行报告、自行监测、台账、公开',
    verdict: duties.length === 0 ? 'no-data' : overdue.length > 0 ? 'abnormal' : 'pass',
    finding:
      duties.length === 0
        ? '期间没有到期的许可义务'
        : overdue.length > 0
          ? `${overdue.length} 项逾期未完成`
          : `${duties.length} 项均已完成或未到期`,
    figures: [
      figure('到期义务', duties.length, '项'),
      figure('逾期', overdue.length, '项'),
      figure('迟交', late.length, '项'),
    ],
    rows: overdue
      .slice(0, rowsShown)
      .map((one) => row(`${one.title}（应于 ${one.dueOn}，${one.clause}）`, 'obligation', one.id, null)),
    basis: '排污许可管理条例第十九条、第二十一条、第二十二条；以许可证载明的要求为准',
    status: 'primary',
  }
}

async function leads({ q, enterprise }: Scope): Promise<Item> {
  const found = await selectLeads(
    q,
    { state: 'active', enterpriseId: enterprise.id },
    { order: 'rank', limit: rowsShown },
  )
  const act = found.filter((lead) => lead.level !== 'watch')
  return {
    id: 'leads',
    title: '未结线索',
    verdict: act.length > 0 ? 'abnormal' : 'pass',
    finding: act.length > 0 ? `${act.length} 条线索待核查` : '没有待核查的线索',
    figures: [figure('未结线索', found.length, '条')],
    rows: act.map((lead) =>
      row(`${lead.rule_title ?? lead.rule_id}：${lead.explanation}`, 'lead', lead.id, lead.from_ms),
    ),
    basis: '平台线索规则，各有依据',
    status: 'design',
  }
}

/** Longest time between two verifications of a device; shorter without automatic calibration. */
const verificationDays = 183

async function maintenance({ q, outlets, fromMs, toMs }: Scope): Promise<Item> {
  const devices = await devicesOf(
    q,
    outlets.map((one) => one.id),
  )
  const about = {
    id: 'maintenance',
    title: '监测设备校准与校验',
    basis: 'HJ 75-2017：校验每6个月一次（待核实）',
    status: 'unverified' as const,
  }
  if (devices.length === 0)
    return { ...about, verdict: 'no-data', finding: '没有登记监测设备', figures: [], rows: [] }
  const oldest = dayOf(toMs - verificationDays * dayMs)
  const overdue = devices.filter((one) => one.lastVerifiedOn === null || one.lastVerifiedOn < oldest)
  let tickets = 0
  for (const outlet of outlets) tickets += (await readTickets(q, outlet.id, fromMs, toMs)).length
  return {
    ...about,
    verdict: overdue.length > 0 ? 'abnormal' : 'pass',
    finding: overdue.length > 0 ? `${overdue.length} 台设备超过半年未校验或没有记录` : '设备均在半年内校验',
    figures: [
      figure('设备', devices.length, '台'),
      figure('超期', overdue.length, '台'),
      figure('期间运维记录', tickets, '条'),
    ],
    rows: overdue.map((one) =>
      row(`${one.name}：上次校验 ${one.lastVerifiedOn ?? '无记录'}`, 'device', one.id, null),
    ),
  }
}

const items = [connection, transmission, exceedances, marks, permit, obligations, leads, maintenance]

/**
 * Checks an enterprise from data of the last `days` days.
 * Errors: `registry.enterprise-unknown`.
 */
export async function offSiteCheck(
  q: Queryable,
  doors: InspectionDoors,
  enterpriseId: number,
  days: number,
  nowMs: number,
): Promise<OffSiteCheck> {
  const [enterprise] = await listEnterprises(q, { ids: [enterpriseId] })
  if (enterprise === undefined)
    throw new AppError('registry.enterprise-unknown', { detail: `没有排污单位 ${enterpriseId}` })
  const outlets = await listOutlets(q, { enterpriseId })
  const scope: Scope = { q, enterprise, outlets, fromMs: nowMs - days * dayMs, toMs: nowMs, doors }
  const answered: Item[] = []
  for (const check of items) answered.push(await check(scope))
  const media = new Set<string>(outlets.map((one) => one.medium))
  return {
    enterpriseId,
    enterpriseName: enterprise.name,
    from: dayOf(scope.fromMs),
    to: dayOf(nowMs),
    checkedAt: isoOf(nowMs),
    items: answered,
    remaining: checklists
      .filter((list) => list.theme !== 'waste-gas' || media.has('air'))
      .filter((list) => list.theme !== 'waste-water' || media.has('water'))
      .filter(
        (list) =>
          !['tailings', 'closed-mine'].includes(list.theme) || enterprise.properties.sector === 'mining',
      )
      .flatMap((list) =>
        list.items
          .filter((item) => item.offSite === null)
          .map((item) => ({ theme: list.title, title: item.question })),
      ),
  }
}
