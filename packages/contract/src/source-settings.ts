/** Numbers that the judging of sources works with, each with its source. */
import { type Static, Type } from 'typebox'
import { problemResponses } from './common.ts'
import { BasisStatus, number, Reason, tags } from './source-terms.ts'

export const SourceSetting = Type.Object({
  key: Type.String(),
  title: Type.String(),
  value: number,
  unit: Type.String(),
  source: Type.String(),
  status: BasisStatus,
  version: Type.Integer(),
})
export type SourceSetting = Static<typeof SourceSetting>
export const listSourceSettings = {
  operationId: 'listSourceSettings',
  summary: '判定参数（出处与核实状态）',
  tags,
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(SourceSetting) }) },
} as const // GET /sources/settings
export const putSourceSetting = {
  operationId: 'putSourceSetting',
  summary: '修改判定参数',
  tags,
  params: Type.Object({ key: Type.String({ maxLength: 60 }) }),
  body: Type.Object(
    {
      value: number,
      source: Type.String({ minLength: 2, maxLength: 400 }),
      status: BasisStatus,
      version: Type.Integer(),
      reason: Reason,
    },
    { additionalProperties: false },
  ),
  response: { ...problemResponses, 200: SourceSetting },
} as const // PUT /sources/settings/:key  (rule:write)
