/**
 * Closing of mines (矿井关闭监督): from the order to stop to the permit cancelled, with the site accepted by another
 * body and looked at again after a rainy season.
 */
import type { EvidenceDemand, TransitionDefinition, WorkflowDefinition } from '../definition.ts'
import {
  acceptorIsNotHandler,
  choice,
  date,
  design,
  longText,
  name,
  people,
  primary,
  text,
  usualEscalations,
  workingDays,
  yesNo,
} from './parts.ts'

const demolition = primary('《生态环境法典》第四百一十五条')
const survey = primary('《生态环境法典》第四百六十二条')
const sealing = primary('《生态环境法典》第四百九十六条')

const proof = (id: string, zh: string, en: string, more: Partial<EvidenceDemand> = {}): EvidenceDemand => ({
  id,
  title: name(zh, en),
  kinds: ['photo', 'video', 'document'],
  min: 1,
  ...more,
})

/** A milestone that the mine reports with its proof. */
const milestone = (
  step: Pick<TransitionDefinition, 'id' | 'title' | 'fields' | 'evidence'> & Partial<TransitionDefinition>,
  from: string,
  to: string,
): TransitionDefinition => ({
  from: [from],
  to,
  by: ['handler'],
  permission: 'matter:handle',
  primary: true,
  ...step,
})

export const mineClosure: WorkflowDefinition = {
  id: 'mine-closure',
  title: name('矿井关闭', 'Mine closure'),
  prefix: 'KG',
  basis: [demolition, survey, sealing],
  initial: 'ordered',
  parties: ['overseer', 'handler', 'acceptor'],
  states: [
    {
      id: 'ordered',
      title: name('已责令关闭', 'Ordered to close'),
      phase: 'open',
      waitsFor: ['handler'],
      shownToOwner: true,
    },
    {
      id: 'stopped',
      title: name('已停产', 'Stopped'),
      phase: 'open',
      waitsFor: ['handler'],
      shownToOwner: true,
    },
    {
      id: 'planned',
      title: name('关闭方案已备案', 'Plan filed'),
      phase: 'open',
      waitsFor: ['handler'],
      shownToOwner: true,
    },
    {
      id: 'cleared',
      title: name('已清料', 'Cleared'),
      phase: 'open',
      waitsFor: ['handler'],
      shownToOwner: true,
    },
    {
      id: 'demolished',
      title: name('已拆除封闭', 'Demolished and sealed'),
      phase: 'open',
      waitsFor: ['handler'],
      shownToOwner: true,
    },
    {
      id: 'surveyed',
      title: name('待验收', 'Acceptance awaited'),
      phase: 'open',
      waitsFor: ['acceptor'],
      shownToOwner: true,
    },
    {
      id: 'accepted',
      title: name('已验收', 'Accepted'),
      phase: 'watched',
      waitsFor: ['overseer'],
      shownToOwner: true,
    },
    { id: 'archived', title: name('已归档', 'Archived'), phase: 'closed', waitsFor: [], shownToOwner: true },
    {
      id: 'revoked',
      title: name('关闭决定已撤销', 'Order revoked'),
      phase: 'dropped',
      waitsFor: [],
      shownToOwner: true,
    },
  ],
  transitions: [
    milestone(
      {
        id: 'stop',
        title: name('报告停产', 'Report the stop'),
        fields: ['stoppedOn'],
        evidence: [
          proof('stop', '停产现场照片（有时间和位置）', 'Pictures of the stop', {
            kinds: ['photo', 'video'],
            located: true,
          }),
        ],
      },
      'ordered',
      'stopped',
    ),
    milestone(
      {
        id: 'file-plan',
        title: name('关闭方案、拆除污染防治方案备案', 'File the plans'),
        fields: ['planFiledOn', 'planSummary'],
        evidence: [
          proof('plan', '关闭方案和拆除活动污染防治方案（含应急措施）', 'The plans', { kinds: ['document'] }),
        ],
        documents: ['rectification-plan'],
        basis: demolition,
      },
      'stopped',
      'planned',
    ),
    milestone(
      {
        id: 'clear',
        title: name('完成清料', 'Cleared'),
        fields: ['residualChemicals', 'wasteManifests', 'poolsEmptied'],
        evidence: [proof('clear', '危险废物转移联单、清料照片', 'Manifests and pictures')],
        guards: [
          { kind: 'field-is', field: 'residualChemicals', values: [true], basis: design('残留化学品清零') },
          {
            kind: 'field-is',
            field: 'wasteManifests',
            values: [true],
            basis: design('危险废物转移联单全部办结'),
          },
          { kind: 'field-is', field: 'poolsEmptied', values: [true], basis: design('各类池体排空') },
        ],
      },
      'planned',
      'cleared',
    ),
    milestone(
      {
        id: 'seal',
        title: name('完成拆除、井口封闭', 'Demolished and sealed'),
        fields: ['aditsSealed', 'wasteRockDrainage', 'mineWater'],
        evidence: [
          proof('seal', '井口封闭、设施拆除照片（有时间和位置）', 'Pictures of the sealed adits', {
            kinds: ['photo', 'video'],
            min: 2,
            located: true,
            since: 'stop',
          }),
        ],
        basis: sealing,
      },
      'cleared',
      'demolished',
    ),
    milestone(
      {
        id: 'survey',
        title: name('完成场地调查，申请验收', 'Survey done, ask for acceptance'),
        fields: ['surveyResult', 'keptWells', 'managedBy'],
        optionalFields: ['landUseChange'],
        evidence: [
          proof('survey', '场地（土壤、地下水）调查报告', 'Report of the survey', { kinds: ['document'] }),
        ],
        basis: survey,
      },
      'demolished',
      'surveyed',
    ),
    {
      id: 'return',
      title: name('验收不通过，退回', 'Return'),
      from: ['surveyed'],
      to: 'demolished',
      by: ['acceptor'],
      permission: 'matter:accept',
      reason: true,
    },
    {
      id: 'accept',
      title: name('现场验收', 'Accept on site'),
      from: ['surveyed'],
      to: 'accepted',
      by: ['acceptor'],
      permission: 'matter:accept',
      primary: true,
      fields: ['checkers', 'checkedOn'],
      evidence: [
        proof('acceptance', '验收现场照片（有时间和位置）', 'Pictures of the acceptance', {
          kinds: ['photo', 'video'],
          located: true,
          since: 'survey',
        }),
        proof('acceptance-record', '验收意见', 'Opinion of the acceptance', {
          kinds: ['document'],
          since: 'survey',
        }),
      ],
      guards: [
        acceptorIsNotHandler('验收单位不得是责任单位'),
        {
          kind: 'people-at-least',
          field: 'checkers',
          count: 2,
          basis: primary('《行政处罚法》第四十二条：不少于两人'),
        },
      ],
      effects: [
        {
          kind: 'schedule-look-back',
          months: { min: 6, max: 18, default: 6 },
          basis: design('6 个月和 18 个月各一次，至少经过一个雨季；法律无定期'),
        },
        { kind: 'publish' },
      ],
      documents: ['acceptance-sheet'],
    },
    {
      id: 'look-again',
      title: name('回头看：未反弹，下次再看', 'Look-back: holds, look again'),
      from: ['accepted'],
      to: 'accepted',
      by: ['overseer', 'acceptor'],
      permission: 'matter:accept',
      fields: ['lookBackResult'],
      evidence: [proof('look-back', '回头看照片或记录', 'Record of the look-back', { since: 'accept' })],
      effects: [
        {
          kind: 'schedule-look-back',
          months: { min: 6, max: 12, default: 12 },
          basis: design('第二次回头看在验收后 18 个月'),
        },
      ],
      documents: ['look-back-sheet'],
    },
    {
      id: 'archive',
      title: name('回头看：已巩固，归档', 'Look-back: holds, archive'),
      from: ['accepted'],
      to: 'archived',
      by: ['overseer', 'acceptor'],
      permission: 'matter:accept',
      primary: true,
      fields: ['lookBackResult', 'rainySeasonSeen', 'permitCancelled'],
      evidence: [proof('look-back', '回头看照片或记录', 'Record of the look-back', { since: 'accept' })],
      guards: [
        { kind: 'field-is', field: 'rainySeasonSeen', values: [true], basis: design('回头看须覆盖一个雨季') },
        { kind: 'field-is', field: 'permitCancelled', values: [true], basis: design('关闭后注销排污许可证') },
      ],
      documents: ['look-back-sheet'],
    },
    {
      id: 'rebound',
      title: name('回头看：反弹，重新整治', 'Look-back: rebound'),
      from: ['accepted'],
      to: 'demolished',
      by: ['overseer', 'acceptor'],
      permission: 'matter:accept',
      reason: true,
      evidence: [proof('rebound-finding', '反弹现场证据', 'Evidence of the rebound', { since: 'accept' })],
      effects: [{ kind: 'rebound' }],
      documents: ['look-back-sheet'],
    },
    {
      id: 'revoke',
      title: name('撤销关闭决定', 'Revoke the order'),
      from: ['ordered', 'stopped', 'planned'],
      to: 'revoked',
      by: ['overseer'],
      permission: 'matter:assign',
      reason: true,
    },
  ],
  clocks: [
    {
      id: 'stop',
      title: name('停产期限', 'Stop'),
      startsOn: { states: ['ordered'] },
      endsOn: { states: ['stopped', 'revoked'] },
      limit: { field: 'stopBy' },
      roll: false,
      escalations: usualEscalations(3, { acts: ['handler'], oversees: ['overseer'] }),
      basis: design('以关闭决定载明的日期为准'),
    },
    {
      id: 'close',
      title: name('关闭期限', 'Closing'),
      startsOn: { states: ['ordered'] },
      endsOn: { states: ['surveyed', 'revoked'] },
      limit: { field: 'closeBy' },
      roll: true,
      escalations: usualEscalations(10, { acts: ['handler'], oversees: ['overseer'] }),
      basis: design('以关闭决定载明的日期为准'),
    },
    {
      id: 'acceptance',
      title: name('验收', 'Acceptance'),
      startsOn: { states: ['surveyed'] },
      endsOn: { states: ['accepted', 'demolished'] },
      limit: workingDays(15),
      roll: true,
      escalations: usualEscalations(3, { acts: ['acceptor'], oversees: ['overseer'] }),
      basis: design('平台设定：15 个工作日内验收'),
    },
  ],
  fields: [
    choice('harm', '破坏类型', 'Harm', [
      ['water', '污染水体', 'Water'],
      ['land', '压占损毁土地、植被', 'Land and vegetation'],
      ['subsidence', '地面塌陷', 'Subsidence'],
      ['air', '扬尘、自燃', 'Dust, fires'],
      ['several', '多种', 'Several'],
    ]),
    text('order', '关闭决定文号', 'Number of the order'),
    date('stopBy', '停产期限', 'Stop by'),
    date('closeBy', '关闭期限', 'Close by'),
    date('stoppedOn', '停产日期', 'Stopped on'),
    date('planFiledOn', '方案备案日期', 'Plan filed on'),
    longText('planSummary', '方案要点（工期、措施、资金、应急）', 'Gist of the plans'),
    yesNo('residualChemicals', '残留化学品已清零', 'No chemicals left'),
    yesNo('wasteManifests', '危险废物转移联单已办结', 'Manifests closed'),
    yesNo('poolsEmptied', '池体已排空', 'Pools emptied'),
    yesNo('aditsSealed', '井口（硐口）已封闭', 'Adits sealed'),
    longText('wasteRockDrainage', '废石场排水与酸性水情况', 'Drainage of waste rock'),
    longText('mineWater', '矿井涌水水质、水量及去向', 'Mine water'),
    longText('surveyResult', '场地调查结论', 'Result of the survey'),
    yesNo('keptWells', '地下水监测井已保留', 'Wells kept'),
    text('managedBy', '后续管护单位', 'Managed afterwards by'),
    yesNo('landUseChange', '拟变更为住宅、公共用地', 'Change to housing or public use', {
      help: '变更前须开展土壤污染状况调查（《生态环境法典》第四百五十四条）',
    }),
    people('checkers', '验收人员', 'Accepted by'),
    date('checkedOn', '验收日期', 'Accepted on'),
    longText('lookBackResult', '回头看情况', 'Finding of the look-back'),
    yesNo('rainySeasonSeen', '已经过一个雨季', 'A rainy season has passed'),
    yesNo('permitCancelled', '排污许可证已注销', 'Permit cancelled'),
  ],
}
