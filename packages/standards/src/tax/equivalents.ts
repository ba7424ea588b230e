/** Pollution equivalents (污染当量值), kg. 环境保护税法 附表二. */
import type { Status } from '../clause.ts'
import { taxLawAt } from '../permit/clauses.ts'

export const equivalentClause = taxLawAt('附表二')

export type TaxClass = 'air' | 'water-first' | 'water-second'
export interface Equivalent {
  readonly pollutant: string
  readonly zh: string
  readonly kg: number
  readonly taxClass: TaxClass
  readonly status: Status
  /** Of COD, BOD5 and TOC only one counts. */
  readonly oneOf?: 'oxygen-demand'
}

const rows =
  (taxClass: TaxClass, status: Status) =>
  (list: readonly (readonly [string, string, number])[]): readonly Equivalent[] =>
    list.map(([pollutant, zh, kg]) => ({ pollutant, zh, kg, taxClass, status }))

/** `verified`: read in the law's table by several copies; others by one copy only. TN is not in the table. */
export const pollutionEquivalents: readonly Equivalent[] = [
  ...rows(
    'air',
    'verified',
  )([
    ['SO2', '二氧化硫', 0.95],
    ['NOx', '氮氧化物', 0.95],
    ['CO', '一氧化碳', 16.7],
    ['dust', '一般性粉尘', 4],
  ]),
  ...rows(
    'air',
    'unverified',
  )([
    ['smoke-dust', '烟尘', 2.18],
    ['Cl2', '氯气', 0.34],
    ['HCl', '氯化氢', 10.75],
    ['F-gas', '氟化物', 0.87],
    ['HCN', '氰化氢', 0.005],
    ['H2SO4-mist', '硫酸雾', 0.6],
    ['chromic-mist', '铬酸雾', 0.0007],
    ['Hg-gas', '汞及其化合物', 0.0001],
    ['asbestos', '石棉尘', 0.53],
    ['glass-wool', '玻璃棉尘', 2.13],
    ['carbon-black', '炭黑尘', 0.59],
    ['Pb-gas', '铅及其化合物', 0.02],
    ['Cd-gas', '镉及其化合物', 0.03],
    ['Be-gas', '铍及其化合物', 0.0004],
    ['Ni-gas', '镍及其化合物', 0.13],
    ['Sn-gas', '锡及其化合物', 0.27],
    ['benzene', '苯', 0.05],
    ['toluene', '甲苯', 0.18],
    ['xylene', '二甲苯', 0.27],
    ['BaP-gas', '苯并(a)芘', 0.000002],
    ['formaldehyde-gas', '甲醛', 0.09],
    ['acetaldehyde', '乙醛', 0.45],
    ['acrolein', '丙烯醛', 0.06],
    ['methanol', '甲醇', 0.67],
    ['phenols', '酚类', 0.35],
    ['asphalt-fume', '沥青烟', 0.19],
    ['anilines', '苯胺类', 0.21],
    ['chlorobenzenes', '氯苯类', 0.72],
    ['nitrobenzene-gas', '硝基苯', 0.17],
    ['acrylonitrile', '丙烯腈', 0.22],
    ['vinyl-chloride', '氯乙烯', 0.55],
    ['phosgene', '光气', 0.04],
    ['H2S', '硫化氢', 0.29],
    ['NH3', '氨', 9.09],
    ['trimethylamine', '三甲胺', 0.32],
    ['methyl-mercaptan', '甲硫醇', 0.04],
    ['DMS', '甲硫醚', 0.28],
    ['DMDS', '二甲二硫', 0.28],
    ['styrene', '苯乙烯', 25],
    ['CS2', '二硫化碳', 20],
  ]),
  ...rows(
    'water-first',
    'unverified',
  )([
    ['Hg', '总汞', 0.0005],
    ['Cd', '总镉', 0.005],
    ['Cr', '总铬', 0.04],
    ['Cr6', '六价铬', 0.02],
    ['As', '总砷', 0.02],
    ['Pb', '总铅', 0.025],
    ['Ni', '总镍', 0.025],
    ['BaP', '苯并(a)芘', 0.0000003],
    ['Be', '总铍', 0.01],
    ['Ag', '总银', 0.02],
  ]),
  {
    pollutant: 'COD',
    zh: '化学需氧量',
    kg: 1,
    taxClass: 'water-second',
    status: 'verified',
    oneOf: 'oxygen-demand',
  },
  {
    pollutant: 'BOD5',
    zh: '五日生化需氧量',
    kg: 0.5,
    taxClass: 'water-second',
    status: 'unverified',
    oneOf: 'oxygen-demand',
  },
  {
    pollutant: 'TOC',
    zh: '总有机碳',
    kg: 0.49,
    taxClass: 'water-second',
    status: 'unverified',
    oneOf: 'oxygen-demand',
  },
  ...rows(
    'water-second',
    'verified',
  )([
    ['NH3-N', '氨氮', 0.8],
    ['TP', '总磷', 0.25],
  ]),
  ...rows(
    'water-second',
    'unverified',
  )([
    ['SS', '悬浮物', 4],
    ['oil', '石油类', 0.1],
    ['animal-vegetable-oil', '动植物油', 0.16],
    ['phenol', '挥发酚', 0.08],
    ['cyanide', '总氰化物', 0.05],
    ['sulphide', '硫化物', 0.125],
    ['F', '氟化物', 0.5],
    ['formaldehyde', '甲醛', 0.125],
    ['aniline', '苯胺类', 0.2],
    ['nitrobenzene', '硝基苯类', 0.2],
    ['LAS', '阴离子表面活性剂', 0.2],
    ['Cu', '总铜', 0.1],
    ['Zn', '总锌', 0.2],
    ['Mn', '总锰', 0.2],
    ['Se', '总硒', 0.02],
    ['AOX', '可吸附有机卤化物', 0.25],
    ['benzene-series', '苯系物', 0.02],
  ]),
]

const byMedium = {
  air: new Map(pollutionEquivalents.filter((e) => e.taxClass === 'air').map((e) => [e.pollutant, e])),
  water: new Map(pollutionEquivalents.filter((e) => e.taxClass !== 'air').map((e) => [e.pollutant, e])),
}

/** Row of a pollutant; undefined: not taxable. */
export const equivalentOf = (medium: 'air' | 'water', pollutant: string): Equivalent | undefined =>
  byMedium[medium].get(pollutant)
