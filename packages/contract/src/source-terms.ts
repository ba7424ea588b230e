/** What the schemas of online source monitoring share. */
import { type Static, Type } from 'typebox'
import { Id } from './common.ts'

export const tags = ['污染源监控 Pollution sources']
export const number = Type.Number()
export const Reason = Type.String({ minLength: 2, maxLength: 400 })
export const Party = Type.Object({ id: Id, name: Type.String() })
export const rangeQuery = {
  from: Type.String({ description: '日期或带时区的时刻，含' }),
  to: Type.String({ description: '日期或带时区的时刻，不含' }),
} as const

/** Where a number comes from and how far it was checked against the original text. */
export const BasisStatus = Type.Enum(['primary', 'verified', 'unverified', 'design'], {
  description: 'primary 标准原文；verified 多方互证；unverified 待核实；design 平台约定',
})
export type BasisStatus = Static<typeof BasisStatus>

export const OutletMedium = Type.Enum(['air', 'water'])
