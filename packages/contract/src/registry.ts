/** Regions and features (things in the real world with a place). */
import { type Static, Type } from 'typebox'
import {
  Bilingual,
  DateString,
  Id,
  Instant,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
} from './common.ts'

export const regionLevels = ['province', 'city', 'county', 'town', 'park'] as const
export const Region = Type.Object({
  code: RegionCode,
  name: Type.String(),
  level: Type.Enum(regionLevels),
  parentCode: Nullable(RegionCode),
  lon: Nullable(Type.Number({ description: 'label point' })),
  lat: Nullable(Type.Number()),
})
export type Region = Static<typeof Region>

/** GeoJSON (RFC 7946), WGS 84 or CGCS2000 longitude and latitude. */
export const Geometry = Type.Object(
  {
    type: Type.Enum(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']),
    coordinates: Type.Array(Type.Unknown()),
  },
  { additionalProperties: false },
)
export type Geometry = Static<typeof Geometry>
export const RegionInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    level: Type.Enum(regionLevels),
    parentCode: Type.Optional(Nullable(RegionCode)),
    boundary: Type.Optional(Nullable(Geometry)),
  },
  { additionalProperties: false },
)
export type RegionInput = Static<typeof RegionInput>

export const GeoJsonFeature = Type.Object({
  type: Type.Literal('Feature'),
  id: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
  geometry: Nullable(Geometry),
  properties: Type.Record(Type.String(), Type.Unknown()),
})
export const FeatureCollection = Type.Object({
  type: Type.Literal('FeatureCollection'),
  features: Type.Array(GeoJsonFeature),
})
export type FeatureCollection = Static<typeof FeatureCollection>

export const KindInfo = Type.Object({
  kind: Type.String(),
  title: Bilingual,
  icon: Type.String(),
  geometry: Type.Enum(['point', 'any', 'none']),
  series: Type.Boolean({ description: 'may have observations' }),
  ownerDerived: Type.Boolean({ description: '权属单位由代码或所属对象得出，不必填写' }),
  schema: Type.Unknown({ description: 'JSON Schema of properties; every property has title (zh) and x-en' }),
  count: Type.Integer(),
})
export type KindInfo = Static<typeof KindInfo>

export const Feature = Type.Object({
  id: Id,
  kind: Type.String(),
  code: Type.String(),
  name: Type.String(),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  ownerId: Type.Integer({ minimum: 0, description: '0 公共数据，其余为单位编号' }),
  ownerName: Nullable(Type.String()),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  geometry: Nullable(Geometry),
  properties: Type.Record(Type.String(), Type.Unknown()),
  validFrom: Nullable(DateString),
  validTo: Nullable(DateString),
  version: Type.Integer(),
  updatedAt: Instant,
})
export type Feature = Static<typeof Feature>

export const FeatureInput = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 60 }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    regionCode: RegionCode,
    ownerId: Type.Optional(Type.Integer({ minimum: 0 })),
    lon: Type.Optional(Nullable(Type.Number({ minimum: -180, maximum: 180 }))),
    lat: Type.Optional(Nullable(Type.Number({ minimum: -90, maximum: 90 }))),
    geometry: Type.Optional(Nullable(Geometry)),
    properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    validFrom: Type.Optional(Nullable(DateString)),
    validTo: Type.Optional(Nullable(DateString)),
  },
  { additionalProperties: false },
)
export type FeatureInput = Static<typeof FeatureInput>

const tags = ['对象台账 Registry']
export const listRegions = {
  operationId: 'listRegions',
  summary: '行政区列表',
  tags,
  response: { 200: Type.Object({ items: Type.Array(Region) }), ...problemResponses },
} as const
export const putRegion = {
  operationId: 'putRegion',
  summary: '登记或修改行政区',
  description: '代码按 GB/T 2260；边界为 GeoJSON，可不给。',
  tags,
  params: Type.Object({ code: RegionCode }),
  body: RegionInput,
  response: { 200: Region, ...problemResponses },
} as const
export const regionsGeoJson = {
  operationId: 'regionsGeoJson',
  summary: '行政区边界（GeoJSON）',
  tags,
  response: { 200: FeatureCollection, ...problemResponses },
} as const
export const listKinds = {
  operationId: 'listKinds',
  summary: '对象类型',
  tags,
  response: { 200: Type.Object({ items: Type.Array(KindInfo) }), ...problemResponses },
} as const
export const featureFilter = {
  kind: Type.Optional(Type.String({ maxLength: 60 })),
  regionCode: Type.Optional(RegionCode),
  search: Type.Optional(Type.String({ maxLength: 100, description: '名称或代码中的文字' })),
  bbox: Type.Optional(
    Type.String({ pattern: '^-?[0-9.]+(,-?[0-9.]+){3}$', description: 'west,south,east,north' }),
  ),
} as const
export const listFeatures = {
  operationId: 'listFeatures',
  summary: '对象列表',
  tags,
  querystring: Type.Object({ ...pageQuery, ...featureFilter }),
  response: { 200: Page(Feature), ...problemResponses },
} as const
export const featuresGeoJson = {
  operationId: 'featuresGeoJson',
  summary: '对象（GeoJSON）',
  tags,
  querystring: Type.Object({ ...featureFilter }),
  response: { 200: FeatureCollection, ...problemResponses },
} as const
export const getFeature = {
  operationId: 'getFeature',
  summary: '对象详情',
  tags,
  params: Type.Object({ id: Id }),
  response: { 200: Feature, ...problemResponses },
} as const
export const createFeature = {
  operationId: 'createFeature',
  summary: '新建对象',
  tags,
  body: Type.Interface(
    [FeatureInput],
    { kind: Type.String({ minLength: 1, maxLength: 60 }) },
    { additionalProperties: false },
  ),
  response: { 201: Feature, ...problemResponses },
} as const
export const updateFeature = {
  operationId: 'updateFeature',
  summary: '修改对象',
  description: '提交完整资料和读到的版本号；旧版本进入变更历史。',
  tags,
  params: Type.Object({ id: Id }),
  body: Type.Interface(
    [FeatureInput],
    { version: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false },
  ),
  response: { 200: Feature, ...problemResponses },
} as const
export const FeatureRevision = Type.Object({
  version: Type.Integer(),
  changedAt: Instant,
  changedBy: Type.String(),
  feature: Feature,
})
export const featureHistory = {
  operationId: 'featureHistory',
  summary: '对象变更历史',
  description: '新的在前，第一条为现行资料。',
  tags,
  params: Type.Object({ id: Id }),
  response: { 200: Type.Object({ items: Type.Array(FeatureRevision) }), ...problemResponses },
} as const

export const LineError = Type.Object({
  line: Type.Integer({ description: 'row of the sheet, or number of the GeoJSON feature, from 1' }),
  column: Nullable(Type.String()),
  value: Nullable(Type.String()),
  reason: Type.String(),
})
export type LineError = Static<typeof LineError>
export const FeatureImportResult = Type.Object({
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  errors: Type.Array(LineError),
})
export type FeatureImportResult = Static<typeof FeatureImportResult>
export const importFeatures = {
  operationId: 'importFeatures',
  summary: '导入对象（XLSX 或 GeoJSON）',
  description: 'multipart/form-data，字段 file。错误行逐行报告，其余照常导入；重复导入无副作用。',
  tags,
  consumes: ['multipart/form-data'],
  params: Type.Object({ kind: Type.String({ maxLength: 60 }) }),
  response: { 200: FeatureImportResult, ...problemResponses },
} as const
export const exportFeatures = {
  operationId: 'exportFeatures',
  summary: '导出对象（XLSX 或 GeoJSON）',
  tags,
  params: Type.Object({ kind: Type.String({ maxLength: 60 }), format: Type.Enum(['xlsx', 'geojson']) }),
  response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
} as const
export const featureTemplate = {
  operationId: 'featureTemplate',
  summary: '导入模板（XLSX）',
  description: '第一张表只有列名；第二张表说明各列怎样填写，并给出示例。',
  tags,
  params: Type.Object({ kind: Type.String({ maxLength: 60 }) }),
  response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
} as const
