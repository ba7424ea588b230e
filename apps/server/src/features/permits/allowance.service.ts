/** Allowance (指标): accounts, entries, and what new projects take. The database keeps every balance from going negative. */
import type {
  AllowanceAccount,
  AllowanceAccountInput,
  AllowanceEntry,
  AllowanceEntryInput,
} from '@shanshui/contract'
import { roundHalfEven } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { decodeCursor } from '../series/index.ts'
import {
  type AccountRow,
  type EntryRow,
  insertAccount,
  insertEntry,
  selectAccounts,
  selectEntries,
} from './allowance.repository.ts'
import { iso } from './civil-time.ts'
import { defaultPage, pageOf } from './page.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { writing } from './refusal-of-database.ts'

const presentAccount = (row: AccountRow): AllowanceAccount => ({
  id: row.id,
  name: row.name,
  pollutant: row.pollutant,
  regionCode: row.region_code,
  regionName: row.region_name,
  origin: row.origin,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  balance: Number(row.balance),
  entries: row.entries,
})
const presentEntry = (row: EntryRow): AllowanceEntry => ({
  id: row.id,
  accountId: row.account_id,
  at: iso(row.at),
  by: row.by_name ?? '',
  kind: row.kind,
  tonnes: Number(row.tonnes),
  balance: Number(row.balance),
  claimId: row.claim_id,
  applicationId: row.application_id,
  reference: row.reference,
})
/** Errors: `total.amount-invalid`. */
export function requireKilograms(tonnes: number): void {
  if (!(tonnes > 0) || roundHalfEven(tonnes, 3) !== tonnes) {
    throw new AppError('total.amount-invalid', { detail: `${tonnes} t` })
  }
}

export async function accountById(trx: Trx, id: number): Promise<AccountRow> {
  const [row] = await selectAccounts(trx, { ids: [id], region: [null, null] })
  if (row === undefined) throw new AppError('total.account-unknown', { detail: `没有指标账户 ${id}` })
  return row
}

export async function listAccounts(
  deps: PermitRoomDeps,
  actor: Actor,
  { regionCode, ...filter }: { regionCode?: number; pollutant?: string },
): Promise<{ items: AllowanceAccount[] }> {
  const rows = await deps.db.asActor(actor, (trx) =>
    selectAccounts(trx, { ...filter, region: regionSpan(regionCode) }),
  )
  return { items: rows.map(presentAccount) }
}

export async function createAccount(
  deps: PermitRoomDeps,
  actor: Actor,
  input: AllowanceAccountInput,
): Promise<AllowanceAccount> {
  requirePermission(actor, 'total:write')
  return writing(deps, actor, async (trx) => {
    const id = await insertAccount(
      trx,
      { ...input, validTo: input.validTo ?? null },
      deps.clock.now(),
      actor.userId,
    )
    const account = presentAccount(await accountById(trx, id))
    await recordAudit(trx, actor, 'total.account-created', `allowance-account:${id}`, input)
    return account
  })
}

export async function listEntries(
  deps: PermitRoomDeps,
  actor: Actor,
  accountId: number,
  { limit = defaultPage, cursor }: { limit?: number; cursor?: string },
) {
  const before = decodeCursor(cursor, ['number'])
  return deps.db.asActor(actor, async (trx) => {
    await accountById(trx, accountId)
    const rows = await selectEntries(trx, { accountId, beforeId: before?.[0], limit: limit + 1 })
    return pageOf(rows, limit, presentEntry, (row) => [row.id])
  })
}

/** Books an entry. A reduction leaves the pool of reductions in the same step. */
export async function addEntry(
  deps: PermitRoomDeps,
  actor: Actor,
  input: AllowanceEntryInput,
): Promise<AllowanceEntry> {
  requirePermission(actor, 'total:write')
  requireKilograms(input.tonnes)
  if ((input.kind === 'reduction') !== (input.claimId !== undefined)) {
    throw new AppError('total.reduction-used', {
      detail: '减排量转入须指明已认定的减排核算，其他记账不得指明',
    })
  }
  const entry = await writing(deps, actor, async (trx) => {
    const account = await accountById(trx, input.accountId)
    const row = await insertEntry(
      trx,
      {
        accountId: input.accountId,
        kind: input.kind,
        tonnes: input.kind === 'sale' ? -input.tonnes : input.tonnes,
        claimId: input.claimId ?? null,
        applicationId: null,
        reference: input.reference,
        regionCode: account.region_code,
      },
      deps.clock.now(),
      actor.userId,
    )
    if (row === undefined) throw new Error('an entry was written and is not there')
    await recordAudit(trx, actor, 'total.entry-booked', `allowance-entry:${row.id}`, input)
    return presentEntry(row)
  })
  deps.events.publish('total', { account: input.accountId })
  return entry
}
