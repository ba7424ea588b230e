import { draftOf, indexAt, putJudged } from '../process/edit.ts'
import { type Episode, lookAlike, type ProcessHours, type Tampering, tamper } from '../process/index.ts'

/** Something that happens at an outlet. Times in epoch ms. */
export type Happening =
  | ({ readonly what: 'tampering' } & Omit<Tampering, 'seed'>)
  | ({ readonly what: 'look-alike' } & Omit<Episode, 'seed'>)
  /** Treatment fails: the pollutant stands at this multiple of its limit, give or take. */
  | {
      readonly what: 'exceedance'
      readonly parameter: string
      readonly fromMs: number
      readonly toMs: number
      readonly times: number
    }
  /** The source stands still and starts again at `toMs`; hours of the start are rich in pollutants. */
  | {
      readonly what: 'stop'
      readonly fromMs: number
      readonly toMs: number
      readonly startHours: number
      readonly times: number
    }
  /** The instruments give nothing, with this mark of HJ 212. */
  | { readonly what: 'fault'; readonly fromMs: number; readonly toMs: number; readonly mark: string }
  /** Nothing is sent, nor kept: the hours are missing for good. */
  | { readonly what: 'silence'; readonly fromMs: number; readonly toMs: number }

/** The hours with what happened laid over them; the given hours stay as they are. */
export function happen(hours: ProcessHours, happening: Happening, seed: number): ProcessHours {
  switch (happening.what) {
    case 'tampering':
      return tamper(hours, { ...happening, seed })
    case 'look-alike':
      return lookAlike(hours, { ...happening, seed })
    case 'exceedance':
      return exceed(hours, happening)
    case 'stop':
      return stopAndStart(hours, happening)
    case 'fault':
      return fail(hours, happening)
    case 'silence':
      return hours
  }
}

function exceed(honest: ProcessHours, how: Extract<Happening, { what: 'exceedance' }>): ProcessHours {
  const hours = draftOf(honest)
  const [from, to] = [indexAt(hours, how.fromMs), indexAt(hours, how.toMs)]
  const series = hours.series.find(({ parameter }) => parameter === how.parameter)
  if (series === undefined) return hours
  for (let i = from; i < to; i++) {
    hours.working[i] = 'running'
    series.mark[i] = ''
    const wobble = 1 + 0.07 * Math.sin(i * 1.7) + 0.03 * Math.sin(i * 0.6)
    putJudged(hours, series, i, (series.limit[i] as number) * how.times * wobble)
  }
  return hours
}

function stopAndStart(honest: ProcessHours, how: Extract<Happening, { what: 'stop' }>): ProcessHours {
  const stopped = lookAlike(honest, { kind: 'long-shutdown', fromMs: how.fromMs, toMs: how.toMs, seed: 1 })
  const hours = draftOf(stopped)
  const from = indexAt(hours, how.toMs)
  for (let i = from; i < Math.min(from + how.startHours, hours.startMs.length); i++) {
    hours.working[i] = 'starting'
    hours.load[i] = Math.round(250 + (400 * (i - from)) / how.startHours) / 10
    if (Number.isFinite(hours.o2[i]))
      hours.o2[i] = Math.round((12 - (5 * (i - from)) / how.startHours) * 100) / 100
    for (const series of hours.series) {
      const aim =
        (series.limit[i] as number) * (how.times - ((how.times - 0.9) * (i - from)) / how.startHours)
      series.mark[i] = 'St'
      putJudged(hours, series, i, aim)
    }
  }
  return hours
}

function fail(honest: ProcessHours, how: Extract<Happening, { what: 'fault' }>): ProcessHours {
  const hours = draftOf(honest)
  for (let i = indexAt(hours, how.fromMs); i < indexAt(hours, how.toMs); i++)
    for (const series of hours.series) {
      series.value[i] = Number.NaN
      series.converted[i] = Number.NaN
      series.mark[i] = how.mark
    }
  return hours
}
