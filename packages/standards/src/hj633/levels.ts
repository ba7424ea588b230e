import type { AirItem } from '../gb3095/items.ts'

export type AqiLevel = 1 | 2 | 3 | 4 | 5 | 6

export interface AqiLevelRow {
  readonly level: AqiLevel
  /** 级别 */
  readonly zh: string
  readonly en: string
  /** 类别 */
  readonly class: string
  readonly colourZh: string
  readonly colour: string
  readonly cmyk: readonly [number, number, number, number]
  /** First and last AQI. Level 1 starts at 0 under HJ 633-2012, at 1 under HJ 633-2026. */
  readonly from: number
  readonly to: number
  /** Health effect and advice after HJ 633-2026 table 1, in our words. */
  readonly health: { readonly zh: string; readonly en: string }
}

/** Level, class, colour and health text. HJ 633-2012 table 2; HJ 633-2026 table 1. */
export const aqiLevels: readonly AqiLevelRow[] = [
  level(1, '一级', 'I excellent', '优', '绿色', '#00E400', [40, 0, 100, 0], 0, 50, {
    zh: '空气质量令人满意，各类人群可正常活动。',
    en: 'Satisfying; everyone may be active as usual.',
  }),
  level(2, '二级', 'II good', '良', '黄色', '#FFFF00', [0, 0, 100, 0], 51, 100, {
    zh: '空气质量可接受，极少数异常敏感人群应减少户外活动。',
    en: 'Acceptable; very few unusually sensitive people should reduce outdoor activity.',
  }),
  level(3, '三级', 'III light', '轻度污染', '橙色', '#FF7E00', [0, 52, 100, 0], 101, 150, {
    zh: '儿童和青少年、老年人、心血管和呼吸系统疾病患者应减少长时间、高强度的户外锻炼。',
    en: 'Children, the elderly and people with cardiovascular or respiratory disease: less long, intense outdoor exercise.',
  }),
  level(4, '四级', 'IV moderate', '中度污染', '红色', '#FF0000', [0, 100, 100, 0], 151, 200, {
    zh: '儿童和青少年、老年人、心血管和呼吸系统疾病患者应避免长时间、高强度的户外锻炼，一般人群适量减少户外运动。',
    en: 'The same groups avoid long, intense outdoor exercise; everyone moderately reduces outdoor sport.',
  }),
  level(5, '五级', 'V heavy', '重度污染', '紫色', '#99004C', [10, 100, 40, 30], 201, 300, {
    zh: '儿童和青少年、老年人、心血管和呼吸系统疾病患者应停留在室内，停止户外运动，一般人群减少户外运动。',
    en: 'The same groups stay indoors and stop outdoor sport; everyone reduces it.',
  }),
  level(6, '六级', 'VI severe', '严重污染', '褐红色', '#7E0023', [30, 100, 100, 30], 301, 500, {
    zh: '儿童和青少年、老年人和病人应停留在室内，避免体力消耗，一般人群应避免户外活动。',
    en: 'The same groups and patients stay indoors and avoid effort; everyone avoids outdoor activity.',
  }),
]

function level(
  number: AqiLevel,
  zh: string,
  en: string,
  className: string,
  colourZh: string,
  colour: string,
  cmyk: readonly [number, number, number, number],
  from: number,
  to: number,
  health: { zh: string; en: string },
): AqiLevelRow {
  return { level: number, zh, en, class: className, colourZh, colour, cmyk, from, to, health }
}

/** Level of an AQI: 0–50 → 1 … above 300 → 6. */
export function levelOf(aqi: number): AqiLevel {
  if (aqi <= 50) return 1
  if (aqi <= 100) return 2
  if (aqi <= 150) return 3
  if (aqi <= 200) return 4
  return aqi <= 300 ? 5 : 6
}

export function levelRow(number: AqiLevel): AqiLevelRow {
  return aqiLevels[number - 1] as AqiLevelRow
}

/** Sensitive groups of a pollutant, told when its IAQI is above 100. HJ 633-2026 table 2. */
export const sensitiveGroups: Readonly<Record<AirItem, readonly string[]>> = {
  so2: ['哮喘患者', '儿童和青少年', '老年人'],
  no2: ['呼吸系统疾病（如哮喘）患者', '儿童和青少年', '老年人'],
  co: ['心血管疾病患者'],
  o3: ['呼吸系统疾病患者', '儿童和青少年', '经常户外活动者', '老年人'],
  pm10: ['心血管或呼吸系统疾病患者', '儿童和青少年', '经常户外活动者', '老年人'],
  pm25: ['心血管或呼吸系统疾病患者', '儿童和青少年', '经常户外活动者', '老年人'],
}
