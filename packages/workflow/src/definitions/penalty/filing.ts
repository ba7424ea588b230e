/** From the screening to the filing (初查、立案). */
import type { TransitionDefinition } from '../../definition.ts'
import { days, design, name, primary } from '../parts.ts'
import { measures, paper, twoOfficers } from './parts.ts'

export const filing: readonly TransitionDefinition[] = [
  {
    id: 'submit-filing',
    title: name('初查完毕，提请立案', 'Ask for the case to be filed'),
    from: ['screening'],
    to: 'filing',
    by: ['handler'],
    permission: 'matter:handle',
    primary: true,
    fields: ['violation', 'actEndedOn', 'foundOn', 'screening'],
    optionalFields: ['suspect'],
    evidence: [
      paper('initial-evidence', '违法行为的初步证据', 'Initial evidence', {
        kinds: ['photo', 'video', 'document', 'data'],
        basis: primary(measures('第十九条：有初步证据、应予处罚、属本机关管辖、未超过追责期限')),
      }),
    ],
    documents: ['case-filing'],
    basis: primary(measures('第十八条、第十九条')),
  },
  {
    id: 'extend-filing',
    title: name('批准延长立案期限', 'Extend the time for filing'),
    from: ['screening'],
    to: 'screening',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
    guards: [{ kind: 'clock-runs', clock: 'filing' }],
    effects: [{ kind: 'extend-clock', clock: 'filing', by: days(15), times: 1 }],
    basis: primary(measures('第十八条：特殊情况经负责人批准可延长十五日')),
  },
  {
    id: 'return-filing',
    title: name('退回补充初查', 'Return for more screening'),
    from: ['filing'],
    to: 'screening',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
  },
  {
    id: 'file',
    title: name('批准立案', 'File the case'),
    from: ['filing'],
    to: 'investigating',
    by: ['overseer'],
    permission: 'case:decide',
    primary: true,
    fields: ['investigators', 'inTime'],
    assigns: ['reviewer'],
    guards: [
      {
        kind: 'other-person-than',
        transitions: ['submit-filing'],
        basis: design('提请立案的人员不审批本案'),
      },
      twoOfficers,
      {
        kind: 'field-is',
        field: 'inTime',
        values: [true],
        basis: primary('《生态环境法典》第一千零五十四条；《行政处罚法》第三十六条：超过追责期限的不予处罚'),
      },
    ],
    documents: ['case-filing'],
    basis: primary(measures('第十八条、第十九条')),
  },
  {
    id: 'refuse-filing',
    title: name('不予立案', 'Do not file'),
    from: ['screening', 'filing'],
    to: 'not-filed',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
    basis: primary(measures('第十八条、第十九条')),
  },
]
