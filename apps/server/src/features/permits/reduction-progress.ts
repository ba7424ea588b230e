/** Where the year's targets and those of the plan stand. */
import type { ReductionProgress } from '@shanshui/contract'
import { targetProgress } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { regionSpan } from '../../platform/region.ts'
import { dateOf } from '../series/index.ts'
import { daysInYear, endOf } from './civil-time.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import {
  type ClaimRow,
  selectClaims,
  selectReductionTargets,
  type TargetRow,
} from './reduction.repository.ts'

export async function reductionProgress(
  deps: PermitRoomDeps,
  actor: Actor,
  { year, regionCode }: { year: number; regionCode?: number },
): Promise<{ items: ReductionProgress[]; asOf: string }> {
  const asOf = dateOf(deps.clock.now())
  const region = regionSpan(regionCode)
  const items = await deps.db.asActor(actor, async (trx) => {
    const targets = await selectReductionTargets(trx, { year, region })
    const first = targets.reduce((least, t) => Math.min(least, t.plan_from ?? year), year)
    // A target of the city counts the claims of its counties: read whatever the actor may see.
    const claims = await selectClaims(trx, { years: [first, year], region: [null, null] })
    return targets.map((target) => progressOf(target, claims, asOf))
  })
  return { items, asOf }
}

const covers = (code: number, other: number): boolean => {
  const [from, to] = regionSpan(code)
  return other >= from && other <= to
}

/** Tonnes moved to an allowance account have left the pool. */
const pooled = (claim: ClaimRow) => Number(claim.recognised ?? 0) - Number(claim.moved)
/** To the kilogram: sums of decimals. */
const kilograms = (tonnes: number) => Math.round(tonnes * 1000) / 1000

function progressOf(target: TargetRow, all: readonly ClaimRow[], asOf: string): ReductionProgress {
  const { year, pollutant, region_code: regionCode } = target
  const own = all.filter((claim) => claim.pollutant === pollutant && covers(regionCode, claim.region_code))
  const claims = own.filter((claim) => claim.year === year)
  const sum = (states: readonly string[], pick: (claim: ClaimRow) => number) =>
    kilograms(claims.filter((claim) => states.includes(claim.state)).reduce((total, c) => total + pick(c), 0))
  const finished = sum(['recognised'], pooled)
  const length = daysInYear(year)
  const gone = Math.round((endOf(asOf) - endOf(`${year}-01-01`)) / 86_400_000) + 1
  const stand = standing(Number(target.tonnes), finished, Math.min(length, Math.max(0, gone)), length)
  return {
    year,
    regionCode,
    regionName: target.region_name,
    pollutant,
    target: Number(target.tonnes),
    finished,
    verified: sum(['verified'], (claim) => Number(claim.verified ?? 0)),
    underway: sum(['planned', 'in-progress', 'completed'], (claim) => Number(claim.claimed)),
    projects: claims.filter((claim) => claim.state !== 'rejected').length,
    ...stand,
    plan: planOf(target, own),
    source: target.source,
  }
}

function standing(target: number, finished: number, elapsed: number, length: number) {
  const outcome = targetProgress(target, Math.max(0, finished), elapsed, length)
  if (!outcome.ok) throw new Error(outcome.detail ?? outcome.reason)
  const { percent, schedulePercent, gap, light } = outcome.value
  return { percent, schedulePercent, remaining: kilograms(gap), light }
}

/** Whole years of the plan up to the target's year, as the province counts them. */
function planOf(target: TargetRow, own: readonly ClaimRow[]): ReductionProgress['plan'] {
  const { plan_tonnes: tonnes, plan_from: from, plan_to: to, year } = target
  if (tonnes === null || from === null || to === null || year < from || year > to) return null
  const finished = kilograms(
    own
      .filter((claim) => claim.year >= from && claim.year <= year)
      .reduce((sum, claim) => sum + pooled(claim), 0),
  )
  const { percent, ...stand } = standing(Number(tonnes), finished, year - from + 1, to - from + 1)
  return { from, to, target: Number(tonnes), finished, percent, ...stand }
}
