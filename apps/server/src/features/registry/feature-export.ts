/** Features as XLSX and GeoJSON: the same columns that the import reads, so that an export can be mended and read back. */
import type { FeatureCollection, Geometry } from '@shanshui/contract'
import writeXlsxFile from 'write-excel-file/node'
import { columnsOf, type FileColumn, flatColumns } from './feature-columns.ts'
import { layOut } from './feature-sheet.ts'
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
        // A property of the kind's own keeps its name, e.g. the type of a park.
        kind: row.properties.kind ?? row.kind,
        regionName: row.region_name,
      },
    })),
  }
}

const headerOf = (columns: readonly FileColumn[]) =>
  columns.map((column) => ({ value: column.title, fontWeight: 'bold' as const }))

export async function toXlsx(kind: FeatureKind, rows: readonly NamedFeatureRow[]): Promise<Buffer> {
  const group = columnsOf(kind)
  const body = rows.flatMap((row) => {
    const fields = fieldsOf(row)
    return layOut(group, (column) =>
      'property' in column && !column.property ? fields[column.key] : row.properties[column.key],
    )
  })
  const header = headerOf(flatColumns(group))
  return writeXlsxFile([header, ...body], { sheet: kind.title.zh, stickyRowsCount: 1 }).toBuffer()
}

const typeNames: Readonly<Record<FileColumn['type'], string>> = {
  text: '文字',
  number: '数字',
  integer: '整数',
  date: '日期，写作 2022-03-01',
  list: '多项，用顿号、逗号或分号隔开',
  choice: '选项',
  flag: '是 或 否',
  json: 'JSON',
}

function explain(kind: FeatureKind, column: FileColumn): string {
  const reference = kind.references?.find(({ property }) => property === column.key)
  return [
    column.choices === undefined
      ? typeNames[column.type]
      : column.choices.map(([, label]) => label).join('、'),
    column.note,
    reference === undefined ? undefined : '所填代码应已登记',
    column.title.includes('/') ? '每项一行，写在对象所在行及其下方各行' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join('；')
}

/** An empty sheet with the columns of a kind, and a second one that says how to fill them in. */
export async function toTemplate(kind: FeatureKind): Promise<Buffer> {
  const columns = flatColumns(columnsOf(kind))
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const })
  const explanation = [
    ['列', '必填', '怎样填', '示例'].map(bold),
    ...columns.map((column) => [
      column.title,
      column.required ? '是' : '',
      explain(kind, column),
      column.example ?? '',
    ]),
  ]
  const widths = [28, 8, 70, 24].map((width) => ({ width }))
  return writeXlsxFile([
    {
      data: [headerOf(columns)],
      sheet: kind.title.zh,
      stickyRowsCount: 1,
      columns: columns.map(() => ({ width: 16 })),
    },
    { data: explanation, sheet: '填写说明', stickyRowsCount: 1, columns: widths },
  ]).toBuffer()
}
