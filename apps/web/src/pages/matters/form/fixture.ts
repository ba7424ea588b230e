import type { WorkflowDefinition } from '@shanshui/workflow'

const words = (zh: string): { zh: string; en: string } => ({ zh, en: zh })

/** A small workflow with every type of field, two ways on, a refusal that sends back, and a look-back. */
export const workflowFixture: WorkflowDefinition = {
  id: 'fixture',
  title: words('试验事项'),
  prefix: 'SY',
  basis: [{ text: '试验依据', status: 'design' }],
  initial: 'assigned',
  parties: ['overseer', 'handler', 'acceptor'],
  states: [
    { id: 'assigned', title: words('已交办'), phase: 'open', waitsFor: ['handler'] },
    { id: 'remedying', title: words('整改中'), phase: 'open', waitsFor: ['handler'] },
    { id: 'accepting', title: words('待验收'), phase: 'open', waitsFor: ['acceptor'] },
    { id: 'closed', title: words('已销号'), phase: 'watched', waitsFor: ['system'] },
    { id: 'withdrawn', title: words('已撤销'), phase: 'dropped', waitsFor: [] },
  ],
  transitions: [
    {
      id: 'start',
      title: words('开始整改'),
      from: ['assigned'],
      to: 'remedying',
      by: ['handler'],
      permission: 'matter:handle',
      primary: true,
      fields: ['goal', 'until'],
      optionalFields: ['measures', 'cost'],
    },
    {
      id: 'submit',
      title: words('申请验收'),
      from: ['remedying'],
      to: 'accepting',
      by: ['handler'],
      permission: 'matter:handle',
      primary: true,
      fields: ['result'],
      evidence: [
        { id: 'after', title: words('整改后照片'), kinds: ['photo'], min: 2, located: true, since: 'start' },
        { id: 'report', title: words('整改报告'), kinds: ['document'], min: 1 },
      ],
    },
    {
      id: 'accept',
      title: words('验收销号'),
      from: ['accepting'],
      to: 'closed',
      by: ['acceptor'],
      permission: 'matter:accept',
      primary: true,
      reason: true,
      guards: [{ kind: 'parties-differ', a: 'acceptor', b: 'handler' }],
      effects: [
        {
          kind: 'schedule-look-back',
          months: { min: 3, max: 12, default: 6 },
          basis: { text: '试验依据', status: 'unverified' },
        },
      ],
      documents: ['acceptance-sheet'],
    },
    {
      id: 'refuse',
      title: words('退回整改'),
      from: ['accepting'],
      to: 'remedying',
      by: ['acceptor'],
      permission: 'matter:accept',
      reason: true,
    },
    {
      id: 'withdraw',
      title: words('撤销'),
      from: ['assigned', 'remedying'],
      to: 'withdrawn',
      by: ['overseer'],
      permission: 'matter:assign',
      reason: true,
    },
  ],
  clocks: [
    {
      id: 'remedy',
      title: words('整改时限'),
      startsOn: { transitions: ['start'] },
      endsOn: { states: ['closed', 'withdrawn'] },
      limit: { field: 'until' },
      roll: false,
      escalations: [{ level: 1, when: 'before', limit: { amount: 5, unit: 'working-day' }, to: ['handler'] }],
      basis: { text: '试验依据', status: 'unverified' },
    },
  ],
  fields: [
    { id: 'goal', title: words('整改目标'), type: 'long-text' },
    { id: 'until', title: words('整改时限'), type: 'date' },
    { id: 'result', title: words('整改结果'), type: 'text' },
    { id: 'cost', title: words('投入资金'), type: 'money', min: 0, max: 1000, internal: true },
    {
      id: 'measures',
      title: words('整改措施'),
      type: 'table',
      columns: [
        { id: 'what', title: words('措施'), type: 'text' },
        { id: 'done', title: words('是否完成'), type: 'yes-no' },
      ],
    },
  ],
}
