/** From values of frames to observations; the same code for the gateway, a release from quarantine, and a replay. */
import type { Trx } from '../../platform/db/index.ts'
import type { FrameValues } from './frame-verdict.ts'
import {
  type Cause,
  type MeasuredPeriod,
  type ObservationRow,
  type ValueWriter,
  type WriteResult,
  writeInRounds,
} from './series-door.ts'
import type { Station } from './station.ts'

export interface StationValues {
  readonly station: Pick<Station, 'pointId' | 'regionCode' | 'ownerId'>
  readonly values: FrameValues
  readonly msg: bigint
}

const periods: readonly MeasuredPeriod[] = ['rt', 'min', 'hour', 'day']

/** Writes the values of many frames: one statement a period (more only where a batch repeats a key). */
export async function applyFrames(
  trx: Trx,
  writer: ValueWriter,
  frames: readonly StationValues[],
  cause: Cause,
): Promise<WriteResult> {
  const total = { inserted: 0, revised: 0, unchanged: 0 }
  for (const period of periods) {
    const rows: ObservationRow[] = []
    for (const frame of frames) {
      if (frame.values.period !== period) continue
      rows.push(toRow(frame, await layoutOf(trx, writer, frame.values.factors)))
    }
    if (rows.length === 0) continue
    const result = await writeInRounds(writer, trx, period, rows, cause)
    total.inserted += result.inserted
    total.revised += result.revised
    total.unchanged += result.unchanged
  }
  return total
}

/** The series room caches layouts by connection; this saves the join of the factor list for every frame of a batch. */
const layouts = new WeakMap<Trx, { factors: readonly string[]; id: number }>()

async function layoutOf(trx: Trx, writer: ValueWriter, factors: readonly string[]): Promise<number> {
  const last = layouts.get(trx)
  if (last?.factors === factors) return last.id
  const id = await writer.internLayout(trx, factors)
  layouts.set(trx, { factors, id })
  return id
}

function toRow({ station, values, msg }: StationValues, layoutId: number): ObservationRow {
  return {
    pointId: station.pointId,
    regionCode: station.regionCode,
    ownerId: station.ownerId,
    startMs: values.startMs,
    layoutId,
    values: values.values,
    flags: values.flags,
    msg,
    ...(values.mins && { mins: values.mins }),
    ...(values.maxs && { maxs: values.maxs }),
    ...(values.cous && { cous: values.cous }),
  }
}
