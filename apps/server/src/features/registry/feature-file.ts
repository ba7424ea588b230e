/** Features from a file, line by line: what cannot be read is reported with its line, the rest goes on. */
import type { Geometry, LineError } from '@shanshui/contract'
import { AppError } from '../../platform/errors.ts'
import { sheetRows } from '../../platform/sheet.ts'
import { type ColumnGroup, columnsOf, type FileColumn, flatColumns } from './feature-columns.ts'
import { readBlock, type SheetLine } from './feature-sheet.ts'
import type { FeatureKind } from './kinds/index.ts'
import type { FeatureDraft } from './registry.service.ts'

export interface NumberedDraft {
  /** Row of the sheet (the header is row 1) or number of the GeoJSON feature. */
  readonly line: number
  readonly draft: FeatureDraft
  /** Line of every item of a nested list, by its path below the properties. */
  readonly lines?: ReadonlyMap<string, number>
}

export interface ReadDrafts {
  readonly drafts: readonly NumberedDraft[]
  readonly errors: readonly LineError[]
}

/** The lines of each feature: a line with another code begins one, the others carry on its lists. */
function blocksOf(group: ColumnGroup, lines: readonly SheetLine[]): SheetLine[][] {
  const code = group.columns[0] as FileColumn
  const blocks: SheetLine[][] = []
  for (const line of lines) {
    const text = line.text(code)
    const current = blocks.at(-1)
    const carriesOn = group.lists.length > 0 && (text === '' || current?.[0]?.text(code) === text)
    if (carriesOn && current !== undefined) current.push(line)
    else blocks.push([line])
  }
  return blocks
}

function draftOf(kind: FeatureKind, group: ColumnGroup, values: Record<string, unknown>): FeatureDraft {
  const isField = new Set(group.columns.filter(({ property }) => !property).map(({ key }) => key))
  const entries = Object.entries(values)
  const fields = Object.fromEntries(entries.filter(([key]) => isField.has(key)))
  const properties = Object.fromEntries(entries.filter(([key]) => !isField.has(key)))
  return { ...(fields as unknown as FeatureDraft), kind: kind.kind, properties }
}

/** First sheet, first row = column names (Chinese title or field name). Errors: `registry.file-unreadable`. */
export async function readXlsxDrafts(kind: FeatureKind, bytes: Uint8Array): Promise<ReadDrafts> {
  const [header = [], ...body] = await sheetRows(bytes, 'registry.file-unreadable')
  const group = columnsOf(kind)
  const columns = flatColumns(group)
  const at = new Map(
    columns.map((column) => [column, header.findIndex((name) => column.names.includes(name))]),
  )
  const missing = group.columns.filter((c) => c.required && at.get(c) === -1).map((c) => c.title)
  if (missing.length > 0)
    throw new AppError('registry.file-unreadable', { detail: `缺少列：${missing.join('、')}` })
  const lines = body.flatMap((row, index): SheetLine[] => {
    if (row.every((cell) => cell === '')) return []
    return [{ line: index + 2, text: (column) => row[at.get(column) ?? -1] ?? '' }]
  })
  const drafts: NumberedDraft[] = []
  const errors: LineError[] = []
  for (const block of blocksOf(group, lines)) {
    const read = readBlock(group, block)
    errors.push(...read.errors)
    if (read.errors.length > 0) continue
    drafts.push({ line: block[0]?.line ?? 0, draft: draftOf(kind, group, read.values), lines: read.lines })
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
  const group = columnsOf(kind)
  const { columns } = group
  const keys = [...columns, ...group.lists]
  const drafts: NumberedDraft[] = []
  const errors: LineError[] = []
  for (const [index, feature] of (collection.features as LooseFeature[]).entries()) {
    const line = index + 1
    const given = feature?.properties ?? {}
    const missing = keys.filter((c) => c.required && given[c.key] == null)
    for (const c of missing) errors.push({ line, column: c.key, value: null, reason: '必填' })
    if (missing.length > 0) continue
    const fields: Record<string, unknown> = {}
    const properties: Record<string, unknown> = {}
    for (const column of keys) {
      const value = given[column.key]
      const own = 'property' in column && !column.property
      if (value != null) (own ? fields : properties)[column.key] = value
    }
    const geometry = (feature.geometry ?? null) as Geometry | null
    drafts.push({
      line,
      draft: { ...(fields as unknown as FeatureDraft), kind: kind.kind, geometry, properties },
    })
  }
  return { drafts, errors }
}
