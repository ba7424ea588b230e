import type {
  MatterBrief,
  MatterDetail,
  MatterEvidenceDemand,
  MatterOption,
  MatterStep,
} from '@shanshui/contract'

const words = (zh: string) => ({ zh, en: zh })

export const briefFixture: MatterBrief = {
  id: 7,
  number: 'SY-629001-2026-0001',
  workflow: 'fixture',
  workflowTitle: words('试验事项'),
  title: '料场扬尘整改',
  state: 'remedying',
  stateTitle: words('整改中'),
  phase: 'open',
  regionCode: 629001,
  regionName: '金河区',
  enterprise: { id: 3, name: '祁川钢铁' },
  feature: null,
  problem: null,
  source: 'inspectorate',
  round: 1,
  rebounds: 0,
  handler: { id: 2, name: '责任单位甲' },
  acceptor: { id: 5, name: '验收单位乙' },
  waitsFor: [{ party: 'handler', organization: { id: 2, name: '责任单位甲' } }],
  due: null,
  lookBackOn: null,
  published: false,
  openedAt: '2026-11-01T09:00:00+08:00',
  changedAt: '2026-11-02T09:00:00+08:00',
  closedAt: null,
  version: 3,
}

export const demandFixture: MatterEvidenceDemand = {
  transition: 'submit',
  demand: 'after',
  title: words('整改后照片'),
  kinds: ['photo'],
  min: 2,
  have: 2,
  missing: 0,
  located: true,
  basis: null,
}

export const optionFixture: MatterOption = {
  transition: 'submit',
  title: words('申请验收'),
  to: 'accepting',
  toTitle: words('待验收'),
  primary: true,
  reason: false,
  fields: ['result'],
  optionalFields: [],
  lookBackMonths: null,
  documents: [],
  refusals: [],
}

export const stepFixture: MatterStep = {
  seq: 2,
  at: '2026-11-02T09:00:00+08:00',
  recordedAt: '2026-11-02T09:00:00+08:00',
  transition: 'start',
  title: words('开始整改'),
  from: 'assigned',
  to: 'remedying',
  fromTitle: words('已交办'),
  toTitle: words('整改中'),
  by: { id: 9, name: '王工' },
  organization: { id: 2, name: '责任单位甲' },
  round: 1,
  reason: null,
  fields: { goal: '达标' },
  hash: 'ab'.repeat(32),
}

export const detailFixture: MatterDetail = {
  matter: briefFixture,
  ref: null,
  parties: [
    { party: 'overseer', organization: { id: 1, name: '生态环境局' }, user: null },
    { party: 'handler', organization: { id: 2, name: '责任单位甲' }, user: null },
    { party: 'acceptor', organization: { id: 5, name: '验收单位乙' }, user: null },
  ],
  fields: { goal: '达标', until: '2026-12-31' },
  options: [optionFixture],
  evidence: [demandFixture],
  clocks: [],
  history: [stepFixture],
  documents: [],
  parent: null,
  children: [],
  related: [],
  canAssign: false,
  canComment: true,
  canAddEvidence: false,
}
