import { Type } from 'typebox'
import { choice, maybe, number, text, texts } from './field.ts'
import type { FeatureKind } from './kind.ts'

/** Industrial park (工业园区): a frame in which enterprises are summed up. */
export const park: FeatureKind = {
  kind: 'park',
  title: { zh: '园区', en: 'Park' },
  icon: 'park',
  geometry: 'any',
  series: false,
  editors: 'registry:write',
  properties: Type.Object(
    {
      kind: choice(
        '园区类型',
        {
          chemical: '化工园区',
          metallurgy: '冶金园区',
          'economic-zone': '经济技术开发区',
          'high-tech': '高新技术产业开发区',
          other: '其他工业园区',
        },
        { en: 'Type of park' },
      ),
      area_km2: maybe(number('面积（平方千米）', { en: 'Area (km²)', min: 0 })),
      managedBy: maybe(text('管理机构', { en: 'Managed by', max: 100 })),
      industries: maybe(texts('主导产业', { en: 'Industries', spaced: true })),
    },
    { additionalProperties: false },
  ),
}
