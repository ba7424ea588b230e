import * as s from '../evaluators/schema.ts'
import { airItems } from '../gb3095/items.ts'

/** Inputs that several evaluators share. */
export const zoneClass = s.oneOf([1, 2], '功能区类别，默认二类')
export const item = s.oneOf(airItems, '监测项目')
export const editionDate = s.date('数据日期，未指定版本时据此选用标准')
