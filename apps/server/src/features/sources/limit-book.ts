/** Which limit holds for an outlet, factor and day: permit → local → sector → general, with the reason of the choice. */
import { createHash } from 'node:crypto'
import { chooseLimit, type LimitCandidate, type OutletFacts } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'
import { permitOn } from '../registry/index.ts'
import { dateOf, dayMs } from '../series/index.ts'
import { internLimits } from './limit.repository.ts'
import { type LimitDraft, type LimitRow, type OutletContext, phFactor } from './source.table.ts'

type Judged = 'hour' | 'day'

/** Averaging periods to look for, first found first taken. */
function averagings(
  medium: 'air' | 'water',
  factor: string,
  judged: Judged,
): readonly LimitDraft['averaging'][] {
  if (medium === 'air') return judged === 'hour' ? ['hour', 'instant'] : ['day']
  if (factor === phFactor) return judged === 'hour' ? ['hour', 'instant', 'day'] : []
  return judged === 'hour' ? [] : ['day']
}

function factsOf({ outlet }: OutletContext): OutletFacts {
  const { eiaApprovedOn, direct } = outlet.properties
  return {
    medium: outlet.medium,
    facility: outlet.facility,
    eiaApprovedOn: typeof eiaApprovedOn === 'string' ? eiaApprovedOn : null,
    special: outlet.special,
    ultraLow: outlet.ultraLow,
    ...(outlet.medium === 'water'
      ? { conditions: { discharge: direct === false ? ('indirect' as const) : ('direct' as const) } }
      : {}),
  }
}

/** Choices are pure in what the key says; the same outlet asks for the same day many times. */
const chosen = new Map<string, LimitDraft | null>()
const mostKept = 50_000

function chooseFor(context: OutletContext, factor: string, date: string, judged: Judged): LimitDraft | null {
  const { outlet } = context
  const permit = permitOn(context.permits, date)
  const facts = factsOf(context)
  const key = `${judged}|${outlet.number}|${factor}|${date}|${permit?.id}.${permit?.version}|${JSON.stringify(facts)}`
  const known = chosen.get(key)
  if (known !== undefined) return known
  const limits = permit?.outlets.find((one) => one.number === outlet.number)?.limits ?? []
  const found = averagings(outlet.medium, factor, judged)
    .map((averaging) => chooseLimit(facts, factor, date, limits, [], { averaging }))
    .find((choice) => choice.ok)
  const made = found?.ok ? draftOf(found.limit, found.reason, found.notes, permit?.number) : null
  if (chosen.size >= mostKept) chosen.clear()
  chosen.set(key, made)
  return made
}

function draftOf(
  limit: LimitCandidate,
  reason: string,
  notes: readonly string[],
  permitNumber: string | undefined,
): LimitDraft {
  const averaging = limit.averaging === 'sampling' ? 'hour' : limit.averaging
  return {
    value: limit.value,
    min: limit.min,
    decimals: limit.decimals,
    unit: limit.unit,
    averaging,
    source: limit.level === 'permit' ? `${limit.source} ${permitNumber ?? ''}`.trim() : limit.source,
    clause: limit.row === null ? null : `${limit.row.standard} ${limit.row.table}`,
    why: [reason, ...notes].join('；'),
    status: limit.status === 'one-source' ? 'unverified' : limit.status,
  }
}

export function digestOfLimit(draft: LimitDraft): string {
  const { value, min, decimals, unit, averaging, source, clause, why, status } = draft
  const content = [value, min, decimals, unit, averaging, source, clause, why, status]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
}

/** Limits of outlets over a stretch of days, interned; made once for a drain. */
export class LimitBook {
  readonly #fromMs: number
  readonly #days: Map<string, readonly (LimitRow | undefined)[]>
  constructor(fromMs: number, days: Map<string, readonly (LimitRow | undefined)[]>) {
    this.#fromMs = fromMs
    this.#days = days
  }

  at(outletId: number, factor: string, judged: Judged, ms: number): LimitRow | undefined {
    return this.#days.get(`${outletId}/${factor}/${judged}`)?.[Math.floor((ms - this.#fromMs) / dayMs)]
  }
}

/** `fromMs` at a civil midnight. */
export async function openLimitBook(
  q: Queryable,
  contexts: readonly OutletContext[],
  fromMs: number,
  toMs: number,
): Promise<LimitBook> {
  const count = Math.ceil((toMs - fromMs) / dayMs)
  const dates = Array.from({ length: count }, (_, i) => dateOf(fromMs + i * dayMs))
  const drafts = new Map<string, (LimitDraft | null)[]>()
  const wanted = new Map<string, LimitDraft>()
  for (const context of contexts)
    for (const factor of context.pollutants)
      for (const judged of ['hour', 'day'] as const) {
        const days = choicesOver(context, factor, judged, dates)
        drafts.set(`${context.outlet.id}/${factor}/${judged}`, days)
        for (const draft of new Set(days)) if (draft !== null) wanted.set(digestOfLimit(draft), draft)
      }
  const rows = await internLimits(q, wanted)
  const digests = new Map<LimitDraft, LimitRow | undefined>()
  const rowOf = (draft: LimitDraft | null): LimitRow | undefined => {
    if (draft === null) return undefined
    const known = digests.get(draft) ?? rows.get(digestOfLimit(draft))
    digests.set(draft, known)
    return known
  }
  return new LimitBook(fromMs, new Map([...drafts].map(([key, days]) => [key, days.map(rowOf)])))
}

const longestSameDays = 31

/** One choice a day. Where both ends of a month agree the days between do; else the stretch is halved. */
function choicesOver(
  context: OutletContext,
  factor: string,
  judged: Judged,
  dates: readonly string[],
): (LimitDraft | null)[] {
  const days: (LimitDraft | null)[] = new Array(dates.length).fill(null)
  const choice = (i: number) => chooseFor(context, factor, dates[i] as string, judged)
  const same = (a: LimitDraft | null, b: LimitDraft | null) =>
    a === b || (a !== null && b !== null && digestOfLimit(a) === digestOfLimit(b))
  const settle = (from: number, to: number) => {
    const [first, last] = [choice(from), choice(to)]
    if (to - from <= longestSameDays && same(first, last)) return void days.fill(first, from, to + 1)
    if (to - from <= 1) {
      days[from] = first
      days[to] = last
      return
    }
    const middle = (from + to) >> 1
    settle(from, middle)
    settle(middle, to)
  }
  if (dates.length > 0) settle(0, dates.length - 1)
  return days
}
