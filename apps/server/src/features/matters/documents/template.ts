/** What a template is, and the parts that several share. */
import type { DocumentKind, FieldDefinition, Party } from '@shanshui/workflow'
import {
  type Block,
  blank,
  type FormRow,
  type OfficialDocument,
  officialDate,
} from '../../../platform/official/index.ts'
import type { DocumentData } from './document-data.ts'
import type { FieldReader } from './field-reader.ts'

export interface Template {
  readonly kind: DocumentKind
  readonly title: string
  /** Fields it reads, by the workflow that produces it; a test holds them against the definitions. */
  readonly reads: Readonly<Record<string, readonly string[]>>
  /**
   * Whether the enterprise concerned may have it once it has been produced: what is addressed to it says everything,
   * what it signs or sends leaves out what is internal.
   */
  readonly forOwner: 'none' | 'signed' | 'addressed'
  build(data: DocumentData, read: FieldReader): OfficialDocument
}

/** Fields of the definition that a template may read for this workflow. */
export function declaredFields(template: Template, workflow: string): readonly string[] {
  return template.reads[workflow] ?? [...new Set(Object.values(template.reads).flat())]
}

/** Organization of the first of the parties that is there; a line when none is. */
export function organizationOf(data: DocumentData, ...parties: readonly Party[]): string {
  return parties.map((party) => data.parties[party]?.organization).find((name) => name !== undefined) ?? ''
}

export const orBlank = (text: string, characters = 10): string => (text === '' ? blank(characters) : text)

/** Where a document comes from: the matter, and the platform that printed it. */
export function originOf(data: DocumentData): string {
  const round = data.matter.rebounds > 0 ? `（第 ${data.matter.round} 轮）` : ''
  const problem = data.problem === null ? '' : `，问题编号 ${data.problem.number}`
  return `事项编号 ${data.matter.number}${round}${problem}。由平台按登记内容生成，空白处手写填写；以盖章、签名的纸质文书为准。`
}

/** 当事人 as the law wants them named. */
export function subjectRows(data: DocumentData, otherwise = ''): FormRow[] {
  const { subject } = data
  return [
    { cells: [{ label: '当事人', value: subject?.name ?? otherwise }] },
    {
      cells: [
        { label: '统一社会\n信用代码', value: subject?.creditCode ?? '' },
        { label: '法定代表人\n（负责人）', value: subject?.legalRepresentative ?? '' },
      ],
    },
    { cells: [{ label: '住所（地址）', value: subject?.address ?? '' }] },
  ]
}

/** @param otherwise the party's name where it is no enterprise of the registry */
export function subjectLines(data: DocumentData, otherwise = ''): Block[] {
  const { subject } = data
  const plain = (text: string): Block => ({ kind: 'paragraph', text, plain: true })
  return [
    plain(`当事人：${orBlank(subject?.name ?? otherwise, 16)}`),
    plain(`统一社会信用代码：${orBlank(subject?.creditCode ?? '', 12)}`),
    plain(`住所（地址）：${orBlank(subject?.address ?? '', 16)}`),
    plain(`法定代表人（负责人）：${orBlank(subject?.legalRepresentative ?? '', 8)}`),
  ]
}

const numerals = [
  '一',
  '二',
  '三',
  '四',
  '五',
  '六',
  '七',
  '八',
  '九',
  '十',
  '十一',
  '十二',
  '十三',
  '十四',
  '十五',
  '十六',
]

/** 一、 二、 … before titles. */
export const ordinal = (index: number): string => `${numerals[index] ?? index + 1}、`

/** Fields as numbered sections of the body, a table as a table; empty ones as a line to write on. */
export function sectionsOf(fields: readonly FieldDefinition[], read: FieldReader, from = 0): Block[] {
  return fields.flatMap((field, i): Block[] => {
    const heading: Block = { kind: 'heading', level: 1, text: `${ordinal(from + i)}${field.title.zh}` }
    const table = read.table(field.id)
    if (table !== undefined) return [heading, { kind: 'table', ...table }]
    const text = field.type === 'table' ? '' : read.text(field.id)
    return [heading, { kind: 'paragraph', text: orBlank(text, 24) }]
  })
}

/** Fields as rows of a form: short ones two to a row, long ones over its width; tables go below, see `tablesOf`. */
export function rowsOf(fields: readonly FieldDefinition[], read: FieldReader): FormRow[] {
  const rows: FormRow[] = []
  let open: { label: string; value: string }[] = []
  const close = (): void => {
    if (open.length > 0) rows.push({ cells: open })
    open = []
  }
  for (const field of fields) {
    if (field.type === 'table') continue
    const label = brokenLabel(field.title.zh)
    if (field.type === 'long-text') {
      close()
      rows.push({ label, text: read.text(field.id), lines: 3 })
      continue
    }
    open.push({ label, value: read.text(field.id) })
    if (open.length === 2) close()
  }
  close()
  return rows
}

/** Six characters fit the narrow column of a form. */
function brokenLabel(title: string): string {
  if (title.length <= 6) return title
  const half = Math.ceil(title.length / Math.ceil(title.length / 6))
  const parts: string[] = []
  for (let at = 0; at < title.length; at += half) parts.push(title.slice(at, at + half))
  return parts.join('\n')
}

/** Tables among the fields, each under its title. */
export function tablesOf(fields: readonly FieldDefinition[], read: FieldReader): Block[] {
  return fields.flatMap((field): Block[] => {
    if (field.type !== 'table') return []
    const table = read.table(field.id)
    const heading: Block = { kind: 'paragraph', text: `${field.title.zh}：`, plain: true }
    return table === undefined ? [heading, writingTable(field)] : [heading, { kind: 'table', ...table }]
  })
}

const emptyRows = 3

/** A table to be filled by hand. */
function writingTable(field: FieldDefinition): Block {
  const columns = field.columns ?? []
  return {
    kind: 'table',
    columns: columns.map((column) => ({ title: column.title.zh, share: 1 })),
    rows: Array.from({ length: emptyRows }, () => columns.map(() => '　')),
  }
}

const signHere = '签名：　　　　　　　　　　年　　月　　日'
export const sealHere = '（盖章）　　　　　　　　　年　　月　　日'

/** An opinion to be written and signed. */
export const opinion = (label: string, lines = 4, sign = signHere): FormRow => ({
  label,
  text: '',
  lines,
  sign,
})

/** List of the material with hashes, as far as it was handed in. */
export function evidenceBlocks(data: DocumentData, title = '证据材料清单'): Block[] {
  if (data.evidence.length === 0) return []
  return [
    { kind: 'paragraph', text: `${title}：`, plain: true },
    {
      kind: 'table',
      columns: [
        { title: '序号', share: 1.1, number: true },
        { title: '名称', share: 3.6 },
        { title: '类别', share: 1.4 },
        { title: '拍摄（形成）时间', share: 2.6 },
        { title: 'SHA-256\n（前16位）', share: 3.6 },
      ],
      rows: data.evidence.map((one, i) => [
        String(i + 1),
        one.title,
        one.kind,
        one.takenAt,
        one.sha256.slice(0, 16),
      ]),
    },
  ]
}

/** 附件: pictures with hashes. */
export function pictureBlocks(data: DocumentData): Block[] {
  return data.pictures.length === 0
    ? []
    : [{ kind: 'pictures', title: '附件：现场照片', items: data.pictures }]
}

/** Seal and date; the day of the step, or a line for it. */
export const sealOf = (organization: string, data: DocumentData): Block => ({
  kind: 'seal',
  organization: organization === '' ? '（印章）' : organization,
  date: officialDate(data.step?.on ?? null),
})
