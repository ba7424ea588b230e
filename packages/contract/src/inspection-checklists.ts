/** Checklists that teach: law, limit, how to verify, examples, past cases. */
import { type Static, Type } from 'typebox'
import { Id, Instant, Nullable, problemResponses } from './common.ts'
import { EnterpriseRef, Skill, Status, tags } from './inspection-terms.ts'
import { checklistThemeNames } from './inspection-words.ts'

export const LawText = Type.Object({
  id: Type.String(),
  title: Type.String({ description: '法规与条款' }),
  text: Type.String({ description: '条文要点' }),
  status: Status,
})
export type LawText = Static<typeof LawText>
export const ChecklistItem = Type.Object({
  id: Type.String(),
  theme: Type.Enum(checklistThemeNames),
  question: Type.String(),
  law: Type.Array(Type.String(), { description: 'LawText.id' }),
  limit: Nullable(Type.String({ description: '限值或要求；具体限值以该排口评价所用限值为准' })),
  limitStatus: Nullable(Status),
  how: Type.Array(Type.String(), { description: '一步一步怎么查' }),
  conform: Type.String({ description: '符合的例子' }),
  notConform: Type.String({ description: '不符合的例子' }),
  evidence: Type.Array(Type.String(), { description: '取什么证' }),
  rules: Type.Array(Type.String(), { description: '相关线索规则' }),
  offSite: Nullable(Type.String({ description: '可由数据先查的非现场项' })),
})
export type ChecklistItem = Static<typeof ChecklistItem>
export const Checklist = Type.Object({
  theme: Type.Enum(checklistThemeNames),
  title: Type.String(),
  skills: Type.Array(Skill),
  items: Type.Array(ChecklistItem),
})
export type Checklist = Static<typeof Checklist>
export const listChecklists = {
  operationId: 'listChecklists',
  summary: '检查单：查什么、依据、怎么查、什么算符合',
  tags,
  querystring: Type.Object({ theme: Type.Optional(Type.Enum(checklistThemeNames)) }),
  response: {
    200: Type.Object({ items: Type.Array(Checklist), laws: Type.Array(LawText) }),
    ...problemResponses,
  },
} as const
export const listChecklistCases = {
  operationId: 'listChecklistCases',
  summary: '本市以往案例：同类线索查实、同一检查项不符合',
  tags,
  params: Type.Object({ itemId: Type.String({ maxLength: 60 }) }),
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          kind: Type.Enum(['lead', 'inspection']),
          id: Id,
          title: Type.String(),
          enterprise: Nullable(EnterpriseRef),
          at: Instant,
          finding: Type.String(),
        }),
      ),
    }),
    ...problemResponses,
  },
} as const
