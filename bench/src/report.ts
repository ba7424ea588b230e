import { type BenchResult, barMet } from './result.ts'

export interface BenchSection {
  readonly title: string
  readonly results: readonly BenchResult[]
  readonly seconds: number
}

const THOUSANDS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 })

/** 1234567 → 1,235,000; a quantity of four significant digits says as much as one run can. */
export function shown(value: number): string {
  return Number.isFinite(value) ? THOUSANDS.format(value) : '—'
}

function cells(result: BenchResult): string[] {
  const { what, value, unit, against, ratio, bar, note } = result
  const met = barMet(result)
  return [
    note ? `${what} (${note})` : what,
    `${shown(value)} ${unit}`,
    against ? `${against.what}: ${shown(against.value)} ${against.unit}` : '',
    ratio === undefined ? '' : shown(ratio),
    bar ? `${bar.kind === 'at-least' ? '≥' : '≤'} ${shown(bar.value)} ${bar.unit}`.trim() : '',
    met === undefined ? '' : met ? 'met' : 'missed',
  ]
}

const HEAD = ['measured', 'value', 'against, in the same run', 'ratio', 'bar', '']

/** Markdown of the report. Nothing of the machine is in it but the number of cores and the versions of the engines. */
export function markdown(sections: readonly BenchSection[], about: readonly string[]): string {
  const parts = sections.map(({ title, results }) =>
    [
      `## ${title}`,
      '',
      `| ${HEAD.join(' | ')} |`,
      `|${HEAD.map(() => '---').join('|')}|`,
      ...results.map(
        (result) =>
          `| ${cells(result)
            .map((cell) => cell.replaceAll('|', '\\|'))
            .join(' | ')} |`,
      ),
    ].join('\n'),
  )
  return [
    '# Performance',
    '',
    'Written by `npm run bench`. Ratios compare two things measured in one run on one machine and travel; absolute numbers are orders of magnitude.',
    '',
    ...about.map((line) => `- ${line}`),
    '',
    parts.join('\n\n'),
    '',
  ].join('\n')
}

/** A report with some sections measured anew: ratios live within a section, so each may come from a run of its own. */
export function replaceSections(before: string, measured: string): string {
  const [head = '', ...fresh] = measured.split(/^(?=## )/m)
  const [, ...old] = before.split(/^(?=## )/m)
  const titleOf = (section: string) => section.slice(0, section.indexOf('\n'))
  const anew = new Map(fresh.map((section) => [titleOf(section), section.trimEnd()]))
  const kept = old.map((section) => {
    const title = titleOf(section)
    const text = anew.get(title) ?? section.trimEnd()
    anew.delete(title)
    return text
  })
  return `${[head.trimEnd(), ...kept, ...anew.values()].join('\n\n')}\n`
}

/** The same as lines for a terminal. */
export function plain({ title, results, seconds }: BenchSection): string {
  const rows = results.map(cells)
  const widths = HEAD.map((head, i) => Math.max(head.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [`\n${title} (${seconds.toFixed(0)} s)`, line(HEAD), ...rows.map(line)].join('\n')
}
