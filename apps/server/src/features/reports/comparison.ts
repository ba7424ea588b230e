import type { ReportComparison, ReportFigurePart } from '@shanshui/contract'
import { indicatorByName } from '../evaluation/index.ts'
import { isFigurePart, type StoredParagraph } from './report.table.ts'
import { textOf } from './sentence.ts'

type Stored = StoredParagraph['sentences'][number]

/** Sentence by sentence and figure by figure; sentences belong together by their key in the template. */
export function compareParagraphs(
  now: readonly StoredParagraph[],
  last: readonly StoredParagraph[],
): ReportComparison['rows'] {
  const nowByKey = byKey(now)
  const lastByKey = byKey(last)
  const keys = [...new Set([...nowByKey.keys(), ...lastByKey.keys()])]
  return keys.map((key) => {
    const [here, there] = [nowByKey.get(key), lastByKey.get(key)]
    const texts = {
      now: here === undefined ? null : textOf(here.parts),
      before: there === undefined ? null : textOf(there.parts),
    }
    return { key, ...texts, same: texts.now === texts.before, figures: compareFigures(here, there) }
  })
}

function compareFigures(
  here: Stored | undefined,
  there: Stored | undefined,
): ReportComparison['rows'][number]['figures'] {
  const [now, last] = [figuresOf(here), figuresOf(there)]
  return [...new Set([...now.keys(), ...last.keys()])].map((indicator) => ({
    indicator,
    title: indicatorByName(indicator)?.zh('year') ?? indicator,
    now: now.get(indicator)?.text ?? null,
    before: last.get(indicator)?.text ?? null,
  }))
}

const byKey = (paragraphs: readonly StoredParagraph[]): Map<string, Stored> =>
  new Map(paragraphs.flatMap((p) => p.sentences.map((s) => [s.key, s] as const)))

const figuresOf = (s: Stored | undefined): Map<string, ReportFigurePart> =>
  new Map((s?.parts ?? []).filter(isFigurePart).map((part) => [part.indicator, part]))
