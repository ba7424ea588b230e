import { Type } from 'typebox'
import { day, factorPattern, maybe, number, rows, text } from './field.ts'
import type { FeatureKind, FieldFault } from './kind.ts'

/** What a device is set to for one factor; the history of the feature is the history of these. */
const parameters = rows(
  '参数',
  {
    factor: text('因子', { en: 'Factor', pattern: factorPattern, example: 'a21026' }),
    rangeHigh: number('量程上限', { en: 'Upper end of the range', min: 0, example: 200 }),
    unit: text('单位', { en: 'Unit', max: 20, example: 'mg/m3' }),
    slope: number('斜率', { en: 'Slope', example: 1 }),
    intercept: number('截距', { en: 'Intercept', example: 0 }),
    k: maybe(number('K系数（速度场系数）', { en: 'K (velocity field)', min: 0, example: 0.95 })),
    referenceO2: maybe(
      number('基准氧含量（%）', { en: 'Reference oxygen (%)', min: 0, max: 20.9, example: 6 }),
    ),
    detectionLimit: maybe(number('检出限', { en: 'Detection limit', min: 0, example: 2 })),
  },
  { en: 'Parameters', items: 60 },
)

/** Monitoring device (自动监测设备) at an outlet. */
export const monitoringDevice: FeatureKind = {
  kind: 'monitoring-device',
  title: { zh: '自动监测设备', en: 'Monitoring device' },
  icon: 'device',
  geometry: 'point',
  series: false,
  editors: 'registry:write',
  properties: Type.Object(
    {
      outletCode: text('排放口代码', { en: 'Code of the outlet', max: 60 }),
      mn: maybe(text('设备唯一标识（MN）', { en: 'Device number (MN)', max: 32, pattern: '^[0-9A-Za-z]+$' })),
      model: text('型号', { en: 'Model', max: 100 }),
      manufacturer: text('生产厂家', { en: 'Manufacturer', max: 100 }),
      serial: maybe(text('出厂编号', { en: 'Serial number', max: 60 })),
      operator: text('运维单位', { en: 'Operator', max: 100 }),
      acceptedOn: maybe(day('验收日期', { en: 'Accepted on' })),
      lastCalibratedOn: maybe(day('最近校准日期', { en: 'Last calibrated on' })),
      lastVerifiedOn: maybe(day('最近校验日期', { en: 'Last verified on' })),
      parameters,
    },
    { additionalProperties: false },
  ),
  references: [{ property: 'outletCode', kind: 'outlet', sameOwner: true }],
  check({ properties }) {
    const faults: FieldFault[] = []
    const seen = new Set<unknown>()
    for (const [index, parameter] of (properties.parameters as { factor: string }[]).entries()) {
      if (seen.has(parameter.factor)) {
        const path = `properties/parameters/${index}/factor`
        faults.push({ path, message: `因子 ${parameter.factor} 重复` })
      }
      seen.add(parameter.factor)
    }
    return faults
  },
}
