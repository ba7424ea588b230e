import type { FigureBasis } from '@shanshui/contract'
import type { AirEdition } from '@shanshui/standards'
import type { AirWindow } from './air-window.ts'
import type { PeriodKind } from './civil-day.ts'
import type { FigureRequest } from './figure-request.ts'
import type { PeerIndexes } from './peers.ts'

/** A computed figure before it is stored. `exact`: unrounded, what dependent figures calculate with. */
export interface ComputedFigure {
  readonly key: string
  readonly request: FigureRequest
  readonly title: string
  readonly exact: number | null
  readonly value: number | null
  readonly text: string
  readonly unit: string
  readonly decimals: number
  readonly note: string | null
  readonly basis: FigureBasis
  readonly digest: string
  readonly dependsOn: readonly string[]
}

/** What an indicator's calculation gives; the engine adds key, title, text and standard. */
export interface FigureDraft {
  /** Unrounded; null where the standard gives no value. */
  readonly exact: number | null
  /** Rounded once, as printed. */
  readonly value: number | null
  readonly note?: string | null
  readonly formula: string
  readonly clauses: FigureBasis['clauses']
  readonly trace?: FigureBasis['trace']
  readonly exclusions?: FigureBasis['exclusions']
  readonly inputs: FigureBasis['inputs']
  readonly unverified?: readonly string[]
}

export interface IndicatorContext {
  readonly request: FigureRequest
  /** Days of the request's period under its edition. */
  window(): AirWindow
  /** Another figure that this one is calculated from. */
  of(request: FigureRequest): ComputedFigure
  /** Published indexes of the peer cities for the request's period. */
  peers(): PeerIndexes
}

export interface Indicator {
  readonly indicator: string
  readonly zh: (kind: PeriodKind) => string
  readonly unit: string
  readonly decimals: (edition: AirEdition) => number
  readonly lowerIsBetter: boolean
  /** Whether taking sand data out changes it; if not, `with` and `without` are one figure. */
  readonly sandMatters: boolean
  /** Id of the registered evaluator that calculates it. */
  readonly evaluator: string
  /** Signed values are printed with their sign (+11.1). */
  readonly signed?: boolean
  /** The figures it is calculated from; none: it is calculated from days. */
  readonly needs: (request: FigureRequest) => readonly FigureRequest[]
  readonly compute: (context: IndicatorContext) => FigureDraft
}
