import { checkUnifiedCredit, industryCodeForm, unifiedCreditAlphabet } from '@shanshui/standards'
import { Type } from 'typebox'
import { choice, integer, maybe, text, texts, yesNo } from './field.ts'
import type { FeatureKind, FieldFault } from './kind.ts'

/** Sector: the key by which limits are chosen and similar plants are found. */
export const sectors = {
  power: '火电',
  steel: '钢铁',
  cement: '水泥',
  nonferrous: '有色金属冶炼',
  coking: '焦化',
  'waste-incineration': '生活垃圾焚烧',
  sewage: '城镇污水处理',
  chemical: '化工',
  food: '食品加工',
  boiler: '集中供热锅炉',
  building: '建材（除水泥）',
  mining: '采选',
  paper: '造纸',
  pharmaceutical: '制药',
  textile: '纺织印染',
  other: '其他',
} as const

const creditPattern = `^[${unifiedCreditAlphabet}]{18}$`

/** Polluting unit (排污单位). Its code is the unified social credit code (GB 32100-2015). */
export const enterprise: FeatureKind = {
  kind: 'enterprise',
  title: { zh: '排污单位', en: 'Enterprise' },
  icon: 'factory',
  geometry: 'any',
  series: false,
  editors: 'registry:write',
  properties: Type.Object(
    {
      industry: text('行业代码', {
        en: 'Industry (GB/T 4754)',
        pattern: industryCodeForm.value.pattern,
        example: industryCodeForm.value.example,
      }),
      industryName: text('行业名称', { en: 'Name of the industry', example: '铜镍冶炼' }),
      sector: choice('行业类别', sectors, { en: 'Sector' }),
      permitClass: choice(
        '排污许可管理类别',
        { key: '重点管理', simplified: '简化管理', registered: '登记管理' },
        { en: 'Class of permit' },
      ),
      autoMonitored: yesNo('自动监控', { en: 'Monitored automatically' }),
      legalRepresentative: maybe(text('法定代表人', { en: 'Legal representative', max: 60 })),
      parkCode: maybe(text('所在园区代码', { en: 'Code of the park', max: 60 })),
      processes: maybe(texts('主要工艺', { en: 'Processes', spaced: true })),
      employees: maybe(integer('从业人数', { en: 'Employees', min: 0 })),
      address: maybe(text('地址', { en: 'Address' })),
      contact: maybe(text('环保负责人', { en: 'Environment officer', max: 60 })),
      phone: maybe(text('联系电话', { en: 'Telephone', max: 40 })),
      formerNames: maybe(texts('曾用名', { en: 'Former names', spaced: true })),
      formerCodes: maybe(texts('曾用代码', { en: 'Former codes', max: 60 })),
      mergedInto: maybe(text('并入', { en: 'Merged into', max: 60, pattern: creditPattern })),
    },
    { additionalProperties: false },
  ),
  references: [{ property: 'parkCode', kind: 'park' }],
  check({ code, ownerId, properties }) {
    const faults: FieldFault[] = []
    const credit = checkUnifiedCredit(code)
    if (!credit.ok) faults.push({ path: 'code', message: credit.message })
    // Public data would be seen by every enterprise.
    if (ownerId === 0) faults.push({ path: 'ownerId', message: '排污单位应有权属单位，不能作公共数据' })
    if (properties.mergedInto === code)
      faults.push({ path: 'properties/mergedInto', message: '不能并入自身' })
    return faults
  },
}
