import { Type } from 'typebox'
import type { FeatureKind } from './kind.ts'

/** The built-up area of a city as an object of assessment: its values come from its assessment stations (HJ 663). */
export const airCity: FeatureKind = {
  kind: 'air-city',
  title: { zh: '空气评价城市', en: 'City assessed for air' },
  icon: 'city',
  geometry: 'any',
  series: true,
  editors: 'registry:write',
  properties: Type.Object(
    {
      members: Type.Array(Type.String({ maxLength: 60 }), {
        title: '参评点位代码',
        'x-en': 'Codes of the assessment stations',
        maxItems: 200,
        uniqueItems: true,
      }),
    },
    { additionalProperties: false },
  ),
}
