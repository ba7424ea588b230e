import { tamperingKinds, tamperingTitles } from '@shanshui/demo/process'
import { fraudRules } from '@shanshui/fraud'
import { type Outcome, recallOf, type Tally } from './scoring.ts'

export interface ScoredCorpus {
  readonly title: string
  readonly about: string
  readonly tally: Tally
}

const lookAlikeTitles: Readonly<Record<string, string>> = {
  'long-shutdown': '长时间停产',
  'low-load': '低负荷',
  'good-control': '控制很好',
  'rain-dilution': '雨水稀释',
  replacement: '更换仪器（有标记）',
  outage: '真实断数',
  'seasonal-change': '季节变化',
  'near-zero': '近零排放（燃气锅炉）',
}

const share = (value: number) => (Number.isFinite(value) ? `${(value * 100).toFixed(1)}%` : '—')
const rate = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : '—')
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [row(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n')

/** docs/fraud-scoring.md: everything in it is computed by the run that wrote it. */
export function scoringReport(corpora: readonly ScoredCorpus[]): string {
  return [
    '# 线索规则评分',
    '由 `npm run bench -- fraud` 生成，请勿手改。评分语料由种子确定，任何人可重新运行得到同样的数字；调参用小于 1000 的种子，评分用从 900001 起的种子，二者不混用。两个生成器结构不同，分别报告。',
    '**判定** 一个造假时段内有一条高级别线索与之在时间上重叠，记为查出；与任何造假时段前后一天都不相接的线索记为误报。线索只是疑点，定性需现场取证。',
    '## 总表',
    table(
      [
        '语料',
        '排放口',
        '排放口·季',
        '造假时段',
        '高级别查出率',
        '中级别以上查出率',
        '高级别误报/排放口·季',
        '高级别误报/排放口·年',
        '高级别线索准确率',
        '中级别以上线索准确率',
      ],
      corpora.map(({ title, tally }) => [
        title,
        tally.outlets,
        tally.quarters.toFixed(0),
        tally.outcomes.length,
        share(recallOf(tally.outcomes, undefined, 'high')),
        share(recallOf(tally.outcomes, undefined, 'medium')),
        rate(tally.falseLeads.high / tally.quarters),
        rate((tally.falseLeads.high / tally.quarters) * 4),
        share(1 - tally.falseLeads.high / tally.leads.high),
        share(
          1 - (tally.falseLeads.high + tally.falseLeads.medium) / (tally.leads.high + tally.leads.medium),
        ),
      ]),
    ),
    '目标：总查出率不低于 90%，每排放口每季度高级别误报不多于 1 条。没有达到的，照实写在表里。',
    ...corpora.flatMap(section),
    '## 由外部评分',
    '`npx shanshui leads scan < hours.csv` 对任何 CSV（表头 `outlet,medium,hour,parameter,value,converted,o2,flow,load,mark,limit,range`）给出线索，可用自己的语料评分。',
    '',
  ].join('\n\n')
}

function section({ title, about, tally }: ScoredCorpus): string[] {
  return [
    `## ${title}`,
    `${about}。`,
    '### 各类造假的查出率',
    table(
      ['造假方式', '时段数', '高', '中以上', '任何', '手法隐蔽', '一般', '粗糙'],
      tamperingKinds.map((kind) => {
        const of = tally.outcomes.filter(({ label }) => label.kind === kind)
        const byStrength = [1, 2, 3].map((strength) => {
          const part = of.filter(({ label }) => label.strength === strength)
          return `${part.filter(({ high }) => high).length}/${part.length}`
        })
        return [
          tamperingTitles[kind],
          of.length,
          share(recallOf(tally.outcomes, kind, 'high')),
          share(recallOf(tally.outcomes, kind, 'medium')),
          share(recallOf(tally.outcomes, kind, 'any')),
          ...byStrength,
        ]
      }),
    ),
    '### 混淆表',
    '行为实际的造假方式，列为该时段得分最高的线索所属规则所指的方式。',
    confusion(tally.outcomes),
    '### 各级别线索',
    table(
      ['级别', '线索', '其中误报', '准确率', '误报/排放口·季'],
      (['high', 'medium', 'watch'] as const).map((level) => [
        { high: '高', medium: '中', watch: '关注' }[level],
        tally.leads[level],
        tally.falseLeads[level],
        share(1 - tally.falseLeads[level] / tally.leads[level]),
        rate(tally.falseLeads[level] / tally.quarters),
      ]),
    ),
    ...(tally.byLookAlike.size === 0
      ? []
      : [
          '### 真实但可疑的情形',
          table(
            ['情形', '次数', '期间的高级别误报', '每次'],
            [...tally.byLookAlike]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([kind, { episodes, high }]) => [
                lookAlikeTitles[kind] ?? kind,
                episodes,
                high,
                rate(high / episodes),
              ]),
          ),
        ]),
    '### 各规则',
    table(
      ['规则', '名称', '线索', '准确率', '高级别', '高级别准确率'],
      fraudRules
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .flatMap(({ id, title: { zh } }) => {
          const seen = tally.byRule.get(id)
          if (seen === undefined) return []
          return [
            [
              id,
              zh,
              seen.leads,
              share(seen.right / seen.leads),
              seen.high,
              share(seen.highRight / seen.high),
            ],
          ]
        }),
    ),
  ]
}

/** What a rule points at, where it points at one way of tampering. */
const pointsAt: Readonly<Record<string, string>> = {
  F01: '静止',
  F02: '静止',
  F27: '静止',
  F28: '静止',
  F39: '静止',
  F03: '削顶',
  F04: '削顶',
  F31: '削顶',
  F22: '改量程',
  F38: '改量程',
  F46: '改量程',
  F24: '改量程',
  F14: '含氧量、稀释',
  F34: '含氧量、稀释',
  F41: '含氧量、稀释',
  F43: '含氧量、稀释',
  F37: '含氧量、稀释',
  F44: '含氧量、稀释',
  F48: '含氧量、稀释',
  F17: '含氧量、稀释',
  F35: '含氧量、稀释',
  F08: '重复',
  F33: '重复',
  F09: '重复',
  F29: '水平',
  F30: '水平',
  F45: '水平',
  F06: '水平',
  F32: '错位',
  F07: '错位',
  F40: '错位',
  F18: '断数',
  F19: '断数',
  F36: '断数',
  F42: '断数',
}

function confusion(outcomes: readonly Outcome[]): string {
  const columns = [...new Set(Object.values(pointsAt)), '其他', '未查出']
  return table(
    ['', ...columns],
    tamperingKinds.map((kind) => {
      const counts = new Map<string, number>()
      for (const { label, leads } of outcomes) {
        if (label.kind !== kind) continue
        // of equal scores the rule that weighs most says what it is
        const best = leads.toSorted((a, b) => b.score - a.score || b.weight - a.weight)[0]
        const column =
          best === undefined || best.level === 'watch' ? '未查出' : (pointsAt[best.rule] ?? '其他')
        counts.set(column, (counts.get(column) ?? 0) + 1)
      }
      return [tamperingTitles[kind], ...columns.map((column) => counts.get(column) ?? 0)]
    }),
  )
}
