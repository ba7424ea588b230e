import type { DrillForm, Training, TrainingInput, TrainingKind, TrainingTheme } from '@shanshui/contract'

/** A moment of a drill while it is written; minutes from the alarm. */
export interface MomentDraft {
  readonly what: string
  readonly targetMinutes: number | null
  readonly actualMinutes: number | null
}

export interface ProblemDraft {
  readonly text: string
  readonly revision: string
  /** YYYY-MM-DD, empty while open. */
  readonly closedOn: string
}

/** What stands in the form: words may be empty, numbers missing. */
export interface TrainingDraft {
  readonly kind: TrainingKind
  readonly theme: TrainingTheme
  readonly title: string
  readonly heldOn: string
  readonly hours: number | null
  readonly place: string
  readonly teacher: string
  readonly material: string
  readonly regionCode: number | undefined
  readonly form: DrillForm
  readonly scenario: string
  readonly planVersion: string
  readonly evaluation: string
  readonly timeline: readonly MomentDraft[]
  readonly problems: readonly ProblemDraft[]
}

export const noMoment: MomentDraft = { what: '', targetMinutes: null, actualMinutes: null }
export const noProblem: ProblemDraft = { text: '', revision: '', closedOn: '' }

export function newDraft(day: string): TrainingDraft {
  return {
    kind: 'training',
    theme: 'ability',
    title: '',
    heldOn: day,
    hours: null,
    place: '',
    teacher: '',
    material: '',
    regionCode: undefined,
    form: 'tabletop',
    scenario: '',
    planVersion: '',
    evaluation: '',
    timeline: [],
    problems: [],
  }
}

export function draftOf(training: Training): TrainingDraft {
  const { drill } = training
  return {
    ...newDraft(training.heldOn),
    kind: training.kind,
    theme: training.theme,
    title: training.title,
    hours: training.hours,
    place: training.place ?? '',
    teacher: training.teacher ?? '',
    material: training.material ?? '',
    regionCode: training.regionCode,
    ...(drill !== null && {
      form: drill.form,
      scenario: drill.scenario,
      planVersion: drill.planVersion ?? '',
      evaluation: drill.evaluation ?? '',
      timeline: drill.timeline ?? [],
      problems: drill.problems.map(({ text, revision, closedOn }) => ({
        text,
        revision: revision ?? '',
        closedOn: closedOn ?? '',
      })),
    }),
  }
}

/** Words under their name, or nothing where none were written: the server takes no empty words for missing ones. */
function written<K extends string>(key: K, words: string): { readonly [P in K]?: string } {
  const text = words.trim()
  return (text === '' ? {} : { [key]: text }) as { readonly [P in K]?: string }
}

/** The body as the server takes it; undefined while something that it demands is missing. */
export function bodyOf(draft: TrainingDraft): TrainingInput | undefined {
  const { kind, theme, heldOn, hours, regionCode } = draft
  const title = draft.title.trim()
  if (title.length < 2 || heldOn === '' || hours === null || hours <= 0 || regionCode === undefined)
    return undefined
  const drill = kind === 'drill' ? drillOf(draft) : undefined
  if (kind === 'drill' && drill === undefined) return undefined
  return {
    kind,
    theme,
    title,
    heldOn,
    hours,
    regionCode,
    ...written('place', draft.place),
    ...written('teacher', draft.teacher),
    ...written('material', draft.material),
    ...(drill !== undefined && { drill }),
  }
}

/** Rows left blank are no rows; a problem of a single character is a slip and holds the form back. */
function drillOf(draft: TrainingDraft): TrainingInput['drill'] {
  const scenario = draft.scenario.trim()
  const problems = draft.problems.filter(({ text }) => text.trim() !== '')
  if (scenario.length < 2 || problems.some(({ text }) => text.trim().length < 2)) return undefined
  const timeline = draft.timeline.filter(({ what }) => what.trim() !== '')
  return {
    form: draft.form,
    scenario,
    ...written('planVersion', draft.planVersion),
    ...(timeline.length > 0 && { timeline: timeline.map((one) => ({ ...one, what: one.what.trim() })) }),
    ...written('evaluation', draft.evaluation),
    problems: problems.map(({ text, revision, closedOn }) => ({
      text: text.trim(),
      ...written('revision', revision),
      closedOn: closedOn === '' ? null : closedOn,
    })),
  }
}
