/**
 * A workflow (事项类型) as data: states, who may do what, by when, with what evidence, and what comes of it. One file
 * in `definitions/` is one workflow; the engine, the page, the diagram and the proof of the invariants read it.
 */

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** Where a rule comes from: text of the article, or a setting of the platform. */
export interface Basis {
  readonly text: string
  /** `unverified` and `design` are shown as 待核实 and 平台设定. */
  readonly status: 'primary' | 'one-source' | 'unverified' | 'design'
}

/**
 * Who takes part in a matter, as an organization and perhaps a person of it:
 * `overseer` assigns and follows up (交办、督办), `handler` remedies (责任单位、承办), `acceptor` accepts (验收单位),
 * `reviewer` examines by law (法制审核), `owner` is the organization that the matter is about (当事企业).
 */
export type Party = 'overseer' | 'handler' | 'acceptor' | 'reviewer' | 'owner'

/** `system`: the platform itself, when a clock or an event says so. */
export type Doer = Party | 'system'

export interface StateDefinition {
  readonly id: string
  readonly title: Bilingual
  /** `open` asks somebody to act, `watched` waits for a look-back, `closed` is done, `dropped` ended without remedy. */
  readonly phase: 'open' | 'watched' | 'closed' | 'dropped'
  /** Who has to act now; shown as “待谁”. */
  readonly waitsFor: readonly Doer[]
  /** The organization that the matter is about sees it from here on. */
  readonly shownToOwner?: boolean
}

export type EvidenceKind = 'photo' | 'video' | 'audio' | 'document' | 'data'

export interface EvidenceDemand {
  readonly id: string
  readonly title: Bilingual
  /** Any of these kinds serves. */
  readonly kinds: readonly EvidenceKind[]
  readonly min: number
  /** Time and place of the picture have to be known and fit the object of the matter. */
  readonly located?: boolean
  /** Only what was taken after this transition counts; of a later round, nothing before it began. */
  readonly since?: string
  readonly basis?: Basis
}

export type FieldType =
  | 'text'
  | 'long-text'
  | 'number'
  | 'money'
  | 'date'
  | 'choice'
  | 'choices'
  | 'yes-no'
  | 'people'
  | 'organization'
  | 'table'

export interface FieldDefinition {
  readonly id: string
  readonly title: Bilingual
  readonly type: FieldType
  readonly unit?: string
  readonly options?: readonly { readonly value: string; readonly title: Bilingual }[]
  /** Columns of a `table`; each is a field of a simple type. */
  readonly columns?: readonly FieldDefinition[]
  readonly min?: number
  readonly max?: number
  readonly help?: string
  /** Not shown to the organization that the matter is about, nor in published lists. */
  readonly internal?: boolean
}

export type Guard =
  /** The organizations of two parties differ (验收单位不得是责任单位). */
  | { readonly kind: 'parties-differ'; readonly a: Party; readonly b: Party; readonly basis?: Basis }
  /** Whoever does this has not done one of those before (调查、审核、听证主持分离). */
  | { readonly kind: 'other-person-than'; readonly transitions: readonly string[]; readonly basis?: Basis }
  /** A field of type `people` names at least so many. */
  | {
      readonly kind: 'people-at-least'
      readonly field: string
      readonly count: number
      readonly basis?: Basis
    }
  | {
      readonly kind: 'field-is'
      readonly field: string
      readonly values: readonly (string | number | boolean)[]
      readonly basis?: Basis
    }
  /** The limit of a clock of this round has passed: a notice period is over. */
  | { readonly kind: 'clock-over'; readonly clock: string; readonly basis?: Basis }
  /** The limit of a clock has not passed yet: an application in time. */
  | { readonly kind: 'clock-runs'; readonly clock: string; readonly basis?: Basis }
  /** A transition has happened in this round (since the last opening). */
  | { readonly kind: 'done-before'; readonly transition: string; readonly basis?: Basis }
  /** A transition has to have happened when a field has one of the values (听证、集体讨论、法制审核 where the law asks). */
  | {
      readonly kind: 'done-if'
      readonly transition: string
      readonly field: string
      readonly values: readonly (string | number | boolean)[]
      readonly basis?: Basis
    }
  /** Every row of a `table` field has its value in a column (`reached`: 达到目标). */
  | {
      readonly kind: 'rows-all'
      readonly field: string
      readonly column: string
      readonly value: string | number | boolean
      readonly basis?: Basis
    }
  /** Two dates of fields lie at least so many months apart (a full cycle of data). */
  | {
      readonly kind: 'months-between'
      readonly from: string
      readonly to: string
      /** A number, or that of a field (监测数据的完整周期); 0 asks for no data. */
      readonly atLeast: number | { readonly field: string }
      readonly basis?: Basis
    }

export type LimitUnit = 'hour' | 'day' | 'working-day' | 'month' | 'year'

export interface Limit {
  readonly amount: number
  readonly unit: LimitUnit
}

export type Effect =
  /** A look-back falls due so many months after (min … max for the person who closes; the default otherwise). */
  | {
      readonly kind: 'schedule-look-back'
      readonly months: { readonly min: number; readonly max: number; readonly default: number }
      readonly basis: Basis
    }
  /** The remedy did not last: the count rises, the matter is open again. */
  | { readonly kind: 'rebound' }
  | { readonly kind: 'stop-clock' | 'resume-clock'; readonly clock: string }
  | { readonly kind: 'extend-clock'; readonly clock: string; readonly by: Limit; readonly times: number }
  /** Opens another matter that refers to this one. */
  | { readonly kind: 'open-matter'; readonly workflow: string; readonly title: Bilingual }
  /** What the lead behind the matter turned out to be. */
  | { readonly kind: 'lead-outcome'; readonly outcome: 'confirmed' | 'not-confirmed' }
  /** The matter appears in the public list from here on. */
  | { readonly kind: 'publish' }

export type DocumentKind =
  | 'rectification-notice' // 责令改正违法行为决定书
  | 'rectification-plan' // 整改方案
  | 'site-record' // 现场检查（勘察）笔录
  | 'inquiry-record' // 调查询问笔录
  | 'case-filing' // 立案审批表
  | 'penalty-notice' // 行政处罚事先（听证）告知书
  | 'penalty-decision' // 行政处罚决定书
  | 'demand-letter' // 催告书
  | 'case-closing' // 结案审批表
  | 'acceptance-sheet' // 整改验收销号表
  | 'look-back-sheet' // 回头看核查表
  | 'supervision-order' // 督办通知书
  | 'complaint-reply' // 信访举报答复意见书
  | 'sharing-reply' // 数据共享申请答复书
  | 'monitoring-order' // 监测任务书

export interface TransitionDefinition {
  readonly id: string
  readonly title: Bilingual
  readonly from: readonly string[]
  readonly to: string
  readonly by: readonly Doer[]
  /** Permission that a person needs besides being the party. */
  readonly permission: string
  /** The one that normally comes next: the primary button. */
  readonly primary?: boolean
  /** A reason in words has to be given. */
  readonly reason?: boolean
  /** Fields that have to be filled when this is done. */
  readonly fields?: readonly string[]
  /** Fields that may be filled on the way. */
  readonly optionalFields?: readonly string[]
  /**
   * Parties that may be named or changed when this is done. The overseer and the platform may name any but the owner
   * at every step, and a party may always name a person of its own organization for itself.
   */
  readonly assigns?: readonly Party[]
  readonly evidence?: readonly EvidenceDemand[]
  readonly guards?: readonly Guard[]
  readonly effects?: readonly Effect[]
  readonly documents?: readonly DocumentKind[]
  readonly basis?: Basis
}

/** When a clock warns or escalates. Each level is reached at most once in a round. */
export interface Escalation {
  readonly level: number
  /** Before the limit ends (`before`), or after it has ended (`after`; amount 0: at the end). */
  readonly when: 'before' | 'after'
  readonly limit: Limit
  readonly to: readonly (Party | 'head' | 'director')[]
}

export interface ClockDefinition {
  readonly id: string
  readonly title: Bilingual
  /** States whose entering starts it, or transitions that do. */
  readonly startsOn: { readonly states?: readonly string[]; readonly transitions?: readonly string[] }
  /** What ends it. Leaving through any of these is in time or late. A closed or dropped matter ends all its clocks. */
  readonly endsOn: { readonly states?: readonly string[]; readonly transitions?: readonly string[] }
  /** A length, or the date in a field (整改时限); `lookBackOn` is the day of the look-back. */
  readonly limit: Limit | { readonly field: string }
  /** A last day off moves to the next working day (民法典 203); coercive maxima do not. */
  readonly roll: boolean
  /**
   * Repeats while it runs (monthly dispatch): due again on this day of each month. A transition of `endsOn` answers
   * the runs that are overdue, else the coming one; a state of `endsOn` ends it for good. `limit` is not used then.
   */
  readonly monthlyOn?: number
  readonly escalations: readonly Escalation[]
  readonly basis: Basis
}

export interface WorkflowDefinition {
  readonly id: string
  readonly title: Bilingual
  /** Letters of the number, two capitals of the Chinese name: `ZG-629001-2026-0001`. */
  readonly prefix: string
  readonly basis: readonly Basis[]
  readonly initial: string
  /** Parties that have to be named when a matter is opened. */
  readonly parties: readonly Party[]
  readonly states: readonly StateDefinition[]
  readonly transitions: readonly TransitionDefinition[]
  readonly clocks: readonly ClockDefinition[]
  readonly fields: readonly FieldDefinition[]
}
