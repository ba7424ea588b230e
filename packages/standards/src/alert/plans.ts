import type { Configurable } from '../clause.ts'

export type AlertGrade = 'red' | 'orange' | 'yellow' | 'blue'
export type AlertPlanVersion = '2024' | '2017'

/** Daily AQI above `aqiAbove` (or, for the cap, at least `aqiAtLeast`) for at least `days` consecutive days. */
export interface AlertCondition {
  readonly aqiAbove?: number
  readonly aqiAtLeast?: number
  readonly days: number
}

export interface AlertRule {
  readonly grade: AlertGrade
  readonly zh: string
  /** Any of these; each is a list of conditions that hold together, the later ones within the run of the first. */
  readonly anyOf: readonly (readonly AlertCondition[])[]
}

export interface AlertPlan {
  /** A built-in version, or the local plan's own name. */
  readonly version: string
  readonly zh: string
  /** Strictest first. */
  readonly rules: readonly AlertRule[]
  /** An alert is lifted when forecasts stay below yellow for this many hours. */
  readonly liftHours: number | null
}

/** Thresholds by plan version; a local plan may be stricter and brings its own rows. 48 h = 2 days of daily AQI. */
export const alertPlans: Readonly<Record<AlertPlanVersion, Configurable<AlertPlan>>> = {
  '2024': {
    value: {
      version: '2024',
      zh: '2024年指导意见',
      rules: [
        {
          grade: 'red',
          zh: '红色预警（Ⅰ级）',
          anyOf: [
            [
              { aqiAbove: 200, days: 3 },
              { aqiAbove: 300, days: 1 },
            ],
          ],
        },
        {
          grade: 'orange',
          zh: '橙色预警（Ⅱ级）',
          anyOf: [[{ aqiAbove: 200, days: 2 }], [{ aqiAbove: 150, days: 3 }]],
        },
        {
          grade: 'yellow',
          zh: '黄色预警（Ⅲ级）',
          anyOf: [[{ aqiAbove: 200, days: 1 }], [{ aqiAbove: 150, days: 2 }]],
        },
      ],
      liftHours: 36,
    },
    source: '环大气〔2024〕6号（数值待核实）',
    status: 'unverified',
  },
  '2017': {
    value: {
      version: '2017',
      zh: '2017—2023年分级',
      rules: [
        {
          grade: 'red',
          zh: '红色预警（Ⅰ级）',
          anyOf: [
            [
              { aqiAbove: 200, days: 4 },
              { aqiAbove: 300, days: 2 },
            ],
            [{ aqiAtLeast: 500, days: 1 }],
          ],
        },
        { grade: 'orange', zh: '橙色预警（Ⅱ级）', anyOf: [[{ aqiAbove: 200, days: 3 }]] },
        { grade: 'yellow', zh: '黄色预警（Ⅲ级）', anyOf: [[{ aqiAbove: 200, days: 2 }]] },
        { grade: 'blue', zh: '蓝色预警（Ⅳ级）', anyOf: [[{ aqiAbove: 200, days: 1 }]] },
      ],
      liftHours: null,
    },
    source: '2017年分级（两处公开材料）',
    status: 'verified',
  },
}
