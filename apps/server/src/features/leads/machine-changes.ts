/** Changes of instrument parameters that the field machine itself told (HJ 212-2017 table B.8, command 3020). */
import type { Queryable } from '../../platform/db/index.ts'
import { deviceInfoChanges } from '../intake/index.ts'
import type { ParameterChange } from '../registry/index.ts'

const names: Readonly<Record<string, string>> = {
  i13001: 'rangeHigh',
  i13007: 'intercept',
  i13008: 'slope',
  i13009: 'detectionLimit',
}

/** No device of the registry: the machine speaks of itself. */
const machineSaid = 0

/** As the registry's own changes of parameters; numbers only, and only where there was a value before. */
export async function machineChanges(
  q: Queryable,
  outletId: number,
  fromMs: number,
  toMs: number,
): Promise<ParameterChange[]> {
  const changes = await deviceInfoChanges(q, [outletId], fromMs, toMs)
  return changes.flatMap(({ polId, code, atMs, before, value }) => {
    const name = names[code]
    if (name === undefined || polId === '' || before === null) return []
    const [from, to] = [Number(before), Number(value)]
    const change = {
      outletId,
      deviceId: machineSaid,
      atMs,
      factor: polId,
      name,
      before: from,
      after: to,
      by: null,
    }
    return Number.isFinite(from) && Number.isFinite(to) ? [change] : []
  })
}
