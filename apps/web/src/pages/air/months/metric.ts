import type { AirItemName, AirMonth, FigureRef } from '@shanshui/contract'
import { airItems } from '@shanshui/standards'

/** What is compared month by month: an item, the index, or the share of excellent days. */
export const metrics = [...airItems, 'index', 'excellent'] as const
export type Metric = (typeof metrics)[number]

export interface MonthPair {
  readonly month: string
  readonly value: FigureRef | undefined
  readonly lastYear: FigureRef | undefined
  readonly change: FigureRef | undefined
  readonly complete: boolean
}

export function isItem(metric: Metric): metric is AirItemName {
  return metric !== 'index' && metric !== 'excellent'
}

/** One metric of every month with its counterpart of last year. */
export function pairsOf(months: readonly AirMonth[], metric: Metric): MonthPair[] {
  return months.map((month) => {
    if (metric === 'index') {
      return {
        month: month.month,
        value: month.index,
        lastYear: month.lastYearIndex,
        change: month.indexChange,
        complete: true,
      }
    }
    if (metric === 'excellent') {
      const { excellentRatio, lastYearRatio } = month
      return {
        month: month.month,
        value: excellentRatio,
        lastYear: lastYearRatio,
        change: undefined,
        complete: true,
      }
    }
    const item = month.items.find((entry) => entry.item === metric)
    return {
      month: month.month,
      value: item?.value,
      lastYear: item?.lastYear,
      change: item?.change,
      complete: item?.complete ?? false,
    }
  })
}
