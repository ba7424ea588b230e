import type { ReportFigurePart, ReportPart } from '@shanshui/contract'
import type { FigureRow } from '../evaluation/index.ts'

declare const made: unique symbol

/**
 * A figure as a sentence prints it. It can only be made from a stored figure: a sentence cannot be given a number or
 * a text in its place, so a value without basis cannot be printed.
 */
export interface PrintedFigure {
  readonly [made]: true
  readonly row: FigureRow
  readonly text: string
}

const chineseUnits: Readonly<Record<string, string>> = { 'µg/m³': '微克/立方米', 'mg/m³': '毫克/立方米' }

const print = (row: FigureRow, text: string): PrintedFigure => ({ row, text }) as PrintedFigure

/** 20微克/立方米 · 87.5% · 316天 · 3.35 */
export function amount(row: FigureRow): PrintedFigure {
  return print(row, `${row.text}${chineseUnits[row.unit] ?? row.unit}`)
}

/** The bare number, where the unit follows in the text. */
export const bare = (row: FigureRow): PrintedFigure => print(row, row.text)

/** 上升11.1% · 下降6.9% · 持平; of shares 提高1.2个百分点. The word follows the sign, so it changes with the figure. */
export function movement(
  row: FigureRow,
  words: { up: string; down: string } = { up: '上升', down: '下降' },
): PrintedFigure {
  const { value, unit } = row
  if (value === null) return print(row, '（上年同期无可比数据）')
  if (value === 0) return print(row, '持平')
  return print(row, `${value > 0 ? words.up : words.down}${row.text.replace(/^[+-]/, '')}${unit}`)
}

/** 第7位 */
export const place = (row: FigureRow): PrintedFigure => print(row, `第${row.text}位`)

export interface Sentence {
  /** Name in the template; the same every year, so that years can be compared sentence by sentence. */
  readonly key: string
  readonly parts: readonly ReportPart[]
  readonly figures: readonly PrintedFigure[]
}

/** Makes a tag for template texts: `sentence('index')\`综合指数为${amount(index)}。\`` */
export const sentence =
  (key: string) =>
  (texts: TemplateStringsArray, ...figures: readonly PrintedFigure[]): Sentence => {
    const parts: ReportPart[] = []
    for (const [i, text] of texts.entries()) {
      if (text !== '') parts.push({ type: 'text', text })
      const figure = figures[i]
      if (figure !== undefined) parts.push(figurePart(figure))
    }
    return { key, parts, figures }
  }

/** Joins sentences that share a key's line into one: clauses that are only there when their figures are. */
export function joined(key: string, clauses: readonly (Sentence | null)[]): Sentence {
  const there = clauses.filter((clause) => clause !== null)
  return { key, parts: there.flatMap((c) => c.parts), figures: there.flatMap((c) => c.figures) }
}

function figurePart({ row, text }: PrintedFigure): ReportFigurePart {
  return {
    type: 'figure',
    figureId: row.id,
    indicator: row.indicator,
    text,
    value: row.value,
    unit: row.unit,
    state: row.state,
  }
}

export const textOf = (parts: readonly ReportPart[]): string => parts.map((p) => p.text).join('')
