import type { FoundFigure, ReportCheck } from '@shanshui/contract'
import { contradictions, yearOf } from './contradictions.ts'
import { type Found, findFigures } from './found-figures.ts'
import { asNumber } from './possible-values.ts'

/** Figures found in a text and what they say about each other. `year` counts when the text names none. */
export function checkText(
  text: string,
  year: number,
): ReportCheck & { readonly year: number; readonly found: readonly Found[] } {
  const found = findFigures(text)
  const spoken = yearOf(text, year)
  return {
    year: spoken,
    found,
    figures: found.map(presentFound),
    findings: [...contradictions(found, spoken)],
  }
}

function presentFound(f: Found): FoundFigure {
  return {
    kind: f.kind,
    item: f.item,
    value: asNumber(f.value),
    decimals: f.value.decimals,
    unit: f.unit,
    start: f.start,
    end: f.end,
    quote: f.quote,
  }
}
