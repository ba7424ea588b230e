/** Features as XLSX and GeoJSON: the same columns that the import reads, so that an export can be mended and read back. */
import type { FeatureCollection, Geometry } from '@shanshui/contract'
import writeXlsxFile from 'write-excel-file/node'
import { columnsOf, type FileColumn } from './feature-columns.ts'
import type { FeatureKind } from './kinds/index.ts'
import type { NamedFeatureRow } from './registry.table.ts'

const fieldsOf = (row: NamedFeatureRow): Record<string, unknown> => ({
  code: row.code,
  name: row.name,
  regionCode: row.region_code,
  ownerId: row.owner_id,
  lon: row.lon,
  lat: row.lat,
  validFrom: row.valid_from,
  validTo: row.valid_to,
})

function shapeOf(row: NamedFeatureRow): Geometry | null {
  if (row.geometry !== null) return row.geometry
  return row.lon === null || row.lat === null ? null : { type: 'Point', coordinates: [row.lon, row.lat] }
}

export function toGeoJson(rows: readonly NamedFeatureRow[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: rows.map((row) => ({
      type: 'Feature',
      id: row.id,
      geometry: shapeOf(row),
      properties: {
        ...row.properties,
        ...fieldsOf(row),
        id: row.id,
        kind: row.kind,
        regionName: row.region_name,
      },
    })),
  }
}

function cellOf(column: FileColumn, value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (column.type === 'list') return (value as unknown[]).join('、')
  if (column.type === 'choice')
    return column.choices?.find(([choice]) => choice === value)?.[1] ?? String(value)
  if (column.type === 'json') return JSON.stringify(value)
  return typeof value === 'number' ? value : String(value)
}

export async function toXlsx(kind: FeatureKind, rows: readonly NamedFeatureRow[]): Promise<Buffer> {
  const columns = columnsOf(kind)
  const header = columns.map((column) => ({ value: column.title, fontWeight: 'bold' as const }))
  const body = rows.map((row) => {
    const fields = fieldsOf(row)
    return columns.map((column) => cellOf(column, (column.property ? row.properties : fields)[column.key]))
  })
  return writeXlsxFile([header, ...body], { sheet: kind.title.zh, stickyRowsCount: 1 }).toBuffer()
}
