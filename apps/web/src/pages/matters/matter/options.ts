import type { MatterOption, MatterRefusal, MatterStep } from '@shanshui/contract'

/** The actions of a matter as its reader sees them: those that are theirs, and those that are others'. */
export interface Actions {
  /** The one that normally comes next, when it is the reader's. */
  readonly primary: MatterOption | undefined
  readonly others: readonly MatterOption[]
  /** Somebody else's: the organization or the permission is not the reader's. */
  readonly foreign: readonly MatterOption[]
}

const isForeign = ({ refusals }: MatterOption): boolean =>
  refusals.some(({ code }) => code === 'not-party' || code === 'permission')

/** `done`: steps taken in this round. */
export function actionsOf(options: readonly MatterOption[], done: ReadonlySet<string>): Actions {
  const own = options.filter((option) => !isForeign(option))
  const usual = own.filter(({ primary }) => primary)
  // of several usual ones, like the reports of four quarters, the first that has not been taken yet is next
  const ahead = usual.filter(({ transition }) => !done.has(transition))
  const candidates = ahead.length > 0 ? ahead : usual
  const primary = candidates.find(({ refusals }) => refusals.length === 0) ?? candidates[0]
  return {
    primary,
    others: own.filter((option) => option !== primary),
    foreign: options.filter(isForeign),
  }
}

/** Steps of the present round. */
export function stepsOfRound(history: readonly MatterStep[], round: number): ReadonlySet<string> {
  return new Set(history.filter((step) => step.round === round).map(({ transition }) => transition))
}

/** Each thing that is missing once, however many refusals name it. */
export function missingLines(refusals: readonly MatterRefusal[]): readonly string[] {
  return [...new Set(refusals.map(({ zh }) => zh))]
}
