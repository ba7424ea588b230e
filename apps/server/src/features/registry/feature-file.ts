/** Features from a file, line by line: what cannot be read is reported with its line, the rest goes on. */
import type { Geometry, LineError } from '@shanshui/contract'
import { readSheet } from 'read-excel-file/node'
import { archiveFault } from '../../platform/archive.ts'
import { AppError } from '../../platform/errors.ts'
import { columnsOf, type FileColumn } from './feature-columns.ts'
import type { FeatureKind } from './kinds/index.ts'
import type { FeatureDraft } from './registry.service.ts'

export interface NumberedDraft {
  /** Row of the sheet (the header is row 1) or number of the GeoJSON feature. */
  readonly line: number
  readonly draft: FeatureDraft
}

export interface ReadDrafts {
  readonly drafts: readonly NumberedDraft[]
  readonly errors: readonly LineError[]
}

const largestRows = 100_000

class CellError extends Error {}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return String(cell).trim()
}

function parseCell(column: FileColumn, text: string): unknown {
  if (text === '') return undefined
  switch (column.type) {
    case 'number': {
      const value = Number(text)
      if (!Number.isFinite(value)) throw new CellError('应为数字')
      return value
    }
    case 'integer': {
      if (!/^-?\d+$/.test(text)) throw new CellError('应为整数')
      return Number(text)
    }
    case 'date': {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new CellError('日期应写作 2022-03-01')
      return text
    }
    case 'list':
      return text.split(/[;；,，、\s]+/).filter((part) => part !== '')
    case 'choice': {
      const choice = column.choices?.find(([value, label]) => String(value) === text || label === text)
      if (choice === undefined)
        throw new CellError(`应为 ${column.choices?.map(([, label]) => label).join('、')}`)
      return choice[0]
    }
    case 'json':
      try {
        return JSON.parse(text)
      } catch {
        throw new CellError('不是合法的 JSON')
      }
    case 'text':
      return text
  }
}

/** First sheet, first row = column names (Chinese title or field name). Errors: `registry.file-unreadable`. */
export async function readXlsxDrafts(kind: FeatureKind, bytes: Uint8Array): Promise<ReadDrafts> {
  const fault = await archiveFault(bytes)
  if (fault !== undefined)
    throw new AppError('registry.file-unreadable', { detail: `不是可读的 XLSX 文件：${fault}` })
  let rows: readonly (readonly unknown[])[]
  try {
    rows = await readSheet(Buffer.from(bytes))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('registry.file-unreadable', { detail: `不是 XLSX 文件：${reason}` })
  }
  if (rows.length > largestRows)
    throw new AppError('registry.file-unreadable', { detail: `超过 ${largestRows} 行` })
  const columns = columnsOf(kind)
  const header = (rows[0] ?? []).map(cellText)
  const byIndex = header.map((name) => columns.find((c) => c.title === name || c.key === name))
  const missing = columns.filter((c) => c.required && !byIndex.includes(c)).map((c) => c.title)
  if (missing.length > 0)
    throw new AppError('registry.file-unreadable', { detail: `缺少列：${missing.join('、')}` })

  const drafts: NumberedDraft[] = []
  const errors: LineError[] = []
  for (const [index, row] of rows.entries()) {
    if (index === 0 || row.every((cell) => cellText(cell) === '')) continue
    const line = index + 1
    const before = errors.length
    const fields: Record<string, unknown> = {}
    const properties: Record<string, unknown> = {}
    for (const [at, column] of byIndex.entries()) {
      if (column === undefined) continue
      const text = cellText(row[at])
      try {
        const value = parseCell(column, text)
        if (value === undefined && column.required) throw new CellError('必填')
        if (value !== undefined) (column.property ? properties : fields)[column.key] = value
      } catch (error) {
        if (!(error instanceof CellError)) throw error
        errors.push({ line, column: column.title, value: text, reason: error.message })
      }
    }
    if (errors.length === before) {
      drafts.push({ line, draft: { ...(fields as unknown as FeatureDraft), kind: kind.kind, properties } })
    }
  }
  return { drafts, errors }
}

interface LooseFeature {
  type?: unknown
  geometry?: unknown
  properties?: Record<string, unknown> | null
}

/** FeatureCollection; the columns' field names are the properties. Errors: `registry.file-unreadable`. */
export async function readGeoJsonDrafts(kind: FeatureKind, bytes: Uint8Array): Promise<ReadDrafts> {
  let collection: { type?: unknown; features?: unknown }
  try {
    collection = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as typeof collection
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('registry.file-unreadable', { detail: `不是合法的 GeoJSON：${reason}` })
  }
  if (collection?.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw new AppError('registry.file-unreadable', { detail: '应为 FeatureCollection' })
  }
  const columns = columnsOf(kind)
  const drafts: NumberedDraft[] = []
  const errors: LineError[] = []
  for (const [index, feature] of (collection.features as LooseFeature[]).entries()) {
    const line = index + 1
    const given = feature?.properties ?? {}
    const missing = columns.filter((c) => c.required && given[c.key] == null)
    for (const c of missing) errors.push({ line, column: c.key, value: null, reason: '必填' })
    if (missing.length > 0) continue
    const fields: Record<string, unknown> = {}
    const properties: Record<string, unknown> = {}
    for (const column of columns) {
      const value = given[column.key]
      if (value != null) (column.property ? properties : fields)[column.key] = value
    }
    const geometry = (feature.geometry ?? null) as Geometry | null
    drafts.push({
      line,
      draft: { ...(fields as unknown as FeatureDraft), kind: kind.kind, geometry, properties },
    })
  }
  return { drafts, errors }
}
