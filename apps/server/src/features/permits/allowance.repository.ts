import type { Queryable } from '../../platform/db/index.ts'

export interface AccountRow {
  id: number
  name: string
  pollutant: string
  region_code: number
  region_name: string | null
  origin: 'initial' | 'purchased' | 'pooled'
  valid_from: string
  valid_to: string | null
  balance: string
  entries: number
}
const accountSelect = `select a.id, a.name, a.pollutant, a.region_code, r.name as region_name, a.origin, a.valid_from,
    a.valid_to, a.balance, (select count(*)::int from allowance_entry e where e.account_id = a.id) as entries
  from allowance_account a left join region r on r.code = a.region_code`

export async function selectAccounts(
  q: Queryable,
  f: {
    ids?: readonly number[]
    region: readonly [number | null, number | null]
    pollutant?: string | undefined
  },
): Promise<AccountRow[]> {
  const { rows } = await q.query<AccountRow>(
    `${accountSelect} where ($1::int[] is null or a.id = any($1)) and ($2::int is null or a.region_code between $2 and $3)
       and ($4::text is null or a.pollutant = $4) order by a.pollutant, a.id`,
    [f.ids ?? null, ...f.region, f.pollutant ?? null],
  )
  return rows
}
export async function insertAccount(
  q: Queryable,
  v: {
    name: string
    pollutant: string
    regionCode: number
    origin: string
    validFrom: string
    validTo: string | null
  },
  atMs: number,
  by: number,
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into allowance_account (name, pollutant, region_code, origin, valid_from, valid_to, made_at, made_by)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0), $8) returning id`,
    [v.name, v.pollutant, v.regionCode, v.origin, v.validFrom, v.validTo, atMs, by],
  )
  return rows[0]?.id ?? 0
}

export interface EntryRow {
  id: number
  account_id: number
  at: Date
  by_name: string | null
  kind: 'initial' | 'reduction' | 'purchase' | 'sale' | 'offset' | 'return'
  tonnes: string
  balance: string
  claim_id: number | null
  application_id: number | null
  reference: string
}
const entrySelect = `select e.id, e.account_id, e.at, u.name as by_name, e.kind, e.tonnes, e.balance, e.claim_id,
  e.application_id, e.reference from allowance_entry e left join app_user u on u.id = e.by_id`

/** Books an entry; the database makes the balance and refuses a negative one. */
export async function insertEntry(
  q: Queryable,
  v: {
    accountId: number
    kind: EntryRow['kind']
    tonnes: number
    claimId: number | null
    applicationId: number | null
    reference: string
    regionCode: number
  },
  atMs: number,
  by: number,
): Promise<EntryRow | undefined> {
  const { rows } = await q.query<{ id: number }>(
    `insert into allowance_entry (account_id, at, by_id, kind, tonnes, balance, claim_id, application_id, reference, region_code)
     values ($1, to_timestamp($2 / 1000.0), $3, $4, $5, 0, $6, $7, $8, $9) returning id`,
    [v.accountId, atMs, by, v.kind, v.tonnes, v.claimId, v.applicationId, v.reference, v.regionCode],
  )
  const { rows: stored } = await q.query<EntryRow>(`${entrySelect} where e.id = $1`, [rows[0]?.id ?? 0])
  return stored[0]
}
export async function selectEntries(
  q: Queryable,
  f: { accountId: number; beforeId?: number | undefined; limit: number },
): Promise<EntryRow[]> {
  const { rows } = await q.query<EntryRow>(
    `${entrySelect} where e.account_id = $1 and ($2::int is null or e.id < $2) order by e.id desc limit $3`,
    [f.accountId, f.beforeId ?? null, f.limit],
  )
  return rows
}

export interface StoredNeed {
  pollutant: string
  increment: number
  ratio: number
  needed: number
  basis: string
  status: 'verified' | 'unverified' | 'design'
}
export interface ApplicationRow {
  id: number
  project_code: string
  project_name: string
  enterprise_id: number | null
  enterprise_name: string | null
  region_code: number
  region_name: string | null
  failing: string[]
  needs: StoredNeed[]
  state: 'applied' | 'approved' | 'refused' | 'returned'
  applied_at: Date
  applied_by: number
  applied_by_name: string | null
  decided_at: Date | null
  decided_by_name: string | null
  reason: string | null
  sources: { accountId: number; accountName: string; pollutant: string; tonnes: number }[] | null
  version: number
}
const applicationSelect = `select a.id, a.project_code, a.project_name, a.enterprise_id, e.name as enterprise_name,
    a.region_code, r.name as region_name, a.failing, a.needs, a.state, a.applied_at, a.applied_by,
    u.name as applied_by_name, a.decided_at, d.name as decided_by_name, a.reason, a.version,
    (select jsonb_agg(jsonb_build_object('accountId', c.id, 'accountName', c.name, 'pollutant', c.pollutant,
                                         'tonnes', -n.tonnes) order by n.id)
       from allowance_entry n join allowance_account c on c.id = n.account_id
      where n.application_id = a.id and n.kind = 'offset') as sources
  from allowance_application a left join feature e on e.id = a.enterprise_id left join region r on r.code = a.region_code
  left join app_user u on u.id = a.applied_by left join app_user d on d.id = a.decided_by`

export async function selectApplications(
  q: Queryable,
  f: {
    region: readonly [number | null, number | null]
    state?: ApplicationRow['state'] | undefined
    beforeId?: number | undefined
    limit: number
  },
): Promise<ApplicationRow[]> {
  const { rows } = await q.query<ApplicationRow>(
    `${applicationSelect} where ($1::int is null or a.region_code between $1 and $2) and ($3::text is null or a.state = $3)
       and ($4::int is null or a.id < $4) order by a.id desc limit $5`,
    [...f.region, f.state ?? null, f.beforeId ?? null, f.limit],
  )
  return rows
}
export async function selectApplication(q: Queryable, id: number): Promise<ApplicationRow | undefined> {
  const { rows } = await q.query<ApplicationRow>(`${applicationSelect} where a.id = $1`, [id])
  return rows[0]
}
export async function lockApplication(q: Queryable, id: number): Promise<ApplicationRow | undefined> {
  const { rows } = await q.query<ApplicationRow>(`${applicationSelect} where a.id = $1 for update of a`, [id])
  return rows[0]
}
export async function insertApplication(
  q: Queryable,
  v: {
    projectCode: string
    projectName: string
    enterpriseId: number | null
    regionCode: number
    failing: readonly string[]
    needs: readonly StoredNeed[]
  },
  atMs: number,
  by: number,
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into allowance_application (project_code, project_name, enterprise_id, region_code, failing, needs, state, applied_at, applied_by)
     values ($1, $2, $3, $4, $5, $6, 'applied', to_timestamp($7 / 1000.0), $8) returning id`,
    [
      v.projectCode,
      v.projectName,
      v.enterpriseId,
      v.regionCode,
      v.failing,
      JSON.stringify(v.needs),
      atMs,
      by,
    ],
  )
  return rows[0]?.id ?? 0
}
/** False: not in the actor's region. */
export async function decideStored(
  q: Queryable,
  id: number,
  v: { state: 'approved' | 'refused'; reason: string | null },
  atMs: number,
  by: number,
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update allowance_application set state = $2, reason = $3, decided_at = to_timestamp($4 / 1000.0), decided_by = $5,
       version = version + 1 where id = $1`,
    [id, v.state, v.reason, atMs, by],
  )
  return rowCount === 1
}
