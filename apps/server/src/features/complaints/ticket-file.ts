/** Tickets of a hotline from a file (XLSX, CSV in UTF-8 or GB18030): every line by itself, faults with line and column. */
import {
  type Complainant,
  type ComplaintInput,
  complaintChannels,
  complaintNatures,
  complaintThemes,
  complaintUrgencies,
  type LineError,
} from '@shanshui/contract'
import { AppError } from '../../platform/errors.ts'
import { largestRows, sheetRows } from '../../platform/sheet.ts'
import { decodeText, looksLikeXlsx, separatorOf, splitLine } from '../intake/index.ts'

/** Columns and the names that hotlines give them; the first is that of the template. */
export const ticketColumns = {
  outerNumber: ['工单编号', '工单号', '受理编号', '举报编号'],
  channel: ['来源', '渠道', '举报渠道'],
  receivedAt: ['受理时间', '来电时间', '登记时间', '举报时间'],
  theme: ['问题类型', '投诉类型', '污染类型', '主题'],
  title: ['标题', '工单标题'],
  content: ['诉求内容', '反映内容', '举报内容', '问题描述'],
  region: ['区县', '属地', '所属区县'],
  place: ['事发地址', '地址', '发生地点', '具体位置'],
  accused: ['被反映单位', '被举报单位', '企业名称'],
  lon: ['经度'],
  lat: ['纬度'],
  urgency: ['紧急程度', '工单等级'],
  nature: ['办理途径'],
  campaign: ['专项行动', '专项'],
  platformNumber: ['全国平台编号'],
  name: ['诉求人', '来电人', '举报人', '姓名'],
  phone: ['联系电话', '来电号码', '电话'],
  address: ['举报人住址', '联系地址'],
} as const
type Column = keyof typeof ticketColumns
const required: readonly Column[] = ['outerNumber', 'receivedAt', 'content', 'region']

export interface TicketDraft {
  readonly line: number
  readonly input: Omit<ComplaintInput, 'regionCode'> & { accused?: string; region: string }
}

export interface TicketFile {
  readonly encoding: string
  readonly drafts: readonly TicketDraft[]
  readonly errors: readonly LineError[]
}

interface Line {
  readonly line: number
  readonly cells: readonly string[]
}

/** Lines of a text; a quoted cell may hold line ends. */
export function recordsOf(text: string): { line: number; text: string }[] {
  const records: { line: number; text: string }[] = []
  let start = 0
  let line = 1
  let firstLine = 1
  let quoted = false
  for (let at = 0; at <= text.length; at++) {
    const char = text[at]
    if (char === '"') quoted = !quoted
    const ends = char === undefined || (char === '\n' && !quoted)
    if (char === '\n') line++
    if (!ends) continue
    const record = text.slice(start, at).replace(/\r$/, '')
    if (record.trim() !== '') records.push({ line: firstLine, text: record })
    start = at + 1
    firstLine = line
  }
  return records
}

async function linesOf(bytes: Uint8Array): Promise<{ encoding: string; lines: Line[] }> {
  if (looksLikeXlsx(bytes)) {
    const rows = await sheetRows(bytes, 'complaint.file-unreadable')
    return { encoding: 'XLSX', lines: rows.map((cells, index) => ({ line: index + 1, cells })) }
  }
  const { text, encoding } = decodeText(bytes)
  const records = recordsOf(text.replace(/^\ufeff/, ''))
  if (records.length > largestRows)
    throw new AppError('complaint.file-unreadable', { detail: `超过 ${largestRows} 行` })
  const separator = separatorOf(records[0]?.text ?? '')
  return { encoding, lines: records.map(({ line, text }) => ({ line, cells: splitLine(text, separator) })) }
}

class CellError extends Error {}

type Titles = Readonly<Record<string, { readonly zh: string }>>
function choice<T extends string>(titles: Titles, text: string, fallback: T): T {
  if (text === '') return fallback
  const found = Object.entries(titles).find(
    ([key, { zh }]) => key === text || zh === text || zh.startsWith(text) || text.includes(zh),
  )
  if (found === undefined)
    throw new CellError(
      `应为 ${Object.values(titles)
        .map(({ zh }) => zh)
        .join('、')}`,
    )
  return found[0] as T
}

function degrees(text: string): number | undefined {
  if (text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw new CellError('应为十进制度数')
  return value
}

/** `2026-11-23 08:30`, `2026/11/23 8:30:00`, `2026-11-23`, or ISO; Beijing time where none is said. */
function instant(text: string): string {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(
    text,
  )
  const two = (part: string | undefined) => (part ?? '0').padStart(2, '0')
  const iso =
    match === null
      ? text
      : `${match[1]}-${two(match[2])}-${two(match[3])}T${two(match[4])}:${two(match[5])}:${two(match[6])}+08:00`
  const time = Date.parse(iso)
  const sameDay = match === null || new Date(time + 8 * 3_600_000).getUTCDate() === Number(match[3])
  if (Number.isNaN(time) || !sameDay) throw new CellError('时间应写作 2026-11-23 08:30')
  return iso
}

function personOf(text: (column: Column) => string): Complainant | undefined {
  const name = text('name')
  if (name === '' || /匿名|不愿透露|保密/.test(name)) return undefined
  const phone = text('phone').replace(/[^0-9+() -]/g, '')
  return {
    name,
    ...(phone.length < 5 ? {} : { phone }),
    ...(text('address') === '' ? {} : { address: text('address') }),
  }
}

function draftOf(line: number, text: (column: Column) => string): TicketDraft | LineError[] {
  const errors: LineError[] = []
  const read = <T>(column: Column, parse: (text: string) => T, fallback: T): T => {
    try {
      return parse(text(column))
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      // What may hold a name is not repeated in an error list that others read.
      errors.push({ line, column: ticketColumns[column][0], value: text(column), reason: error.message })
      return fallback
    }
  }
  for (const column of required)
    if (text(column) === '')
      errors.push({ line, column: ticketColumns[column][0], value: null, reason: '必填' })
  const channel = read('channel', (t) => choice(complaintChannels, t, '12345' as const), '12345' as const)
  const theme = read('theme', (t) => choice(complaintThemes, t, 'other' as const), 'other' as const)
  const urgency = read(
    'urgency',
    (t) => choice(complaintUrgencies, t, 'ordinary' as const),
    'ordinary' as const,
  )
  const nature = read(
    'nature',
    (t) => choice(complaintNatures, t, 'enforcement' as const),
    'enforcement' as const,
  )
  const receivedAt = text('receivedAt') === '' ? '' : read('receivedAt', instant, '')
  const lon = read('lon', degrees, undefined)
  const lat = read('lat', degrees, undefined)
  if (errors.length > 0) return errors
  const complainant = personOf(text)
  const optional = (key: 'title' | 'place' | 'campaign' | 'platformNumber' | 'accused') =>
    text(key) === '' ? {} : { [key]: text(key) }
  return {
    line,
    input: {
      region: text('region'),
      outerNumber: text('outerNumber'),
      channel,
      theme,
      urgency,
      nature,
      receivedAt,
      content: text('content'),
      ...optional('title'),
      ...optional('place'),
      ...optional('campaign'),
      ...optional('platformNumber'),
      ...optional('accused'),
      ...(lon === undefined || lat === undefined ? {} : { lon, lat }),
      ...(complainant === undefined ? {} : { complainant }),
    },
  }
}

/** Errors: `complaint.file-unreadable` when it is no table or a required column is missing. */
export async function readTickets(bytes: Uint8Array): Promise<TicketFile> {
  const { encoding, lines } = await linesOf(bytes)
  const [header, ...body] = lines
  const names = header?.cells.map((cell) => cell.replace(/[\s*]/g, '')) ?? []
  const at = (column: Column) =>
    names.findIndex((name) => (ticketColumns[column] as readonly string[]).includes(name))
  const missing = required.filter((column) => at(column) === -1).map((column) => ticketColumns[column][0])
  if (missing.length > 0)
    throw new AppError('complaint.file-unreadable', { detail: `缺少列：${missing.join('、')}` })
  const drafts: TicketDraft[] = []
  const errors: LineError[] = []
  for (const { line, cells } of body) {
    if (cells.every((cell) => cell === '')) continue
    const read = draftOf(line, (column) => (cells[at(column)] ?? '').trim())
    if (Array.isArray(read)) errors.push(...read)
    else drafts.push(read as TicketDraft)
  }
  return { encoding, drafts, errors }
}
