/** From values of frames to observations; the same code for the gateway, a release from quarantine, and a replay. */
import type { Trx } from '../../platform/db/index.ts'
import type { FrameValues } from './frame-values.ts'
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
  // lists of factors are shared between frames (see planOf), so that a batch asks once for each
  const layouts = new Map<readonly string[], number>()
  for (const { values } of frames) {
    if (!layouts.has(values.factors))
      layouts.set(values.factors, await writer.internLayout(trx, values.factors))
  }
  for (const period of periods) {
    const rows: ObservationRow[] = []
    for (const frame of frames) {
      if (frame.values.period === period) rows.push(toRow(frame, layouts.get(frame.values.factors) as number))
    }
    if (rows.length === 0) continue
    const result = await writeInRounds(writer, trx, period, rows, cause)
    total.inserted += result.inserted
    total.revised += result.revised
    total.unchanged += result.unchanged
  }
  return total
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
    mins: values.mins,
    maxs: values.maxs,
    cous: values.cous,
  }
}
