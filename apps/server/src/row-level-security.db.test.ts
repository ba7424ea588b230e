/**
 * Row-level security over the whole schema: a table that a later migration adds and forgets to protect fails here.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from './platform/testing/index.ts'

interface Table {
  readonly name: string
  readonly security: boolean
  readonly policies: number
  readonly scoped: boolean
  readonly owned: boolean
  /** Whether any policy asks whose organization the row is, or which region it is of. */
  readonly asksOwner: boolean
  readonly asksRegion: boolean
  readonly readable: boolean
  readonly writable: boolean
}

/** Readable by requests without row-level security, each with the reason why that shows nobody another's data. */
const open: Readonly<Record<string, string>> = {
  app_user: 'columns id, name, organization_id only: who did it',
  organization: 'names of organizations; their data carry the policies',
  region: 'administrative divisions',
  layout: 'names of factors, interned',
  outlet_layout: 'names of factors, interned',
  limit_choice: 'limits with their reasons, interned, of no outlet',
  sand_criterion: 'numbers of a standard',
  evidence_setting: 'numbers of the platform',
  working_calendar: 'days off, published by the State Council',
  source_setting: 'numbers of the platform',
  inspection_setting: 'numbers of the platform',
  tonnage_rule: 'numbers of the platform',
  lead_rule: 'rules, not what they found; routes ask for lead:read and rule:write',
  lead_rule_history: 'as lead_rule',
  job: 'work of the platform; every route asks for the permission of the job',
  dirty_bucket: 'queue: ids and times, no values',
  rolled_change: 'queue: ids and times, no values',
  rolled_topology: 'queue: ids and times, no values',
  source_dirty: 'queue: ids and times, no values',
  source_change: 'queue: ids and times, no values',
  source_clock: 'how far a clock has been followed',
  source_known: 'signature of what is registered, no values',
  outlet_month_stale: 'queue: ids and months, no values',
  latest: 'position of the newest row: ids and times, no values',
  figure_dependency: 'which figure rests on which; the figures carry the policies',
  figure_history: 'only read joined with figure, which carries the policies',
  report_figure: 'which report shows which figure; both carry the policies',
  journal_block: 'bytes of everybody; readRecord asks for the scope of every point in it (record-access.ts)',
  journal_day: 'seals of days',
  journal_head: 'head of the chain',
  gateway_run: 'the gateway itself',
  hj212_station: 'field machines; routes ask for gateway:read and narrow to points in sight',
  hj212_station_state: 'as hj212_station',
  hj212_presence: 'as hj212_station',
  hj212_connection: 'as hj212_station',
  hj212_quarantine: 'as hj212_station',
  hj212_command: 'as hj212_station',
  hj212_requery: 'as hj212_station',
  planned_stop: 'as hj212_station',
  import_file: 'routes ask for import:read, which no enterprise has',
  import_error: 'as import_file',
  peer_index: 'published indices of cities',
  peer_index_rev: 'published indices of cities',
}

/** With an owner, yet a policy that does not ask for it, and why. */
const withoutOwner: Readonly<Record<string, string>> = {
  report: 'the bureau’s own reports; owner is the bureau',
  target: 'public aims',
  organization: 'see above',
}

const catalogue = `select c.relname as name, c.relrowsecurity as security,
       (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'region_code') as scoped,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owner_id') as owned,
       coalesce((select bool_and(pg_get_expr(coalesce(p.polqual, p.polwithcheck), c.oid) ~ 'app.owner') from pg_policy p where p.polrelid = c.oid), false) as "asksOwner",
       coalesce((select bool_and(pg_get_expr(coalesce(p.polqual, p.polwithcheck), c.oid) ~ 'app.regions') from pg_policy p where p.polrelid = c.oid), false) as "asksRegion",
       has_table_privilege('shanshui_app', c.oid, 'select') or has_any_column_privilege('shanshui_app', c.oid, 'select') as readable,
       has_table_privilege('shanshui_app', c.oid, 'insert, update, delete') as writable
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname`

let database: TestDatabase
let tables: Table[]
beforeAll(async () => {
  database = await createTestDatabase()
  const { rows } = await database.db.pool.query<Table>(catalogue)
  tables = rows
})
afterAll(() => database.drop())

test('every table that says whose row it is, or of which region, has policies that ask for it', () => {
  const scoped = tables.filter((table) => table.scoped || table.owned)
  expect(scoped.length).toBeGreaterThan(35)
  const bare = scoped.filter(
    (table) => !(table.name in open) && table.readable && !(table.security && table.policies > 0),
  )
  expect(bare.map((table) => table.name)).toEqual([])
  const careless = scoped.filter(
    (table) =>
      table.readable &&
      !(table.name in withoutOwner) &&
      !(table.asksOwner && (table.asksRegion || !table.scoped)),
  )
  expect(careless.map((table) => table.name)).toEqual([])
})

test('what requests read without row-level security is named here with its reason', () => {
  const unprotected = tables.filter((table) => table.readable && !table.security)
  expect(unprotected.map((table) => table.name)).toEqual(Object.keys(open).sort())
})

test('computed facts, marks and leads are written by the platform only', async () => {
  const { rows } = await database.db.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname = any($1) and has_table_privilege('shanshui_app', oid, 'insert, delete')`,
    [
      [
        'outlet_hour',
        'outlet_day',
        'outlet_current',
        'outlet_month',
        'outlet_hour_revision',
        'source_mark',
        'exceedance',
        'exceedance_version',
        'exceedance_judgement',
        'maintenance_record',
        'device_info',
        'lead',
        'lead_occurrence',
        'ledger_divergence',
        'notice',
        'notice_delivery',
        'audit',
      ],
    ],
  )
  expect(rows.map((row) => row.name)).toEqual([])
})

test('a table without a policy would be found', async () => {
  await database.db.pool.query('create table forgotten (id int primary key, region_code int, owner_id int)')
  const { rows } = await database.db.pool.query<Table>(catalogue)
  const forgotten = rows.find((table) => table.name === 'forgotten')
  expect(forgotten).toMatchObject({
    scoped: true,
    owned: true,
    readable: true,
    security: false,
    asksOwner: false,
  })
})
