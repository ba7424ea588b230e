/** What the lead engine needs of the room of sources; handed in by the composition root, so that tests need no frames. */
import type { Queryable } from '../../platform/db/index.ts'
import type { Outlet } from '../registry/index.ts'
import type { OutletHours } from '../sources/index.ts'
import type { ExceedanceSpan } from './hour-table.ts'

export interface SourceDoor {
  /** Hours of outlets in [fromMs, toMs), one entry an outlet and factor. */
  readOutletHours(
    q: Queryable,
    outletIds: readonly number[],
    fromMs: number,
    toMs: number,
  ): Promise<readonly OutletHours[]>
  /** Exceedances that stand (candidate or confirmed) and meet [fromMs, toMs). */
  readExceedances(
    q: Queryable,
    outletIds: readonly number[],
    fromMs: number,
    toMs: number,
  ): Promise<readonly ExceedanceSpan[]>
  /** Maintenance tickets at an outlet that meet the range. */
  readTickets?(
    q: Queryable,
    outletId: number,
    fromMs: number,
    toMs: number,
  ): Promise<readonly { readonly fromMs: number; readonly toMs: number }[]>
  /** Pairs of the comparisons in the maintenance ledger, by time. */
  readComparisons?(
    q: Queryable,
    outletId: number,
    fromMs: number,
    toMs: number,
  ): Promise<
    readonly {
      readonly atMs: number
      readonly factor: string
      readonly online: number
      readonly reference: number
    }[]
  >
  /** Effective rate of transmission by outlet and civil day; none for a day on which nothing was due. */
  readTransmission?(
    q: Queryable,
    outlets: readonly Outlet[],
    fromMs: number,
    toMs: number,
    nowMs: number,
  ): Promise<readonly TransmissionDay[]>
}

export interface TransmissionDay {
  readonly outletId: number
  readonly startMs: number
  /** 0 … 1 */
  readonly rate: number
}
