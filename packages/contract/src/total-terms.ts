/** What the schemas of tonnes share. */
import { Type } from 'typebox'

export const tags = ['总量 Totals']
export const Year = Type.Integer({ minimum: 2010, maximum: 2100 })
export const tons = (description: string) => Type.Number({ description: `${description}，吨` })
export const NumberStatus = Type.Enum(['verified', 'unverified', 'design'], {
  description: 'verified 已核实；unverified 待核实；design 平台约定',
})
