import {
  lookAlike,
  lookAlikes,
  OutletProcess,
  type ProcessHours,
  type SectorKey,
  sectorKeys,
  sectors,
  type TamperingKind,
  tamper,
  tamperingKinds,
} from '@shanshui/demo/process'
import type { OutletFrame } from '@shanshui/fraud'
import { DAY_MS, Draw, HOUR_MS, type Label, type LabelledOutlet } from './case.ts'

/** Labelled years from the process model: realistic plants by sector, each quarter honest or with one tampering. */

const QUARTER_DAYS = 91
/** Days that a tampering lasts: least and most. */
const LASTS: Readonly<Record<TamperingKind, readonly [number, number]>> = {
  constant: [0.5, 10],
  clipped: [7, 30],
  'range-change': [3, 25],
  dilution: [2, 20],
  'copied-days': [1, 10],
  scaled: [3, 25],
  'time-shifted': [5, 25],
  'calibration-gas': [0.5, 7],
  'selective-outage': [10, 30],
}

export function processOutlet(seed: number, kindOffset: number): LabelledOutlet {
  const draw = new Draw(seed)
  const sector = sectorKeys[seed % sectorKeys.length] as SectorKey
  const startMs = Date.parse('2024-01-01T00:00:00+08:00') + draw.below(300) * DAY_MS
  const process = new OutletProcess({
    id: `P${seed}`,
    sector,
    seed,
    worse: draw.between(-0.3, 0.3),
    scatter: draw.between(0.6, 1.3),
  })
  let hours = process.hours(startMs, startMs + 4 * QUARTER_DAYS * DAY_MS)
  const labels: Label[] = []
  const episodes: { kind: LabelledOutlet['lookAlikes'][number]['kind']; fromMs: number; toMs: number }[] = []
  if (sector === 'gas-boiler')
    episodes.push({ kind: 'near-zero', fromMs: startMs, toMs: startMs + 4 * QUARTER_DAYS * DAY_MS })
  for (let quarter = 0; quarter < 4; quarter++) {
    const from = startMs + quarter * QUARTER_DAYS * DAY_MS
    const early = draw.chance(0.5)
    if (draw.chance(0.6)) {
      const kind = tamperingKinds[(kindOffset + quarter * 2) % tamperingKinds.length] as TamperingKind
      const made = tampered(hours, draw, kind, from + (early ? 2 : 46) * DAY_MS)
      if (made !== undefined) {
        hours = made.hours
        labels.push(made.label)
      }
    }
    if (draw.chance(0.7)) {
      const kind = draw.of(lookAlikes.filter((each) => fits(each, sector)))
      const fromMs = from + Math.round((early ? 48 : 4) * 24 + draw.between(0, 200)) * HOUR_MS
      const toMs = fromMs + Math.round(draw.between(1, 14) * 24) * HOUR_MS
      // what changes for good is laid on the last quarter only, so that it does not run under a label
      if ((kind === 'replacement' || kind === 'seasonal-change') && (quarter < 3 || !early)) continue
      hours = lookAlike(hours, { kind, fromMs, toMs, seed: seed + quarter })
      episodes.push({ kind, fromMs, toMs })
    }
  }
  return { frame: frameOf(hours), labels, lookAlikes: episodes }
}

function fits(kind: string, sector: SectorKey): boolean {
  return kind !== 'rain-dilution' || sectors[sector].medium === 'water'
}

/** Tries until the window has enough working hours: nobody tampers with a plant that stands still. */
function tampered(hours: ProcessHours, draw: Draw, kind: TamperingKind, earliestMs: number) {
  const [least, most] = LASTS[kind]
  const toTamper = hours.series.filter(({ parameter }) => parameter !== 'w01001' && parameter !== 'a21005')
  for (let attempt = 0; attempt < 6; attempt++) {
    const length = Math.round(draw.between(least, most) * 24)
    const fromMs = earliestMs + draw.below(12 * 24) * HOUR_MS
    const toMs = fromMs + length * HOUR_MS
    const first = Math.round((fromMs - (hours.startMs[0] as number)) / HOUR_MS)
    const working = hours.working.slice(first, first + length).filter((each) => each === 'running').length
    if (working < 0.8 * length) continue
    const series = draw.of(
      toTamper.filter(({ limit, range }) => (limit[0] as number) > 0 && (range[0] as number) > 0),
    )
    // gas boilers have nothing to hide but NOx
    const parameter = hours.sector === 'gas-boiler' ? 'a21002' : series.parameter
    const strength = (1 + draw.below(3)) as 1 | 2 | 3
    const all = kind === 'dilution' || draw.chance(0.25)
    const label: Label = { kind, parameter: all ? '' : parameter, fromMs, toMs, strength }
    const made = tamper(hours, {
      kind,
      fromMs,
      toMs,
      strength,
      seed: draw.below(1e9),
      ...(!all && { parameter }),
    })
    return { hours: made, label }
  }
  return undefined
}

export function frameOf(hours: ProcessHours): OutletFrame {
  return {
    outlet: hours.outlet,
    medium: hours.medium,
    startMs: hours.startMs,
    parameters: hours.series.map(({ parameter, value, converted, mark, limit, range }) => ({
      parameter,
      value,
      converted,
      o2: hours.o2,
      flow: hours.flow,
      load: hours.load,
      mark,
      limit,
      range,
    })),
  }
}
