/**
 * Key work of a year (年度重点任务): every measure of the annual report has an owner, a target for each quarter, and
 * proof; what is done goes into next year's report.
 */
import type { FieldDefinition, TransitionDefinition, WorkflowDefinition } from '../definition.ts'
import {
  acceptorIsNotHandler,
  choice,
  date,
  days,
  design,
  longText,
  name,
  number,
  text,
  usualEscalations,
} from './parts.ts'

const groupField = choice('group', '任务类别', 'Group', [
  ['green', '绿色发展转型', 'Green transition'],
  ['pollution', '污染防治攻坚', 'Pollution control'],
  ['ecology', '生态保护监管', 'Protection of ecosystems'],
  ['red-line', '生态环境红线底线', 'Red lines'],
])
/** Groups of the annual report, in its order. */
export const keyTaskGroups = groupField.options

const quarters = [1, 2, 3, 4] as const

const quarterFields: readonly FieldDefinition[] = quarters.flatMap((q) => [
  text(`q${q}Target`, `第${'一二三四'[q - 1]}季度目标`, `Target of Q${q}`),
  number(`q${q}Progress`, `第${'一二三四'[q - 1]}季度末进度`, `Progress by the end of Q${q}`, {
    unit: '%',
    min: 0,
    max: 100,
  }),
  longText(`q${q}Done`, `第${'一二三四'[q - 1]}季度完成情况`, `Done in Q${q}`),
])

/** Reports of the quarters in turn; the state stays until all four are in. */
const reports: readonly TransitionDefinition[] = quarters.map((q) => ({
  id: `report-q${q}`,
  title: name(`报送第${'一二三四'[q - 1]}季度进展`, `Report Q${q}`),
  from: ['running', 'behind'],
  to: 'running',
  by: ['handler'],
  permission: 'matter:handle',
  primary: true,
  fields: [`q${q}Progress`, `q${q}Done`],
  optionalFields: ['difficulties'],
  evidence: [
    {
      id: `q${q}`,
      title: name(`第${'一二三四'[q - 1]}季度佐证材料`, `Proof of Q${q}`),
      kinds: ['document', 'photo', 'data'],
      min: 1,
    },
  ],
}))

export const keyTask: WorkflowDefinition = {
  id: 'key-task',
  title: name('年度重点任务', 'Key task of the year'),
  prefix: 'RW',
  basis: [design('重点工作任务分解：下达、分解、季调度、自评、核查')],
  initial: 'assigned',
  parties: ['overseer', 'handler', 'acceptor'],
  states: [
    { id: 'assigned', title: name('已下达', 'Assigned'), phase: 'open', waitsFor: ['handler'] },
    { id: 'running', title: name('推进中', 'Running'), phase: 'open', waitsFor: ['handler'] },
    { id: 'behind', title: name('滞后', 'Behind'), phase: 'open', waitsFor: ['handler'] },
    {
      id: 'self-checked',
      title: name('已自评，待核查', 'Self-checked'),
      phase: 'open',
      waitsFor: ['acceptor'],
    },
    { id: 'done', title: name('已完成', 'Done'), phase: 'closed', waitsFor: [] },
    { id: 'not-done', title: name('未完成，结转下年', 'Carried over'), phase: 'dropped', waitsFor: [] },
  ],
  transitions: [
    {
      id: 'split',
      title: name('分解到季度', 'Set the quarters'),
      from: ['assigned'],
      to: 'running',
      by: ['handler', 'overseer'],
      permission: 'matter:handle',
      primary: true,
      fields: ['q1Target', 'q2Target', 'q3Target', 'q4Target', 'dueOn'],
    },
    ...reports,
    {
      id: 'mark-behind',
      title: name('季度预警：滞后', 'Warn: behind'),
      from: ['running'],
      to: 'behind',
      by: ['overseer'],
      permission: 'matter:assign',
      reason: true,
    },
    {
      id: 'self-check',
      title: name('自评报送', 'Self-check'),
      from: ['running', 'behind'],
      to: 'self-checked',
      by: ['handler'],
      permission: 'matter:handle',
      fields: ['result', 'selfScore'],
      evidence: [
        {
          id: 'result',
          title: name('完成情况佐证材料', 'Proof of completion'),
          kinds: ['document', 'photo', 'data'],
          min: 1,
        },
      ],
    },
    {
      id: 'return',
      title: name('退回', 'Return'),
      from: ['self-checked'],
      to: 'running',
      by: ['acceptor'],
      permission: 'matter:accept',
      reason: true,
    },
    {
      id: 'complete',
      title: name('核查确认完成', 'Confirm'),
      from: ['self-checked'],
      to: 'done',
      by: ['acceptor'],
      permission: 'matter:accept',
      primary: true,
      fields: ['score'],
      evidence: [
        {
          id: 'check',
          title: name('核查意见', 'Opinion of the check'),
          kinds: ['document', 'data'],
          min: 1,
          since: 'self-check',
        },
      ],
      guards: [acceptorIsNotHandler('核查单位不得是承办单位')],
    },
    {
      id: 'carry-over',
      title: name('认定未完成，结转', 'Carry over'),
      from: ['self-checked', 'behind'],
      to: 'not-done',
      by: ['acceptor', 'overseer'],
      permission: 'matter:accept',
      reason: true,
    },
  ],
  clocks: [
    {
      id: 'split',
      title: name('分解', 'Splitting'),
      startsOn: { states: ['assigned'] },
      endsOn: { states: ['running'] },
      limit: days(30),
      roll: true,
      escalations: usualEscalations(5, { acts: ['handler'], oversees: ['overseer'] }),
      basis: design('平台设定：下达后 30 日内分解到季度'),
    },
    {
      id: 'year',
      title: name('完成时限', 'Completion'),
      startsOn: { transitions: ['split'] },
      endsOn: { states: ['self-checked', 'not-done'] },
      limit: { field: 'dueOn' },
      roll: true,
      escalations: usualEscalations(10, { acts: ['handler'], oversees: ['overseer'] }),
      basis: design('以任务分解表载明的时限为准'),
    },
    {
      id: 'check',
      title: name('核查', 'Check'),
      startsOn: { states: ['self-checked'] },
      endsOn: { states: ['done', 'running', 'not-done'] },
      limit: days(30),
      roll: true,
      escalations: usualEscalations(5, { acts: ['acceptor'], oversees: ['overseer'] }),
      basis: design('平台设定：自评后 30 日内核查'),
    },
  ],
  fields: [
    number('year', '年度', 'Year', { min: 2000, max: 2100 }),
    groupField,
    text('measure', '任务措施', 'Measure'),
    longText('sentence', '报告原文', 'Sentence of the report'),
    text('indicator', '指标与目标值', 'Indicator and value'),
    ...quarterFields,
    date('dueOn', '完成时限', 'Complete by'),
    longText('difficulties', '存在困难', 'Difficulties'),
    longText('result', '全年完成情况', 'Result of the year', { help: '写入下一年度工作报告' }),
    number('selfScore', '自评得分', 'Own score', { min: 0, max: 100 }),
    number('score', '核查得分', 'Score', { min: 0, max: 100 }),
  ],
}
