import type { ReportCheck, ReportFinding } from '@shanshui/contract'

export interface Segment {
  readonly start: number
  readonly text: string
  readonly kind: 'plain' | 'figure' | ReportFinding['severity']
}

/** Which finding colours a place when several touch it. */
const weight = { plain: 0, figure: 1, confirmed: 2, doubt: 3, contradiction: 4 } as const

/** Cuts the checked text where a figure or a finding begins or ends; each piece has the gravest kind that covers it. */
export function segmentsOf(text: string, check: ReportCheck): Segment[] {
  const spans = [
    ...check.figures.map((figure) => ({ start: figure.start, end: figure.end, kind: 'figure' as const })),
    ...check.findings.map((finding) => ({ start: finding.start, end: finding.end, kind: finding.severity })),
  ]
  const cuts = new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])
  const places = [...cuts].filter((place) => place >= 0 && place <= text.length).sort((a, b) => a - b)
  const segments: Segment[] = []
  for (const [index, start] of places.entries()) {
    const end = places[index + 1]
    if (end === undefined) break
    let kind: Segment['kind'] = 'plain'
    for (const span of spans) {
      if (span.start <= start && span.end >= end && weight[span.kind] > weight[kind]) kind = span.kind
    }
    segments.push({ start, text: text.slice(start, end), kind })
  }
  return segments
}
