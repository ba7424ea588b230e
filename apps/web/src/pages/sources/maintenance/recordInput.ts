import type { MaintenanceInput } from '@shanshui/contract'
import { typedTime } from '../../../format/time.ts'

/** The form as typed: texts, to be read when it is sent. */
export interface RecordValues {
  readonly outletId: number
  readonly kind: MaintenanceInput['kind']
  readonly factor: string
  readonly from: string
  readonly to: string
  readonly technician: string
  readonly content: string
  readonly zeroDriftPercent?: string
  readonly spanDriftPercent?: string
  readonly pairs?: string
  readonly parameterName?: string
  readonly before?: string
  readonly after?: string
}

/** One pair a line, online and reference; undefined when a line is not two numbers. */
export function pairsOf(text: string): { online: number; reference: number }[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const pairs = lines.map((line) => {
    const cells = line.split(/[\s,，;；]+/)
    const [online = Number.NaN, reference = Number.NaN] = cells.map(Number)
    return cells.length === 2 && Number.isFinite(online) && Number.isFinite(reference)
      ? { online, reference }
      : undefined
  })
  if (pairs.includes(undefined)) return undefined
  return pairs.filter((pair) => pair !== undefined)
}

/** Fields of another kind of record are left out. */
export function inputOf(values: RecordValues): MaintenanceInput {
  const { outletId, kind, factor, from, to, technician, content } = values
  const input: MaintenanceInput = {
    outletId,
    kind,
    factor: factor === '' ? null : factor,
    from: typedTime(from),
    to: typedTime(to),
    technician: technician.trim(),
    content: content.trim(),
  }
  const drift = (text: string | undefined): number | null =>
    text === undefined || text === '' ? null : Number(text)
  if (kind === 'calibration')
    return {
      ...input,
      zeroDriftPercent: drift(values.zeroDriftPercent),
      spanDriftPercent: drift(values.spanDriftPercent),
    }
  const pairs = pairsOf(values.pairs ?? '')
  if (pairs !== undefined && pairs.length > 0) return { ...input, pairs }
  if (kind !== 'parameter-change' || (values.parameterName ?? '') === '') return input
  const { parameterName: name = '', before = '', after = '' } = values
  return { ...input, parameter: { name, before, after } }
}
