import type { Queryable } from '../../platform/db/index.ts'

export interface RuleRow {
  key: string
  value: number
  source: string
  status: 'verified' | 'unverified' | 'design'
  updated_at: Date
}
export async function selectRules(q: Queryable): Promise<RuleRow[]> {
  const { rows } = await q.query<RuleRow>(
    'select key, value, source, status, updated_at from tonnage_rule order by key',
  )
  return rows
}
export async function putRule(
  q: Queryable,
  rule: { key: string; value: number; source: string; status: string },
  atMs: number,
  by: number,
): Promise<void> {
  await q.query(
    `insert into tonnage_rule (key, value, source, status, updated_at, updated_by)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000.0), $6)
     on conflict (key) do update set value = excluded.value, source = excluded.source, status = excluded.status,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [rule.key, rule.value, rule.source, rule.status, atMs, by],
  )
}

export interface AccountedRow {
  id: number
  outlet_id: number
  outlet_number: string
  enterprise_name: string
  pollutant: string
  month: string
  activity: number
  activity_unit: string
  coefficient_kg_per_unit: number
  removal_percent: number
  reference: string
  coefficient_status: 'verified' | 'unverified'
  tonnes: number
  formula: string
  updated_at: Date
}

export interface AccountingFilter {
  readonly year: number
  readonly outletIds?: readonly number[] | undefined
  readonly enterpriseId?: number | undefined
  readonly region?: readonly [number | null, number | null]
  readonly afterId?: number | undefined
  readonly limit?: number | undefined
}

/** The newest revision of every entry of the year, in order of id. */
export async function selectAccounting(q: Queryable, f: AccountingFilter): Promise<AccountedRow[]> {
  const { rows } = await q.query<AccountedRow>(
    `select a.id, a.outlet_id, o.properties->>'number' as outlet_number, coalesce(e.name, '') as enterprise_name,
            a.pollutant, a.month, a.activity, a.activity_unit, a.coefficient_kg_per_unit, a.removal_percent, a.reference,
            a.coefficient_status, a.tonnes, a.formula, a.updated_at
       from accounting_entry a join feature o on o.id = a.outlet_id
       left join feature e on e.kind = 'enterprise' and e.code = o.properties->>'enterpriseCode'
      where a.month like $1 and ($2::int[] is null or a.outlet_id = any($2)) and ($3::int is null or e.id = $3)
        and ($4::int is null or a.region_code between $4 and $5) and ($6::int is null or a.id > $6)
        and not exists (select from accounting_entry n where n.outlet_id = a.outlet_id and n.pollutant = a.pollutant
                          and n.month = a.month and n.revision > a.revision)
      order by a.id limit $7`,
    [
      `${f.year}-%`,
      f.outletIds ?? null,
      f.enterpriseId ?? null,
      ...(f.region ?? [null, null]),
      f.afterId ?? null,
      f.limit ?? null,
    ],
  )
  return rows
}

export interface AccountingValues {
  readonly outletId: number
  readonly pollutant: string
  readonly month: string
  readonly activity: number
  readonly activityUnit: string
  readonly coefficientKgPerUnit: number
  readonly removalPercent: number
  readonly reference: string
  readonly coefficientStatus: 'verified' | 'unverified'
  readonly tonnes: number
  readonly formula: string
  readonly regionCode: number
  readonly ownerId: number
}
export async function insertAccounting(
  q: Queryable,
  v: AccountingValues,
  atMs: number,
  by: number,
): Promise<void> {
  await q.query(
    `insert into accounting_entry (outlet_id, pollutant, month, revision, activity, activity_unit,
       coefficient_kg_per_unit, removal_percent, reference, coefficient_status, tonnes, formula, region_code, owner_id,
       updated_at, updated_by)
     select $1, $2, $3, coalesce(max(x.revision), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
       to_timestamp($14 / 1000.0), $15
     from accounting_entry x where x.outlet_id = $1 and x.pollutant = $2 and x.month = $3`,
    [
      v.outletId,
      v.pollutant,
      v.month,
      v.activity,
      v.activityUnit,
      v.coefficientKgPerUnit,
      v.removalPercent,
      v.reference,
      v.coefficientStatus,
      v.tonnes,
      v.formula,
      v.regionCode,
      v.ownerId,
      atMs,
      by,
    ],
  )
}

export interface DivergenceRow {
  outlet_id: number
  pollutant: string
  month: string
  lead_id: number | null
}
export async function selectDivergences(
  q: Queryable,
  year: number,
  outletIds: readonly number[],
): Promise<DivergenceRow[]> {
  const { rows } = await q.query<DivergenceRow>(
    `select outlet_id, pollutant, month, lead_id from ledger_divergence where month like $1 and outlet_id = any($2)`,
    [`${year}-%`, outletIds],
  )
  return rows
}
export async function putDivergence(
  q: Queryable,
  v: {
    outletId: number
    pollutant: string
    month: string
    divergence: number
    between: string
    leadId: number | null
    regionCode: number
    ownerId: number
  },
  atMs: number,
): Promise<void> {
  await q.query(
    `insert into ledger_divergence (outlet_id, pollutant, month, divergence, between_ledgers, lead_id, region_code, owner_id, found_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9 / 1000.0))
     on conflict (outlet_id, pollutant, month) do update set divergence = excluded.divergence,
       between_ledgers = excluded.between_ledgers, lead_id = coalesce(excluded.lead_id, ledger_divergence.lead_id)`,
    [v.outletId, v.pollutant, v.month, v.divergence, v.between, v.leadId, v.regionCode, v.ownerId, atMs],
  )
}
export async function dropDivergence(
  q: Queryable,
  outletId: number,
  pollutant: string,
  month: string,
): Promise<void> {
  await q.query('delete from ledger_divergence where outlet_id = $1 and pollutant = $2 and month = $3', [
    outletId,
    pollutant,
    month,
  ])
}

/** One judge of a plant's tonnes at a time, until the end of the transaction. */
export async function lockTonnes(q: Queryable, enterpriseId: number): Promise<void> {
  await q.query(
    `select pg_advisory_xact_lock(hashtextextended('shanshui permitted tonnes ' || $1::int, 0))`,
    [enterpriseId],
  )
}
