/** Permits as the pages show them. */
import type { ObligationCounts, PermitDetail, PermitSummary } from '@shanshui/contract'
import {
  addDays,
  clauseText,
  procedureClocks,
  procedureEnd,
  renewalBy,
  renewalDays,
} from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { dateOf, decodeCursor } from '../series/index.ts'
import { countsByPermit } from './obligation.repository.ts'
import type { PermitRow } from './obligation.table.ts'
import { defaultPage, pageOf } from './page.ts'
import { selectPermits } from './permit.repository.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { findingsOf, outletsByHolder } from './permit-findings.ts'

const noCounts: ObligationCounts = { due: 0, done: 0, late: 0, overdue: 0, exempt: 0 }

function standingOn(expiresOn: string, today: string): PermitSummary['standing'] {
  if (expiresOn < today) return 'expired'
  return renewalBy(expiresOn) < today ? 'expiring' : 'valid'
}

function summaryOf(
  row: PermitRow,
  outlets: readonly Outlet[],
  today: string,
  counts: ObligationCounts | undefined,
): PermitSummary {
  const { issuedOn, expiresOn, management } = row.properties
  return {
    id: row.id,
    number: row.code,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name ?? row.properties.creditCode,
    regionCode: row.region_code,
    regionName: row.region_name,
    management,
    issuedOn,
    expiresOn,
    renewalBy: renewalBy(expiresOn),
    standing: standingOn(expiresOn, today),
    outlets: row.properties.outlets.length,
    findings: findingsOf(row.properties, outlets, today).length,
    counts: counts ?? noCounts,
  }
}

export async function listPermits(
  deps: PermitRoomDeps,
  actor: Actor,
  query: {
    limit?: number
    cursor?: string
    enterpriseId?: number
    regionCode?: number
    search?: string
    standing?: PermitSummary['standing']
  },
) {
  const today = dateOf(deps.clock.now())
  const { limit = defaultPage, cursor, standing, ...asked } = query
  const after = decodeCursor(cursor, ['number'])
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectPermits(trx, {
      ...asked,
      standing:
        standing === undefined
          ? undefined
          : { is: standing, today, renewalEdge: addDays(today, renewalDays) },
      afterId: after?.[0],
      limit: limit + 1,
    })
    const counts = await countsByPermit(
      trx,
      rows.map((row) => row.id),
    )
    const enterpriseIds = rows.flatMap((row) => row.enterprise_id ?? [])
    const outlets = outletsByHolder(await listOutlets(trx, { enterpriseIds }))
    return pageOf(
      rows,
      limit,
      (row) => summaryOf(row, outlets.get(row.properties.creditCode) ?? [], today, counts.get(row.id)),
      (row) => [row.id],
    )
  })
}

/** Permits in sight, one each. Errors: `permit.unknown`, naming the first that is not there. */
export async function permitRows(q: Queryable, ids: readonly number[]): Promise<PermitRow[]> {
  const rows = await selectPermits(q, { ids })
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing !== undefined) {
    throw new AppError('permit.unknown', { detail: `没有许可证 ${missing}，或不在您的数据范围内` })
  }
  return rows
}

/** As `permitRows`. */
export async function permitRow(q: Queryable, id: number): Promise<PermitRow> {
  const [row] = await permitRows(q, [id])
  return row as PermitRow
}

export async function getPermit(deps: PermitRoomDeps, actor: Actor, id: number): Promise<PermitDetail> {
  const today = dateOf(deps.clock.now())
  return deps.db.asActor(actor, async (trx) => {
    const row = await permitRow(trx, id)
    const counts = await countsByPermit(trx, [id])
    const outlets =
      row.enterprise_id === null ? [] : await listOutlets(trx, { enterpriseId: row.enterprise_id })
    return {
      ...summaryOf(row, outlets, today, counts.get(id)),
      document: row.properties,
      contradictions: findingsOf(row.properties, outlets, today),
      deadlines: procedureDeadlines(today),
      version: row.version,
    }
  })
}

/** When each procedure would have to be finished if it began today. */
function procedureDeadlines(today: string): PermitDetail['deadlines'] {
  return procedureClocks.map((clock) => {
    const { calendar, working, provisional } = procedureEnd(clock, today)
    return {
      event: clock.event,
      title: clock.title,
      calendar,
      working,
      provisional,
      clause: clauseText(clock.clause),
    }
  })
}
