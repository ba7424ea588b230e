/**
 * What kinds of outlets the fictional city has. Levels are shares of the limit, so that a plant can be moved to another
 * limit without changing its character. Limits name where they come from; all other numbers are invented.
 */

export type SectorKey =
  | 'power'
  | 'sinter'
  | 'cement-kiln'
  | 'smelter-acid'
  | 'coke-oven'
  | 'waste-incinerator'
  | 'gas-boiler'
  | 'sewage'
  | 'chemical-water'
  | 'food-water'

export interface PollutantModel {
  /** code of HJ 212 */
  readonly parameter: string
  readonly unit: 'mg/m3' | 'mg/L' | ''
  readonly limit: number
  readonly limitBasis: string
  /** full scale of the instrument, in the unit of the value */
  readonly range: number
  /** smallest step the instrument shows */
  readonly step: number
  /** median as a share of the limit */
  readonly share: number
  /** standard deviation of the logarithm in honest operation */
  readonly scatter: number
  /** by how much the logarithm follows the logarithm of the load */
  readonly loadExponent: number
  /** share of the scatter that all pollutants of the outlet have in common */
  readonly common: number
  /** short upsets above the usual a thousand hours */
  readonly upsetsPer1000h: number
}

export interface SectorModel {
  readonly key: SectorKey
  readonly zh: string
  readonly medium: 'air' | 'water'
  readonly loadPattern: 'dispatch' | 'steady' | 'day-shift' | 'batch' | 'heating' | 'inflow'
  /** planned stops a year, and how long they take (hours) */
  readonly stopsPerYear: number
  readonly stopHours: readonly [least: number, most: number]
  readonly o2?: {
    readonly full: number
    readonly perLoad: number
    readonly scatter: number
    readonly reference: number
  }
  /** dry standard m³/h, or m³/h of water, at full load */
  readonly fullFlow: number
  readonly flowScatter: number
  /** °C at full load */
  readonly temperature: number
  /** an analyser of water gives one result in so many hours; the logger repeats it */
  readonly resultEveryHours: number
  readonly pollutants: readonly PollutantModel[]
}

const air = (
  parameter: string,
  limit: number,
  limitBasis: string,
  range: number,
  share: number,
  scatter: number,
  more: Partial<PollutantModel> = {},
): PollutantModel => ({
  parameter,
  unit: 'mg/m3',
  limit,
  limitBasis,
  range,
  step: 0.1,
  share,
  scatter,
  loadExponent: 0.4,
  common: 0.2,
  upsetsPer1000h: 1.5,
  ...more,
})
const water = (
  parameter: string,
  limit: number,
  limitBasis: string,
  range: number,
  share: number,
  scatter: number,
  more: Partial<PollutantModel> = {},
): PollutantModel => ({
  ...air(parameter, limit, limitBasis, range, share, scatter, {
    loadExponent: 0.25,
    common: 0.5,
    step: 0.01,
  }),
  unit: 'mg/L',
  ...more,
})

const PM = 'a34013'
const SO2 = 'a21026'
const NOX = 'a21002'
const ultraLowSteel = '环大气〔2019〕35号'
const ultraLowCement = '环大气〔2024〕5号'
const ultraLowPower = '燃煤电厂超低排放'
const gb25467 = 'GB 25467-2010'
const gb18485 = 'GB 18485-2014'
const gb13271 = 'GB 13271-2014'
const gb18918 = 'GB 18918-2002 一级A'
const gb8978 = 'GB 8978-1996 表4一级'

export const sectors: Readonly<Record<SectorKey, SectorModel>> = {
  power: {
    key: 'power',
    zh: '火电',
    medium: 'air',
    loadPattern: 'dispatch',
    stopsPerYear: 1.5,
    stopHours: [120, 700],
    o2: { full: 5.2, perLoad: 3, scatter: 0.25, reference: 6 },
    fullFlow: 1_150_000,
    flowScatter: 0.02,
    temperature: 51,
    resultEveryHours: 1,
    pollutants: [
      air(PM, 10, ultraLowPower, 30, 0.26, 0.2, { upsetsPer1000h: 0.4 }),
      air(SO2, 35, ultraLowPower, 200, 0.5, 0.3, { loadExponent: 0.6 }),
      air(NOX, 50, ultraLowPower, 200, 0.74, 0.12, { loadExponent: 0.15 }),
    ],
  },
  sinter: {
    key: 'sinter',
    zh: '烧结机头',
    medium: 'air',
    loadPattern: 'steady',
    stopsPerYear: 6,
    stopHours: [10, 90],
    o2: { full: 15.6, perLoad: 1.2, scatter: 0.3, reference: 16 },
    fullFlow: 820_000,
    flowScatter: 0.03,
    temperature: 58,
    resultEveryHours: 1,
    pollutants: [
      air(PM, 10, ultraLowSteel, 50, 0.38, 0.22),
      air(SO2, 35, ultraLowSteel, 200, 0.55, 0.35, { upsetsPer1000h: 2 }),
      air(NOX, 50, ultraLowSteel, 300, 0.72, 0.14),
    ],
  },
  'cement-kiln': {
    key: 'cement-kiln',
    zh: '水泥窑窑尾',
    medium: 'air',
    loadPattern: 'steady',
    stopsPerYear: 3,
    stopHours: [200, 1400],
    o2: { full: 8.8, perLoad: 1.6, scatter: 0.35, reference: 10 },
    fullFlow: 460_000,
    flowScatter: 0.02,
    temperature: 96,
    resultEveryHours: 1,
    pollutants: [
      air(PM, 10, ultraLowCement, 50, 0.42, 0.18),
      air(SO2, 35, ultraLowCement, 300, 0.2, 0.55, { common: 0.05 }),
      air(NOX, 50, ultraLowCement, 400, 0.78, 0.11),
    ],
  },
  'smelter-acid': {
    key: 'smelter-acid',
    zh: '铜镍冶炼制酸尾气',
    medium: 'air',
    loadPattern: 'batch',
    stopsPerYear: 5,
    stopHours: [20, 260],
    fullFlow: 210_000,
    flowScatter: 0.03,
    temperature: 62,
    resultEveryHours: 1,
    pollutants: [
      air(SO2, 400, gb25467, 1500, 0.52, 0.35, { step: 1, loadExponent: 0.9, upsetsPer1000h: 3 }),
      air(PM, 50, gb25467, 200, 0.3, 0.25),
    ],
  },
  'coke-oven': {
    key: 'coke-oven',
    zh: '焦炉烟囱',
    medium: 'air',
    loadPattern: 'steady',
    stopsPerYear: 0.2,
    stopHours: [24, 72],
    o2: { full: 7.6, perLoad: 1.2, scatter: 0.25, reference: 8 },
    fullFlow: 240_000,
    flowScatter: 0.03,
    temperature: 142,
    resultEveryHours: 1,
    pollutants: [
      air(PM, 10, '焦化超低排放', 50, 0.45, 0.2),
      air(SO2, 30, '焦化超低排放', 200, 0.5, 0.3),
      air(NOX, 150, '焦化超低排放', 500, 0.72, 0.15, { step: 1 }),
    ],
  },
  'waste-incinerator': {
    key: 'waste-incinerator',
    zh: '生活垃圾焚烧',
    medium: 'air',
    loadPattern: 'steady',
    stopsPerYear: 3,
    stopHours: [60, 400],
    o2: { full: 8.6, perLoad: 2.4, scatter: 0.5, reference: 11 },
    fullFlow: 118_000,
    flowScatter: 0.04,
    temperature: 148,
    resultEveryHours: 1,
    pollutants: [
      air(PM, 30, gb18485, 100, 0.12, 0.25),
      air(SO2, 100, gb18485, 300, 0.22, 0.6, { common: 0.3 }),
      air(NOX, 300, gb18485, 500, 0.5, 0.16, { step: 1 }),
      air('a21024', 60, gb18485, 150, 0.25, 0.5, { common: 0.4 }),
      air('a21005', 100, gb18485, 500, 0.09, 0.7),
    ],
  },
  'gas-boiler': {
    key: 'gas-boiler',
    zh: '燃气锅炉',
    medium: 'air',
    loadPattern: 'heating',
    stopsPerYear: 2,
    stopHours: [24, 200],
    o2: { full: 3.4, perLoad: 2.2, scatter: 0.3, reference: 3.5 },
    fullFlow: 42_000,
    flowScatter: 0.03,
    temperature: 88,
    resultEveryHours: 1,
    pollutants: [
      // burning gas leaves next to nothing of these two: the instrument shows its own zero
      air(PM, 20, gb13271, 50, 0.06, 0.25, { upsetsPer1000h: 0 }),
      air(SO2, 50, gb13271, 200, 0.012, 0.8, { step: 1, upsetsPer1000h: 0 }),
      air(NOX, 200, gb13271, 400, 0.42, 0.1, { step: 1, upsetsPer1000h: 0.3 }),
    ],
  },
  sewage: {
    key: 'sewage',
    zh: '城镇污水处理厂',
    medium: 'water',
    loadPattern: 'inflow',
    stopsPerYear: 0,
    stopHours: [0, 0],
    fullFlow: 4_200,
    flowScatter: 0.03,
    temperature: 15,
    resultEveryHours: 2,
    pollutants: [
      water('w01018', 50, gb18918, 150, 0.5, 0.18, { step: 0.1 }),
      water('w21003', 5, gb18918, 20, 0.22, 0.5, { common: 0.3 }),
      water('w21011', 0.5, gb18918, 2, 0.5, 0.22, { step: 0.001 }),
      water('w21001', 15, gb18918, 40, 0.66, 0.14),
      water('w01001', 9, gb18918, 14, 0.8, 0.012, { unit: '', loadExponent: 0, upsetsPer1000h: 0 }),
    ],
  },
  'chemical-water': {
    key: 'chemical-water',
    zh: '化工废水',
    medium: 'water',
    loadPattern: 'batch',
    stopsPerYear: 3,
    stopHours: [48, 300],
    fullFlow: 160,
    flowScatter: 0.06,
    temperature: 22,
    resultEveryHours: 2,
    pollutants: [
      water('w01018', 100, gb8978, 300, 0.58, 0.28, { step: 0.1, upsetsPer1000h: 2 }),
      water('w21003', 15, gb8978, 50, 0.4, 0.4),
      water('w01001', 9, gb8978, 14, 0.82, 0.02, { unit: '', loadExponent: 0, upsetsPer1000h: 0 }),
    ],
  },
  'food-water': {
    key: 'food-water',
    zh: '食品废水',
    medium: 'water',
    loadPattern: 'day-shift',
    stopsPerYear: 4,
    stopHours: [24, 120],
    fullFlow: 70,
    flowScatter: 0.08,
    temperature: 20,
    resultEveryHours: 4,
    pollutants: [
      water('w01018', 100, gb8978, 300, 0.55, 0.3, { step: 0.1 }),
      water('w21003', 15, gb8978, 50, 0.3, 0.45),
    ],
  },
}

export const sectorKeys = Object.keys(sectors) as readonly SectorKey[]
