import { formatNumber, NO_VALUE } from '../../../format/number.ts'

interface Share {
  readonly precision: number | null
  readonly low: number | null
  readonly high: number | null
}

/** 67 %（21–94）: the share with its interval of 95 %; a dash while no lead has an outcome. */
export function precisionText({ precision, low, high }: Share): string {
  if (precision === null || low === null || high === null) return NO_VALUE
  const percent = (share: number) => formatNumber(share * 100, 0)
  return `${percent(precision)} %（${percent(low)}–${percent(high)}）`
}
