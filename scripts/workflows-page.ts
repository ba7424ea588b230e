/** docs/workflows.md: every workflow with its diagram, who does what with what proof, and by when, from its data. */
import {
  type Basis,
  type ClockDefinition,
  type Doer,
  type Effect,
  type Escalation,
  type EvidenceDemand,
  type Guard,
  type Limit,
  mermaid,
  partyTitles,
  type TransitionDefinition,
  type WorkflowDefinition,
} from '../packages/workflow/src/index.ts'

const introduction = `# 业务流程 Workflows

由流程定义生成（\`npm run docs:generate\`），请勿手改。Generated from \`packages/workflow/src/definitions\`.

每个流程是一份数据：状态、谁可办理、须有什么证据、什么条件、到什么时候。**待核实**：数值或条文未能在官方文本中核对，按本地规定修改；**平台设定**：法律没有规定，由平台设定；**单一来源**：只见于一处公开文本。没有标注的已与条文核对。流程的证明见 [workflow-proofs.md](workflow-proofs.md)。
`

const marks: Readonly<Record<Basis['status'], string>> = {
  primary: '',
  'one-source': ' **（单一来源）**',
  unverified: ' **（待核实）**',
  design: ' （平台设定）',
}

const unitNames: Readonly<Record<Limit['unit'], string>> = {
  hour: '小时',
  day: '日',
  'working-day': '个工作日',
  month: '个月',
  year: '年',
}

/** The whole page. */
export function workflowsPage(defs: readonly WorkflowDefinition[]): string {
  const contents = defs.map(
    ({ id, title, states, transitions }) =>
      `| [${title.zh}](#${id}) | ${title.en} | ${states.length} | ${transitions.length} |`,
  )
  const head = ['| 流程 | workflow | 状态 states | 步骤 steps |', '|---|---|---|---|']
  return `${[introduction, ...head, ...contents, '', ...defs.map(section)].join('\n')}\n`
}

function section(def: WorkflowDefinition): string {
  return [
    `<a id="${def.id}"></a>`,
    '',
    `## ${def.title.zh} ${def.title.en}`,
    '',
    `编号 \`${def.prefix}-行政区-年份-顺序号\`。依据：${def.basis.map(basisText).join('；')}`,
    '',
    '```mermaid',
    mermaid(def),
    '```',
    '',
    '| 步骤 | 从 → 到 | 谁 | 证据 | 条件与后果 | 依据 |',
    '|---|---|---|---|---|---|',
    ...def.transitions.map((transition) => transitionRow(def, transition)),
    '',
    ...(def.clocks.length === 0
      ? []
      : [
          '| 期限 | 起 | 止 | 时长 | 提醒与督办 | 依据 |',
          '|---|---|---|---|---|---|',
          ...def.clocks.map((clock) => clockRow(def, clock)),
          '',
        ]),
  ].join('\n')
}

function basisText({ text, status }: Basis): string {
  return `${cell(text)}${marks[status]}`
}

/** A table of markdown ends a cell at an upright line. */
const cell = (text: string): string => text.replaceAll('|', '｜').replaceAll('\n', ' ')
const listed = (parts: readonly string[]): string => (parts.length === 0 ? '—' : parts.join('；'))
const who = (parties: readonly Doer[]): string => parties.map((party) => partyTitles[party].zh).join('、')

function transitionRow(def: WorkflowDefinition, transition: TransitionDefinition): string {
  const { title, from, to, by, evidence = [], guards = [], effects = [], documents = [], basis } = transition
  const states = `${from.map((id) => stateTitle(def, id)).join('、')} → ${stateTitle(def, to)}`
  const conditions = [
    ...(transition.reason === true ? ['写明理由'] : []),
    ...(transition.fields === undefined || transition.fields.length === 0
      ? []
      : [`填写${transition.fields.map((id) => `“${fieldTitle(def, id)}”`).join('')}`]),
    ...guards.map((guard) => guardText(def, guard)),
    ...effects.map((effect) => effectText(def, effect)),
    ...(documents.length === 0 ? [] : [`文书 ${documents.length} 种`]),
  ]
  return `| ${cell(title.zh)} | ${cell(states)} | ${who(by)} | ${listed(evidence.map(evidenceText))} | ${listed(conditions.map(cell))} | ${basis === undefined ? '—' : basisText(basis)} |`
}

function evidenceText({ title, min, located, basis }: EvidenceDemand): string {
  const place = located === true ? '，有时间和位置' : ''
  const mark = basis === undefined ? '' : marks[basis.status]
  return `${cell(title.zh)} ×${min}${title.zh.includes('时间和位置') ? '' : place}${mark}`
}

function guardText(def: WorkflowDefinition, guard: Guard): string {
  const mark = guard.basis === undefined ? '' : marks[guard.basis.status]
  return `${guardWords(def, guard)}${mark}`
}

function guardWords(def: WorkflowDefinition, guard: Guard): string {
  switch (guard.kind) {
    case 'parties-differ':
      return `${partyTitles[guard.a].zh}与${partyTitles[guard.b].zh}不得为同一单位`
    case 'other-person-than':
      return `未办理过${guard.transitions.map((id) => `“${transitionTitle(def, id)}”`).join('')}的人员`
    case 'people-at-least':
      return `“${fieldTitle(def, guard.field)}”不少于${guard.count}人`
    case 'field-is':
      return `“${fieldTitle(def, guard.field)}”为${guard.values.map((one) => valueTitle(def, guard.field, one)).join('或')}`
    case 'clock-over':
      return `“${clockTitle(def, guard.clock)}”届满后`
    case 'clock-runs':
      return `“${clockTitle(def, guard.clock)}”届满前`
    case 'done-before':
      return `本轮已办理“${transitionTitle(def, guard.transition)}”`
    case 'done-if':
      return `“${fieldTitle(def, guard.field)}”为${guard.values.map((one) => valueTitle(def, guard.field, one)).join('或')}的，已办理“${transitionTitle(def, guard.transition)}”`
    case 'rows-all':
      return `“${fieldTitle(def, guard.field)}”逐行满足`
    case 'months-between': {
      const { atLeast } = guard
      const months =
        typeof atLeast === 'number' ? `${atLeast}个月` : `“${fieldTitle(def, atLeast.field)}”所填月数`
      return `“${fieldTitle(def, guard.from)}”至“${fieldTitle(def, guard.to)}”不少于${months}`
    }
  }
}

function effectText(def: WorkflowDefinition, effect: Effect): string {
  switch (effect.kind) {
    case 'schedule-look-back': {
      const { min, max, default: usual } = effect.months
      return `${min}–${max}个月后回头看，默认${usual}个月${marks[effect.basis.status]}`
    }
    case 'rebound':
      return '计一次反弹，新一轮重新计时，原证据不计'
    case 'stop-clock':
      return `“${clockTitle(def, effect.clock)}”中止`
    case 'resume-clock':
      return `“${clockTitle(def, effect.clock)}”恢复`
    case 'extend-clock':
      return `“${clockTitle(def, effect.clock)}”延长${limitText(effect.by)}，至多${effect.times}次`
    case 'open-matter':
      return `另立“${effect.title.zh}”`
    case 'lead-outcome':
      return effect.outcome === 'confirmed' ? '线索查实' : '线索未查实'
    case 'publish':
      return '列入公开清单'
  }
}

function clockRow(def: WorkflowDefinition, clock: ClockDefinition): string {
  const { title, startsOn, endsOn, limit, monthlyOn, roll, escalations, basis } = clock
  const points = ({ states = [], transitions = [] }: ClockDefinition['startsOn']) =>
    listed([
      ...states.map((id) => `进入“${stateTitle(def, id)}”`),
      ...transitions.map((id) => `办理“${transitionTitle(def, id)}”`),
    ])
  const day = (field: string) => (field === 'lookBackOn' ? '回头看日期' : `“${fieldTitle(def, field)}”`)
  const length =
    monthlyOn === undefined
      ? 'field' in limit
        ? `至${day(limit.field)}`
        : limitText(limit)
      : `每月${monthlyOn}日`
  const hours = 'unit' in limit && limit.unit === 'hour' && monthlyOn === undefined
  return `| ${cell(title.zh)} | ${cell(points(startsOn))} | ${cell(points(endsOn))} | ${length}${roll || hours ? '' : '，末日不顺延'} | ${listed(escalations.map(escalationText))} | ${basisText(basis)} |`
}

function escalationText({ when, limit, to }: Escalation): string {
  const names = to.map((one) =>
    one === 'head' ? '科室负责人' : one === 'director' ? '局领导' : partyTitles[one].zh,
  )
  const moment = limit.amount === 0 ? '届满' : `${when === 'before' ? '届满前' : '逾期'}${limitText(limit)}`
  return `${moment}告${names.join('、')}`
}

const limitText = ({ amount, unit }: Limit): string => `${amount}${unitNames[unit]}`
const titleIn = (items: readonly { id: string; title: { zh: string } }[], id: string): string =>
  items.find((item) => item.id === id)?.title.zh ?? id
const stateTitle = (def: WorkflowDefinition, id: string): string => titleIn(def.states, id)
const fieldTitle = (def: WorkflowDefinition, id: string): string => titleIn(def.fields, id)
const clockTitle = (def: WorkflowDefinition, id: string): string => titleIn(def.clocks, id)
const transitionTitle = (def: WorkflowDefinition, id: string): string =>
  id === 'open' ? '立项' : titleIn(def.transitions, id)

function valueTitle(def: WorkflowDefinition, field: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  const options = def.fields.find(({ id }) => id === field)?.options
  return options?.find((option) => option.value === value)?.title.zh ?? String(value)
}
