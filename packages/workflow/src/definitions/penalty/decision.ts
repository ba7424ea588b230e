/** Decision, delivery, publication (决定、送达、公开). */
import type { TransitionDefinition } from '../../definition.ts'
import { name, primary } from '../parts.ts'
import { examination, investigation, law, measures, paper, twoOfficers } from './parts.ts'

export const decision: readonly TransitionDefinition[] = [
  {
    id: 'decide',
    title: name('作出处罚决定', 'Decide'),
    from: ['deciding'],
    to: 'delivering',
    by: ['overseer'],
    permission: 'case:decide',
    primary: true,
    fields: ['decisionNumber', 'penaltyKinds', 'fine', 'decisionText'],
    guards: [
      twoOfficers,
      {
        kind: 'other-person-than',
        transitions: [...investigation, ...examination],
        basis: primary(measures('第三十八条至第四十条：查审分离')),
      },
      { kind: 'done-before', transition: 'inform', basis: primary(law('第四十四条、第六十二条')) },
      {
        kind: 'done-if',
        transition: 'legal-review',
        field: 'legalReviewNeeded',
        values: [true],
        basis: primary(law('第五十八条：未经法制审核不得作出决定')),
      },
      {
        kind: 'done-if',
        transition: 'discuss',
        field: 'discussionNeeded',
        values: [true],
        basis: primary(law('第五十七条')),
      },
    ],
    documents: ['penalty-decision'],
    basis: primary(law('第五十七条、第五十九条、第六十条')),
  },
  {
    id: 'return-discussion',
    title: name('陈述申辩或听证后再次集体讨论', 'Discuss again'),
    from: ['deciding'],
    to: 'discussion',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
  },
  {
    id: 'return-case',
    title: name('退回补充调查', 'Return to the investigation'),
    from: ['discussion', 'deciding'],
    to: 'investigating',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
  },
  {
    id: 'no-penalty',
    title: name('不予处罚', 'No penalty'),
    from: ['discussion', 'deciding'],
    to: 'no-penalty',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
    evidence: [
      paper('no-penalty-decision', '不予处罚决定书', 'Decision of no penalty', { since: 'examine' }),
    ],
    basis: primary(
      `${law('第三十三条')}；${measures('第四十二条')}；《生态环境法典》第一千零五十三条、第一千零五十六条`,
    ),
  },
  {
    id: 'transfer',
    title: name('移送其他机关（含公安机关）', 'Transfer'),
    from: ['screening', 'investigating', 'discussion', 'deciding'],
    to: 'transferred',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
    fields: ['transferTo'],
    evidence: [paper('transfer-letter', '移送函、移送材料清单', 'Letter and list of the transfer')],
    basis: primary(
      `${law('第二十七条')}；《行政执法机关移送涉嫌犯罪案件的规定》第五条至第九条；公治〔2014〕853号第十二条；《生态环境法典》第一千零八十三条`,
    ),
  },
  {
    id: 'withdraw-case',
    title: name('撤销立案', 'Withdraw the case'),
    from: ['investigating', 'stopped', 'discussion'],
    to: 'withdrawn',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
    basis: primary(measures('第二十条')),
  },
  {
    id: 'terminate',
    title: name('终止调查', 'Terminate'),
    from: ['investigating', 'stopped'],
    to: 'terminated',
    by: ['overseer'],
    permission: 'case:decide',
    reason: true,
    basis: primary(measures('第三十五条至第三十八条')),
  },
]
