/** A change in the registry (an outlet's card, its devices, the permit) makes its hours be judged again. */
import { createHash } from 'node:crypto'
import type { Trx } from '../../platform/db/index.ts'
import { queueEverything } from './dirty.repository.ts'
import {
  alignOwners,
  knownSignatures,
  outletSignatures,
  rememberSignatures,
} from './registry-watch.repository.ts'

/** Compares the registry with what it said when it was last looked at; returns the number of queued stretches. */
export async function followRegistry(trx: Trx): Promise<number> {
  const known = await knownSignatures(trx)
  const changed: { outletId: number; signature: string }[] = []
  const touched: number[] = []
  for (const { outletId, content } of await outletSignatures(trx)) {
    const signature = createHash('sha256').update(content).digest('hex').slice(0, 32)
    const before = known.get(outletId)
    if (before === signature) continue
    changed.push({ outletId, signature })
    if (before !== undefined) touched.push(outletId)
  }
  if (changed.length === 0) return 0
  await rememberSignatures(trx, changed)
  if (touched.length === 0) return 0
  await alignOwners(trx, touched)
  return queueEverything(trx, touched, '排放口、设备或许可证变更')
}
