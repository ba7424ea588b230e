/** For tests: a plant with outlets, devices and facilities, with codes that pass the check. */
import { unifiedCreditCheckCharacter } from '@shanshui/standards'
import type { Trx } from '../../platform/db/index.ts'
import { type FeatureDraft, type Point, upsertFeature, upsertRegion } from './registry.service.ts'

/** The n-th credit code of a district, check character and all. */
export function creditCode(n: number, region = 629001): string {
  const first17 = `91${region}MA${String(n).padStart(7, '0')}`
  return first17 + unifiedCreditCheckCharacter(first17)
}

export const enterpriseDraft = (
  code: string,
  name: string,
  more: Partial<FeatureDraft> = {},
): FeatureDraft => ({
  kind: 'enterprise',
  code,
  name,
  regionCode: 629001,
  lon: 102.2,
  lat: 38.5,
  ...more,
  properties: {
    industry: 'C3216',
    industryName: '铜镍冶炼',
    sector: 'nonferrous',
    permitClass: 'key',
    autoMonitored: true,
    ...more.properties,
  },
})

export const outletDraft = (
  enterpriseCode: string,
  number: string,
  more: Partial<FeatureDraft> = {},
): FeatureDraft => ({
  kind: 'outlet',
  code: `${enterpriseCode}-${number}`,
  name: `${number} 排放口`,
  regionCode: 629001,
  ...more,
  properties: {
    enterpriseCode,
    number,
    medium: number.startsWith('DA') ? 'air' : 'water',
    main: true,
    facility: 'sinter',
    factors: ['a21026', 'a21002'],
    ...more.properties,
  },
})

export const deviceDraft = (
  outletCode: string,
  code: string,
  parameters: readonly object[],
  more: Partial<FeatureDraft> = {},
): FeatureDraft => ({
  kind: 'monitoring-device',
  code,
  name: `${code} 烟气分析仪`,
  regionCode: 629001,
  ...more,
  properties: {
    outletCode,
    mn: `MN${code.replaceAll(/\W/g, '')}`,
    model: 'CEMS-2000',
    manufacturer: '某仪器厂',
    operator: '清源运维',
    parameters: [...parameters],
    ...more.properties,
  },
})

export const facilityDraft = (outletCode: string, code: string): FeatureDraft => ({
  kind: 'treatment-facility',
  code,
  name: `${code} 脱硫塔`,
  regionCode: 629001,
  properties: { outletCode, type: 'desulphurisation', process: '石灰石-石膏湿法' },
})

export const so2 = { factor: 'a21026', rangeHigh: 200, unit: 'mg/m3', slope: 1, intercept: 0 }

/** The regions of the demo city that the drafts stand in. */
export async function makeRegions(trx: Trx): Promise<void> {
  await upsertRegion(trx, 'system', { code: 629000, name: '祁川市', level: 'city', parentCode: null })
  for (const [code, name] of [
    [629001, '金河区'],
    [629002, '石岭区'],
  ] as const)
    await upsertRegion(trx, 'system', { code, name, level: 'county', parentCode: 629000 })
}

/** An enterprise with two outlets, a device and a facility at the first. */
export async function makePlant(
  trx: Trx,
  code: string,
  name: string,
): Promise<{ enterprise: Point; outlets: Point[] }> {
  const enterprise = await upsertFeature(trx, 'system', enterpriseDraft(code, name))
  const outlets = [
    await upsertFeature(trx, 'system', outletDraft(code, 'DA001')),
    await upsertFeature(trx, 'system', outletDraft(code, 'DW001')),
  ]
  await upsertFeature(trx, 'system', deviceDraft(`${code}-DA001`, `D-${code.slice(-6)}`, [so2]))
  await upsertFeature(trx, 'system', facilityDraft(`${code}-DA001`, `T-${code.slice(-6)}`))
  return { enterprise, outlets }
}
