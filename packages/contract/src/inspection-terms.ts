/** What the schemas of inspections have in common. */
import { Type } from 'typebox'
import { Id, RegionCode } from './common.ts'
import { inspectionSkills, poolKinds, visitKinds } from './inspection-words.ts'

export const tags = ['执法检查 Inspections']
export const closed = { additionalProperties: false } as const
export const Note = Type.String({ maxLength: 2000 })
export const Reason = Type.String({ minLength: 2, maxLength: 1000 })
export const Version = Type.Integer({ minimum: 1, description: '读到的版本号' })
export const Place = Type.Object(
  {
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
  },
  closed,
)
export const Status = Type.Enum(['primary', 'one-source', 'unverified', 'design'], {
  description: 'primary 原文；one-source 单一来源；unverified 待核实；design 平台设定',
})
export const Skill = Type.Enum(inspectionSkills)
export const PoolKindSchema = Type.Enum(poolKinds)
export const VisitKindSchema = Type.Enum(visitKinds)
export const Person = Type.Object({ id: Id, name: Type.String() })
export const EnterpriseRef = Type.Object({ id: Id, name: Type.String(), code: Type.String() })
export const regionQuery = { regionCode: Type.Optional(RegionCode) } as const
export const FileBody = Type.String({ description: '文件内容' })
