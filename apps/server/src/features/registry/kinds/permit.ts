import { PermitProperties, permitNumberPattern } from '@shanshui/contract'
import type { FeatureKind, FieldFault } from './kind.ts'

const numberForm = new RegExp(permitNumberPattern)

/**
 * Discharge permit (排污许可证). Code is the 22-character number; the properties are the whole document. What it says
 * against itself is kept as it stands and found by the permits room: refusing it here would hide the mistake.
 */
export const permit: FeatureKind = {
  kind: 'permit',
  title: { zh: '排污许可证', en: 'Discharge permit' },
  icon: 'permit',
  geometry: 'none',
  series: false,
  editors: 'permit:write',
  properties: PermitProperties,
  references: [{ property: 'creditCode', kind: 'enterprise', sameOwner: true }],
  check({ code, properties, aliases = [] }) {
    const faults: FieldFault[] = []
    if (!numberForm.test(code)) {
      faults.push({ path: 'code', message: `“${code}”不是22位排污许可证编号` })
    } else if (![String(properties.creditCode), ...aliases].some((credit) => code.startsWith(credit))) {
      // A permit of before a merger keeps its number, which begins with the code of then.
      faults.push({ path: 'code', message: '许可证编号的前18位应为持证单位的统一社会信用代码' })
    }
    if (String(properties.expiresOn) <= String(properties.issuedOn)) {
      faults.push({ path: 'properties/expiresOn', message: '有效期至应晚于发证日期' })
    }
    return faults
  },
}
