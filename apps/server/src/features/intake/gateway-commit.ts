/** One batch of frames, one transaction: the journal's blocks, the values, the quarantine. */
import type { Database } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { applyFrames, type StationValues } from './frame-apply.ts'
import type { Verdict } from './frame-verdict.ts'
import { insertQuarantine } from './gateway.repository.ts'
import { appendBlock } from './journal.ts'
import { acceptedSource, gatewayCause, quarantineSource } from './replay.ts'
import type { ValueWriter, WriteResult } from './series-door.ts'
import type { Station } from './station.ts'

export interface Arrival {
  readonly raw: Uint8Array
  readonly receivedMs: number
  readonly address: string
  readonly mn: string
  readonly cn: string
  readonly anomalies: readonly string[]
  readonly verdict: Verdict
  readonly station: Station | undefined
}

/**
 * Writes a batch or nothing. The journal is locked first, so that two gateways never wait for each other in a ring.
 * @throws what the database throws; see {@link isDataFault}
 */
export async function commitArrivals(
  db: Database,
  writer: ValueWriter,
  batch: readonly Arrival[],
): Promise<WriteResult> {
  return await db.transaction(async (trx) => {
    const accepted = batch.filter((a) => a.verdict.kind !== 'refused')
    const refused = batch.filter((a) => a.verdict.kind === 'refused')
    let result: WriteResult = { inserted: 0, revised: 0, unchanged: 0 }
    if (accepted.length > 0) {
      const block = await appendBlock(
        trx,
        'frames',
        accepted.map((a) => a.raw),
        spanOf(accepted, acceptedSource),
      )
      const frames: StationValues[] = []
      for (const [i, { verdict, station }] of accepted.entries()) {
        if (station === undefined) continue
        if (verdict.kind === 'values') frames.push({ station, values: verdict.values, msg: block.msgOf(i) })
        if (verdict.kind === 'info')
          frames.push({ station, values: verdict.info.values, info: verdict.info, msg: block.msgOf(i) })
      }
      result = await applyFrames(trx, writer, frames, gatewayCause(lastOf(accepted)))
    }
    if (refused.length > 0) {
      const block = await appendBlock(
        trx,
        'frames',
        refused.map((a) => a.raw),
        spanOf(refused, quarantineSource),
      )
      await insertQuarantine(
        trx,
        refused.map((a, i) => toQuarantine(a, block.msgOf(i))),
      )
    }
    return result
  })
}

const lastOf = (batch: readonly Arrival[]): number => batch.reduce((ms, a) => Math.max(ms, a.receivedMs), 0)

function spanOf(batch: readonly Arrival[], source: string) {
  const receivedFromMs = batch.reduce((ms, a) => Math.min(ms, a.receivedMs), Number.POSITIVE_INFINITY)
  return { receivedFromMs, receivedToMs: lastOf(batch), source }
}

function toQuarantine(arrival: Arrival, msg: bigint) {
  const { verdict } = arrival
  if (verdict.kind !== 'refused') throw new Error('only refused frames go to quarantine')
  return {
    receivedMs: arrival.receivedMs,
    mn: arrival.mn === '' ? null : arrival.mn,
    address: arrival.address,
    cn: arrival.cn === '' ? null : arrival.cn,
    dataTimeMs: verdict.dataTimeMs,
    reason: verdict.reason,
    detail: verdict.detail,
    anomalies: arrival.anomalies,
    msg,
    bytes: arrival.raw.byteLength,
  }
}

/** Data exceptions and broken constraints (SQLSTATE classes 22, 23) and malformed rows: repeating is pointless. */
export function isDataFault(error: unknown): boolean {
  if (error instanceof AppError)
    return error.code === 'series.row-invalid' || error.code === 'series.factors-too-many'
  const code = (error as { code?: unknown } | null)?.code
  // 23000 is the journal's own word for a chain that does not continue: no frame is to blame
  return typeof code === 'string' && /^2[23]/.test(code) && code !== '23000'
}

/** A frame that the database refused, as a quarantined one. It is acknowledged: the device did its job. */
export function poisonedArrival(arrival: Arrival, error: unknown): Arrival {
  const detail = error instanceof Error ? error.message : String(error)
  const dataTimeMs = arrival.verdict.kind === 'values' ? arrival.verdict.values.startMs : undefined
  return {
    ...arrival,
    verdict: { kind: 'refused', reason: 'write-refused', detail, dataTimeMs, acknowledge: true },
  }
}
