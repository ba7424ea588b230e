/** Articles, guards and demands that several stages of a case share. */
import type { EvidenceDemand, Guard, StateDefinition } from '../../definition.ts'
import { name, primary } from '../parts.ts'

/** 生态环境行政处罚办法 (生态环境部令第30号, 2023); not the order of the same number of 2014. */
export const measures = (articles: string) =>
  `《生态环境行政处罚办法》（2023年生态环境部令第30号）${articles}`

export const law = (articles: string) => `《行政处罚法》${articles}`

export const coercion = (articles: string) => `《行政强制法》${articles}`

export const twoOfficers: Guard = {
  kind: 'people-at-least',
  field: 'investigators',
  count: 2,
  basis: primary(
    `${law('第四十二条、第五十五条')}；${measures('第十条、第二十三条')}：执法人员不少于两人并出示证件`,
  ),
}

/** What makes somebody an investigator of the case. */
export const investigation = [
  'submit-filing',
  'investigate',
  'register-evidence',
  'dispose-evidence',
  'order-correction',
  'conclude',
] as const

export const examination = ['examine', 'return-examination', 'legal-review', 'return-legal-review'] as const

export const notInvestigator: Guard = {
  kind: 'other-person-than',
  transitions: investigation,
  basis: primary(measures('第三十八条至第四十条：调查人员与审查人员分离')),
}

export const notExaminerEither: Guard = {
  kind: 'other-person-than',
  transitions: [...investigation, ...examination],
  basis: primary(`${law('第六十四条')}：听证由非本案调查人员主持；审核人员不主持由平台设定`),
}

export const paper = (
  id: string,
  zh: string,
  en: string,
  more: Partial<EvidenceDemand> = {},
): EvidenceDemand => ({
  id,
  title: name(zh, en),
  kinds: ['document', 'photo'],
  min: 1,
  ...more,
})

export const open = (
  id: string,
  zh: string,
  en: string,
  waitsFor: StateDefinition['waitsFor'],
): StateDefinition => ({ id, title: name(zh, en), phase: 'open', waitsFor })

/** From the notice before the decision on, the party sees its case. */
export const told = (state: StateDefinition): StateDefinition => ({ ...state, shownToOwner: true })

export const dropped = (id: string, zh: string, en: string): StateDefinition => ({
  id,
  title: name(zh, en),
  phase: 'dropped',
  waitsFor: [],
})
