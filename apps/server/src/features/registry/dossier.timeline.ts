/** What the registry itself puts on a plant's time line: registrations, changes with their fields, validity, device parameters. */
import type { TimelineEntry } from '@shanshui/contract'
import { parameterByCode } from '@shanshui/standards'
import { Value } from 'typebox/value'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { selectVersions, type VersionRow } from './dossier.repository.ts'
import { kindNamed } from './kinds/index.ts'
import type { FeatureRow } from './registry.table.ts'
import { type DeviceParameter, differencesOf, type ParameterChange } from './sources.ts'

export interface TimelineQuery {
  readonly enterpriseId: number
  readonly outletIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
}

interface Labelled {
  readonly title?: string
  readonly 'x-labels'?: Readonly<Record<string, string>>
}

const fieldTitles: readonly (readonly [keyof FeatureRow, string])[] = [
  ['code', '代码'],
  ['name', '名称'],
  ['region_code', '行政区'],
  ['owner_id', '权属单位'],
  ['lon', '经度'],
  ['lat', '纬度'],
  ['valid_from', '启用日期'],
  ['valid_to', '停用日期'],
]

function shown(schema: Labelled | undefined, value: unknown): string {
  if (value === null || value === undefined) return '空'
  if (value === true) return '是'
  if (value === false) return '否'
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item !== 'object')
    return plain ? value.join('、') || '空' : `${value.length} 项`
  }
  return schema?.['x-labels']?.[String(value)] ?? String(value)
}

/** Fields that differ, as "名称 甲 → 乙"; the parameters of a device are told apart. */
function changedFields(before: FeatureRow, after: FeatureRow): string[] {
  const own = fieldTitles
    .filter(([key]) => !Value.Equal(before[key], after[key]))
    .map(([key, title]) => `${title} ${shown(undefined, before[key])} → ${shown(undefined, after[key])}`)
  const schemas = kindNamed(after.kind).properties.properties as Readonly<Record<string, Labelled>>
  const keys = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)])
  const properties = [...keys]
    .filter((key) => key !== 'parameters' && !Value.Equal(before.properties[key], after.properties[key]))
    .map((key) => {
      const [was, is] = [before, after].map((row) => shown(schemas[key], row.properties[key]))
      return `${schemas[key]?.title ?? key} ${was} → ${is}`
    })
  return [...own, ...properties]
}

const parameterTitles: Readonly<Record<string, string>> = {
  rangeHigh: '量程上限',
  unit: '单位',
  slope: '斜率',
  intercept: '截距',
  k: 'K系数',
  referenceO2: '基准氧含量',
  detectionLimit: '检出限',
}

function describeChange({
  factor,
  name,
  before,
  after,
}: Omit<ParameterChange, 'outletId' | 'deviceId' | 'atMs' | 'by'>) {
  const of = parameterByCode(factor)?.zh ?? factor
  if (name === 'factor') return `${of} ${before === null ? '增加' : '取消'}`
  return `${of} ${parameterTitles[name] ?? name} ${before ?? '空'} → ${after ?? '空'}`
}

const byWhom = (version: VersionRow) => `操作人：${version.changed_by ?? '系统'}`

function entriesOf(previous: VersionRow | undefined, version: VersionRow): TimelineEntry[] {
  const { row } = version
  const at = shanghaiIso(version.changed_at.getTime())
  const subject = `${kindNamed(row.kind).title.zh}“${row.name}”`
  const entry = (kind: TimelineEntry['kind'], title: string, detail: string): TimelineEntry => ({
    at,
    kind,
    title,
    detail: `${detail}；${byWhom(version)}`,
    featureId: row.id,
  })
  if (previous === undefined) return [entry('registry', `登记${subject}`, `代码 ${row.code}`)]
  const entries: TimelineEntry[] = []
  const fields = changedFields(previous.row, row)
  if (fields.length > 0) entries.push(entry('registry', `修改${subject}`, fields.join('；')))
  if (row.kind === 'monitoring-device') {
    const [before, after] = [previous, version].map(
      (v) => (v.row.properties.parameters as DeviceParameter[] | undefined) ?? [],
    )
    const changes = differencesOf(before ?? [], after ?? [])
    if (changes.length > 0)
      entries.push(entry('device', `${subject}参数修改`, changes.map(describeChange).join('；')))
  }
  return entries
}

/** Start and end of use are days: they stand at their Beijing midnight. */
function validityOf(row: FeatureRow): TimelineEntry[] {
  const subject = `${kindNamed(row.kind).title.zh}“${row.name}”`
  const entry = (day: string, what: string): TimelineEntry => ({
    at: `${day}T00:00:00.000+08:00`,
    kind: 'registry',
    title: `${subject}${what}`,
    featureId: row.id,
  })
  return [
    ...(row.valid_from === null ? [] : [entry(row.valid_from, '启用')]),
    ...(row.valid_to === null ? [] : [entry(row.valid_to, '停用')]),
  ]
}

/** Entries of features with `fromMs <= at < toMs`, in no order. */
export async function registryTimeline(
  q: Queryable,
  features: readonly FeatureRow[],
  fromMs: number,
  toMs: number,
): Promise<TimelineEntry[]> {
  const versions = await selectVersions(
    q,
    features.map(({ id }) => id),
  )
  const changes = versions.flatMap((version, index) => {
    const previous = versions[index - 1]
    return entriesOf(previous?.id === version.id ? previous : undefined, version)
  })
  return [...changes, ...features.flatMap(validityOf)].filter(({ at }) => {
    const ms = Date.parse(at)
    return ms >= fromMs && ms < toMs
  })
}
