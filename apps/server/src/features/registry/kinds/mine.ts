import { Type } from 'typebox'
import { choice, day, maybe, text, texts } from './field.ts'
import type { FeatureKind } from './kind.ts'

/** Mine (矿井、矿山): what it harms, and whether it has been ordered to close; the closing itself is a matter. */
export const mine: FeatureKind = {
  kind: 'mine',
  title: { zh: '矿井（矿山）', en: 'Mine' },
  icon: 'mine',
  geometry: 'any',
  series: false,
  editors: 'registry:write',
  properties: Type.Object(
    {
      mineral: text('矿种', { en: 'Mineral', max: 60, example: '铜矿' }),
      method: choice(
        '开采方式',
        { underground: '地下开采', open: '露天开采', both: '露天与地下' },
        { en: 'Method' },
      ),
      status: choice(
        '状态',
        { working: '在产', idle: '停产', ordered: '责令关闭', closed: '已关闭' },
        { en: 'Status' },
      ),
      harms: maybe(texts('生态环境破坏类型', { en: 'Harm', spaced: true })),
      enterpriseCode: maybe(text('矿业权人统一社会信用代码', { en: 'Code of the holder', max: 18 })),
      orderedOn: maybe(day('责令关闭日期', { en: 'Ordered to close on' })),
      closedOn: maybe(day('关闭日期', { en: 'Closed on' })),
      responsibleCounty: maybe(text('责任县区', { en: 'Responsible county', max: 60 })),
    },
    { additionalProperties: false },
  ),
}
