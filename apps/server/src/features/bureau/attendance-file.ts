/** Lists of signatures as bureaus have them: XLSX or CSV (UTF-8, GB18030), body and name in a row. */
import type { Attendee } from '@shanshui/contract'
import { AppError } from '../../platform/errors.ts'
import { sheetRows } from '../../platform/sheet.ts'
import { decodeText, looksLikeXlsx, separatorOf, splitLine } from '../intake/index.ts'

const names = {
  organization: ['单位', '所在单位', '工作单位', 'organization'],
  name: ['姓名', 'name'],
  score: ['成绩', '考核成绩', '分数', 'score'],
  certificateUntil: ['证书有效期', '证书有效期至', 'certificateUntil'],
} as const
type Column = keyof typeof names

interface LineFault {
  readonly line: number
  readonly column: string | null
  readonly value: string | null
  readonly reason: string
}

/** Errors: `bureau.attendance-file` when it is no table or a column is missing; single lines are reported beside the others. */
export async function readAttendance(
  bytes: Uint8Array,
): Promise<{ attendees: readonly Attendee[]; errors: readonly LineFault[] }> {
  const [head, ...body] = looksLikeXlsx(bytes)
    ? await sheetRows(bytes, 'bureau.attendance-file')
    : textRows(bytes)
  if (head === undefined) throw new AppError('bureau.attendance-file', { detail: '文件是空的' })
  const at = (column: Column) =>
    head.findIndex((cell) => (names[column] as readonly string[]).includes(cell.trim()))
  const place = {
    organization: at('organization'),
    name: at('name'),
    score: at('score'),
    certificateUntil: at('certificateUntil'),
  }
  if (place.organization < 0 || place.name < 0)
    throw new AppError('bureau.attendance-file', {
      detail: `缺少列“单位”或“姓名”；读到的列：${head.join('、')}`,
    })
  const attendees: Attendee[] = []
  const errors: LineFault[] = []
  for (const [index, cells] of body.entries()) {
    const line = index + 2
    const cell = (column: Column) => (place[column] < 0 ? '' : (cells[place[column]] ?? '').trim())
    const read = rowOf(cell)
    if (read === undefined) continue
    if ('reason' in read) errors.push({ line, ...read })
    else attendees.push(read)
  }
  return { attendees, errors }
}

/** Undefined for an empty row. */
function rowOf(cell: (column: Column) => string): Attendee | Omit<LineFault, 'line'> | undefined {
  const [organization, name, score, until] = [
    cell('organization'),
    cell('name'),
    cell('score'),
    cell('certificateUntil'),
  ]
  if (organization === '' && name === '') return undefined
  if (organization === '') return { column: '单位', value: '', reason: '没有写单位' }
  if (name === '') return { column: '姓名', value: '', reason: '没有写姓名' }
  if (name.length > 60) return { column: '姓名', value: name.slice(0, 80), reason: '超过 60 个字' }
  const points = score === '' ? null : Number(score)
  if (points !== null && !(points >= 0 && points <= 1000))
    return { column: '成绩', value: score, reason: '不是 0 至 1000 的数' }
  if (until !== '' && !isDay(until))
    return { column: '证书有效期', value: until, reason: '不是 YYYY-MM-DD 的日期' }
  return { organization, name, signedIn: true, score: points, certificateUntil: until === '' ? null : until }
}

const isDay = (text: string) => {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text)
  )
}

function textRows(bytes: Uint8Array): string[][] {
  const { text } = decodeText(bytes)
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
  const separator = separatorOf(lines[0] ?? '')
  return lines.map((line) => splitLine(line, separator))
}
