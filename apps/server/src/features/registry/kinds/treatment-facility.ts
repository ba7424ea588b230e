import { Type } from 'typebox'
import { choice, maybe, number, text } from './field.ts'
import type { FeatureKind } from './kind.ts'

/** Treatment facility (污染治理设施) before an outlet. */
export const treatmentFacility: FeatureKind = {
  kind: 'treatment-facility',
  title: { zh: '治理设施', en: 'Treatment facility' },
  icon: 'treatment',
  geometry: 'point',
  series: false,
  editors: 'registry:write',
  properties: Type.Object(
    {
      outletCode: text('排放口代码', { en: 'Code of the outlet', max: 60 }),
      type: choice(
        '治理对象',
        {
          desulphurisation: '脱硫',
          denitrification: '脱硝',
          dedusting: '除尘',
          vocs: '挥发性有机物治理',
          'acid-gas': '脱酸',
          'waste-water': '废水处理',
          other: '其他',
        },
        { en: 'What it treats' },
      ),
      process: text('治理工艺', { en: 'Process', max: 100, example: '石灰石-石膏湿法' }),
      ratedKw: maybe(number('额定功率（kW）', { en: 'Rated power (kW)', min: 0 })),
      designEfficiency: maybe(number('设计去除率（%）', { en: 'Design efficiency (%)', min: 0, max: 100 })),
    },
    { additionalProperties: false },
  ),
  references: [{ property: 'outletCode', kind: 'outlet', sameOwner: true }],
}
