import { Type } from 'typebox'
import type { FeatureKind } from './kind.ts'

/** A city that ours is ranked against; only its published indexes are known. */
export const peerCity: FeatureKind = {
  kind: 'peer-city',
  title: { zh: '对标城市', en: 'Peer city' },
  icon: 'ranking',
  geometry: 'point',
  series: false,
  editors: 'registry:write',
  properties: Type.Object(
    {
      group: Type.Optional(Type.String({ title: '排名范围', 'x-en': 'Ranking group', maxLength: 60 })),
      source: Type.Optional(Type.String({ title: '数据来源', 'x-en': 'Source', maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
}
