/** What a station does differently from the standard. Kept by the caller per MN, as data. */
import type { Version } from './flag.ts'

export interface StationDialect {
  /** Protocol to assume and to answer in, whatever Flag says. */
  readonly version?: Version
  /** Accept frames whose CRC is CRC-16/MODBUS. Default false. */
  readonly modbusCrc?: boolean
  /** DataTime of minute, hour and day records names the end of the interval. Default: the start. */
  readonly labelsEnd?: boolean
  /** Minutes of a 2051 interval, to floor DataTime to. */
  readonly minuteInterval?: number
  /** Values that stand for "no value". Default −9999. */
  readonly fillValues?: readonly number[]
  /** Codes of this station in place of those it sends, e.g. vendor codes or 2005 codes. */
  readonly codes?: Readonly<Record<string, string>>
  /** Text of answers' ST; default 91. */
  readonly replySt?: string
}

/** Fill value seen in the field for "no value". */
export const defaultFillValues: readonly number[] = [-9999]
