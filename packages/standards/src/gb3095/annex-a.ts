import { clauseOf, standards } from '../clause.ts'

/** Annex A, informative: reference limits for provincial standards; unchanged from 2012 to 2026. */
export const annexALimits = [
  { item: 'Cd', zh: '镉', phase: 'PM10', averaging: 'year', area: null, limit: 0.005, unit: 'µg/m³' },
  { item: 'Hg', zh: '汞', phase: '气态及颗粒物', averaging: 'year', area: null, limit: 0.05, unit: 'µg/m³' },
  { item: 'As', zh: '砷', phase: 'PM10', averaging: 'year', area: null, limit: 0.006, unit: 'µg/m³' },
  {
    item: 'Cr(VI)',
    zh: '六价铬',
    phase: 'PM10',
    averaging: 'year',
    area: null,
    limit: 0.000025,
    unit: 'µg/m³',
  },
  {
    item: 'F',
    zh: '氟化物',
    phase: '无机，气态及颗粒物',
    averaging: 'hour',
    area: '城市地区',
    limit: 20,
    unit: 'µg/m³',
  },
  {
    item: 'F',
    zh: '氟化物',
    phase: '无机，气态及颗粒物',
    averaging: 'day',
    area: '城市地区',
    limit: 7,
    unit: 'µg/m³',
  },
  {
    item: 'F',
    zh: '氟化物',
    phase: null,
    averaging: 'month',
    area: '牧业区、半牧业区、蚕桑区',
    limit: 1.8,
    unit: 'µg/(dm²·d)',
  },
  {
    item: 'F',
    zh: '氟化物',
    phase: null,
    averaging: 'growing-season',
    area: '牧业区、半牧业区、蚕桑区',
    limit: 1.2,
    unit: 'µg/(dm²·d)',
  },
  {
    item: 'F',
    zh: '氟化物',
    phase: null,
    averaging: 'month',
    area: '农业和林业区',
    limit: 3.0,
    unit: 'µg/(dm²·d)',
  },
  {
    item: 'F',
    zh: '氟化物',
    phase: null,
    averaging: 'growing-season',
    area: '农业和林业区',
    limit: 2.0,
    unit: 'µg/(dm²·d)',
  },
] as const

export const annexAClause = clauseOf(standards.gb3095_2026)('附录A')
