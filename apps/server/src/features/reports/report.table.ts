import type { FigureState, ReportFigurePart, ReportPart, ReportStatus } from '@shanshui/contract'
import type { AirEdition } from '@shanshui/standards'

/** A paragraph as stored: parts of sentences, figure parts as they were printed. */
export interface StoredParagraph {
  readonly heading: { readonly level: number; readonly text: string } | null
  readonly sentences: readonly { readonly key: string; readonly parts: readonly ReportPart[] }[]
}

export interface ReportRow {
  readonly id: number
  readonly kind: 'annual-air-review'
  readonly title: string
  readonly year: number
  readonly subjectId: number
  readonly subjectName: string
  readonly edition: AirEdition
  readonly status: ReportStatus
  readonly version: number
  readonly digest: string | null
  readonly createdAtMs: number
  readonly createdByName: string
  readonly frozenAtMs: number | null
  readonly frozenByName: string | null
  readonly figures: number
  /** Figures whose present digest is not the printed one, or that are waiting to be recalculated. */
  readonly staleFigures: number
  readonly regionCode: number
  readonly ownerId: number
}

export interface ReportWithText extends ReportRow {
  readonly paragraphs: readonly StoredParagraph[]
}

/** A figure of a report: as printed, and what it is now. */
export interface ReportFigureRow {
  readonly figureId: number
  readonly printedText: string
  readonly printedValue: number | null
  readonly printedDigest: string
  readonly title: string
  readonly unit: string
  readonly standard: string
  readonly edition: string
  readonly inputs: number
  readonly digest: string
  readonly state: FigureState
}

export const isFigurePart = (part: ReportPart): part is ReportFigurePart => part.type === 'figure'
