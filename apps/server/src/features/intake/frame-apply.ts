/** From values of frames to observations; the same code for the gateway, a release from quarantine, and a replay. */
import type { Frame } from '@shanshui/hj212'
import type { Trx } from '../../platform/db/index.ts'
import { type InfoRow, infoInForce, insertInfo } from './device-info.repository.ts'
import { type FrameInfo, infoOf } from './device-info.ts'
import { type FrameValues, valuesOf } from './frame-values.ts'
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
  readonly station: Pick<Station, 'mn' | 'pointId' | 'regionCode' | 'ownerId'>
  /** Undefined for field information without the production load. */
  readonly values: FrameValues | undefined
  /** What the machine says of itself. */
  readonly info?: FrameInfo | undefined
  readonly msg: bigint
}

type WithValues = StationValues & { readonly values: FrameValues }

/**
 * What an accepted frame says, without judging it again.
 * @returns undefined when it has neither values nor field information
 */
export function contentOf(frame: Frame, station: Station, msg: bigint): StationValues | undefined {
  const info = infoOf(frame)
  const values = info === undefined ? valuesOf(frame, station) : info.values
  return info || values ? { station, values, info, msg } : undefined
}

const periods: readonly MeasuredPeriod[] = ['rt', 'min', 'hour', 'day']

/** Writes the values of many frames: one statement a period (more only where a batch repeats a key). */
export async function applyFrames(
  trx: Trx,
  writer: ValueWriter,
  given: readonly StationValues[],
  cause: Cause,
): Promise<WriteResult> {
  const frames = given.filter((frame): frame is WithValues => frame.values !== undefined)
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
  await applyInfo(trx, given)
  return total
}

/** Keeps what differs from what the machine said before that moment; frames in order of their time. */
async function applyInfo(trx: Trx, frames: readonly StationValues[]): Promise<void> {
  const said = frames.flatMap(({ station, info, msg }) =>
    (info?.items ?? []).map((item): InfoRow => {
      const { mn, pointId, regionCode, ownerId } = station
      return { mn, pointId, regionCode, ownerId, atMs: info?.atMs ?? 0, ...item, msg }
    }),
  )
  if (said.length === 0) return
  said.sort((a, b) => a.atMs - b.atMs || (a.msg < b.msg ? -1 : a.msg > b.msg ? 1 : 0))
  const first = new Map<string, InfoRow>()
  for (const row of said) if (!first.has(keyOf(row))) first.set(keyOf(row), row)
  const stored = await infoInForce(trx, [...first.values()])
  const inForce = new Map([...first.keys()].map((key, i) => [key, stored[i]]))
  const changes = new Map<string, InfoRow>()
  for (const row of said) {
    const key = keyOf(row)
    if (inForce.get(key) === row.value) continue
    inForce.set(key, row.value)
    changes.set(`${key} ${row.atMs}`, row) // two words at one moment: the later message counts
  }
  await insertInfo(trx, [...changes.values()])
}

const keyOf = ({ pointId, mn, polId, code }: InfoRow): string => `${pointId} ${polId} ${code} ${mn}`

function toRow({ station, values, msg }: WithValues, layoutId: number): ObservationRow {
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
