import { addDays } from '../../../format/time.ts'

export const periods = ['day', 'month', 'lastMonth'] as const
export type Period = (typeof periods)[number]

export interface DaySpan {
  readonly from: string
  /** Included. */
  readonly to: string
}

/** Days of a period as seen from the last finished day: that day, its month so far, the month before. */
export function spanOf(period: Period, yesterday: string): DaySpan {
  const first = `${yesterday.slice(0, 8)}01`
  if (period === 'day') return { from: yesterday, to: yesterday }
  if (period === 'month') return { from: first, to: yesterday }
  const lastOfBefore = addDays(first, -1)
  return { from: `${lastOfBefore.slice(0, 8)}01`, to: lastOfBefore }
}

/** The period that these days are; undefined for days chosen by hand. */
export function periodOf(from: string, to: string, yesterday: string): Period | undefined {
  return periods.find((period) => {
    const span = spanOf(period, yesterday)
    return span.from === from && span.to === to
  })
}
