/** What a field machine says of itself: parameters, states, serial numbers. Pure. */
import type { Frame } from '@shanshui/hj212'
import { type FrameValues, infoNumber, loadFactor, parseDataTime } from './frame-values.ts'

export interface InfoItem {
  /** Factor of the instrument that is spoken of; '' for the logger, the outlet or a facility. */
  readonly polId: string
  /** Information code `i13001`, or a facility `SB1`. */
  readonly code: string
  readonly value: string
}

export interface FrameInfo {
  readonly atMs: number
  readonly items: readonly InfoItem[]
  /** The production load, when it is among them. */
  readonly values: FrameValues | undefined
}

/**
 * Commands that carry field information: 3020 (instrument parameters and states, log texts), 2021 (facility states);
 * of the 2025 edition 2013 (parameters beside the raw values) and 1001 (serial numbers).
 */
export const infoCommands: ReadonlySet<string> = new Set(['3020', '2021', '2013', '1001'])

const infoCode = /^i[123]\d{4}$/
const facilityCode = /^SB\d{1,4}$/
/** A log is kept by the journal; here its text would be a change every time. */
const logCode = /^i[123]1/
const longestValue = 100

/**
 * Field information of a frame, at its DataTime.
 * @returns undefined when it has none, or no time
 */
export function infoOf(frame: Frame): FrameInfo | undefined {
  const { cn } = frame.header
  if (!infoCommands.has(cn)) return undefined
  const atMs = parseDataTime(frame.cp.plain('DataTime')) ?? parseDataTime(frame.header.qn)
  if (atMs === undefined) return undefined
  const items =
    cn === '2021' ? facilityStates(frame) : cn === '2013' ? besideValues(frame) : parameters(frame)
  return items.length === 0 ? undefined : { atMs, items, values: loadOf(items, atMs) }
}

function facilityStates(frame: Frame): InfoItem[] {
  return frame.cp.codes.flatMap((code, i) => {
    const value = frame.cp.text(i, 'RS')
    return facilityCode.test(code) && value !== undefined ? [item('', code, value)] : []
  })
}

/** 3020 and 1001: `[PolId=a21026;]i13001-Info=300`. */
function parameters(frame: Frame): InfoItem[] {
  const polId = factorText(frame.cp.plain('PolId'))
  return frame.cp.codes.flatMap((code, i) => {
    const value = frame.cp.text(i, 'Info')
    return infoCode.test(code) && !logCode.test(code) && value !== undefined ? [item(polId, code, value)] : []
  })
}

/** 2013: `w01018-i13001=…` beside the value itself. */
function besideValues(frame: Frame): InfoItem[] {
  return frame.cp.codes.flatMap((code, i) =>
    frame.cp.suffixesOf(i).flatMap((suffix) => {
      const name = suffix.endsWith('-Info') ? suffix.slice(0, -5) : suffix
      const value = frame.cp.text(i, suffix)
      return infoCode.test(name) && !logCode.test(name) && value !== undefined
        ? [item(factorText(code), name, value)]
        : []
    }),
  )
}

const factorText = (text: string | undefined): string =>
  text !== undefined && /^[A-Za-z0-9_]{1,12}$/.test(text) ? text : ''

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const controls = /[\u0000-\u001f\u007f]/g

const item = (polId: string, code: string, value: string): InfoItem => ({
  polId,
  code,
  value: value.trim().replace(controls, '·').slice(0, longestValue),
})

function loadOf(items: readonly InfoItem[], atMs: number): FrameValues | undefined {
  const value = infoNumber(items.find(({ code }) => code === loadFactor)?.value)
  if (Number.isNaN(value)) return undefined
  return {
    period: 'rt',
    startMs: atMs,
    factors: loadFactors,
    values: [value],
    mins: undefined,
    maxs: undefined,
    cous: undefined,
    flags: 'N',
  }
}

const loadFactors: readonly string[] = [loadFactor]
