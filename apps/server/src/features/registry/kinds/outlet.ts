import { mediumOfOutletNumber, outletNumberForm } from '@shanshui/standards'
import { Type } from 'typebox'
import { choice, day, factorPattern, maybe, number, text, texts, yesNo } from './field.ts'
import { checkChildCode, type FeatureKind, type FieldFault } from './kind.ts'

/** Outlet (排放口) of an enterprise; code `<credit code>-<number>`. Its observations are those of its devices. */
export const outlet: FeatureKind = {
  kind: 'outlet',
  title: { zh: '排放口', en: 'Outlet' },
  icon: 'outlet',
  geometry: 'point',
  series: true,
  editors: 'registry:write',
  properties: Type.Object(
    {
      enterpriseCode: text('排污单位代码', { en: 'Code of the enterprise', max: 60 }),
      number: text('排放口编号', {
        en: 'Number of the outlet',
        pattern: outletNumberForm.value.pattern,
        example: 'DA001',
      }),
      medium: choice('介质', { air: '废气', water: '废水' }, { en: 'Medium' }),
      main: yesNo('主要排放口', { en: 'Main outlet' }),
      facility: text('设施类型', {
        en: 'Facility (key of the limit tables)',
        pattern: '^[a-z0-9][a-z0-9.-]{0,59}$',
        example: 'power-coal-boiler',
      }),
      factors: texts('监测因子', {
        en: 'Factors monitored',
        pattern: factorPattern,
        example: 'a21026、a21002',
      }),
      operator: maybe(text('运维单位', { en: 'Operator', max: 100 })),
      referenceO2: maybe(number('基准氧含量（%）', { en: 'Reference oxygen (%)', min: 0, max: 20.9 })),
      heightM: maybe(number('高度（m）', { en: 'Height (m)', min: 0, max: 500 })),
      sectionM2: maybe(number('烟道截面积（m²）', { en: 'Section (m²)', min: 0 })),
      eiaApprovedOn: maybe(day('环评批复日期', { en: 'EIA approved on' })),
      special: maybe(yesNo('执行特别排放限值', { en: 'Special limits' })),
      ultraLow: maybe(yesNo('执行超低排放', { en: 'Ultra-low emission' })),
      direct: maybe(yesNo('直接排放', { en: 'Direct discharge' })),
      manages: maybe(texts('对应生产设施', { en: 'Production facilities', spaced: true })),
      mergedInto: maybe(text('并入', { en: 'Merged into', max: 60 })),
    },
    { additionalProperties: false },
  ),
  references: [{ property: 'enterpriseCode', kind: 'enterprise', sameOwner: true }],
  check(feature) {
    const { enterpriseCode, number, medium } = feature.properties
    // A twin that a merger ended keeps its code: two numbers of one plant cannot be the same.
    const faults: FieldFault[] =
      feature.properties.mergedInto === undefined ? checkChildCode(feature, enterpriseCode, number) : []
    if (mediumOfOutletNumber(String(number)) !== medium) {
      faults.push({
        path: 'properties/medium',
        message: `编号 ${number} 与介质不符：DA 为废气，DW、YS 为废水`,
      })
    }
    return faults
  },
}
