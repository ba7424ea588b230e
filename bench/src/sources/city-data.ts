/** 6,000 outlets as the room of sources keeps them, and 200,000 open leads about them; written by SQL. */
import type { Database } from '@shanshui/server'

const region = 629_001

/** Registers enterprises (ten outlets each) and outlets. */
export async function registerOutlets(db: Database, outlets: number): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.query(
      `insert into feature (kind, code, name, region_code, lon, lat, properties)
       select 'enterprise', 'E' || i, '测试企业' || i, $1, 102 + i % 40 / 100.0, 38 + i / 40 / 100.0,
         '{"industry": "D4411", "industryName": "火力发电", "sector": "power", "permitClass": "key", "autoMonitored": true}'
       from generate_series(0, $2::int) i`,
      [region, Math.ceil(outlets / 10) - 1],
    )
    await trx.query(
      `insert into feature (kind, code, name, region_code, lon, lat, properties)
       select 'outlet', format('E%s-DA%s', i / 10, lpad((i % 10 + 1)::text, 3, '0')), '排放口' || i, $1,
         102 + i / 10 % 40 / 100.0, 38 + i / 400 / 100.0,
         jsonb_build_object('enterpriseCode', 'E' || i / 10, 'number', 'DA' || lpad((i % 10 + 1)::text, 3, '0'),
           'medium', 'air', 'main', true, 'facility', 'power-coal-boiler', 'referenceO2', 6,
           'factors', jsonb_build_array('a21026', 'a21002', 'a34013'))
       from generate_series(0, $2::int - 1) i`,
      [region, outlets],
    )
  })
  await db.pool.query('analyze feature')
}

/** The newest hour of every outlet, every twentieth above a limit, with its exceedance. */
export async function writeCurrentHours(db: Database, hourMs: number): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.query(
      `insert into outlet_layout (factors) values (array['a21002', 'a21026', 'a34013']) on conflict do nothing`,
    )
    await trx.query(
      `insert into limit_choice (digest, value, decimals, unit, averaging, source, clause, why, status)
       select 'bench' || v, v, 0, 'mg/m³', 'hour', 'GB 13223-2011', '表1', '测试', 'unverified'
       from unnest(array[100, 30]) v`,
    )
    await trx.query(
      `insert into outlet_current (ts, outlet_id, layout, region_code, owner_id, vals, limits, states, manual, exceeding, multiple)
       select to_timestamp($1::float8 / 1000), f.id, l.id, f.region_code, f.owner_id,
         array[8.2, 366676, 82, 60, 70.3, 70.3, 22, 100, v, v * 1.17, v * 1.17, 17.6, 100, 12, 14, 14, 4.4, 30],
         array[a.id, a.id, b.id], '111', '   ', v * 1.17 > 100, case when v * 1.17 > 100 then v * 1.17 / 100 - 1 else -1 end
       from (select *, case when row_number() over (order by id) % 20 = 0 then 90 + id % 60 else 40 + id % 30 end as v
             from feature where kind = 'outlet') f
         join outlet_layout l on l.factors = array['a21002', 'a21026', 'a34013']
         join limit_choice a on a.digest = 'bench100' join limit_choice b on b.digest = 'bench30'`,
      [hourMs],
    )
    await trx.query(
      `insert into exceedance (outlet_id, region_code, owner_id, factor, kind, from_ts, to_ts, hours, max_value, limit_id,
         multiple, exempted, grade, grade_reasons, state, mark_ids, updated_at)
       select outlet_id, region_code, owner_id, 'a21026', 'hour', ts - interval '2 hours', ts + interval '1 hour', 3,
         vals[11], limits[2], multiple, false, 'C', '{}', 'candidate', '{}', ts
       from outlet_current where exceeding`,
    )
  })
  await db.pool.query('analyze outlet_current, exceedance')
}

/** Open leads: of each outlet and as many rules as it takes. */
export async function writeLeads(db: Database, leads: number, nowMs: number): Promise<void> {
  await db.pool.query(
    `insert into lead (feature_id, enterprise_id, rule_id, factor, region_code, owner_id, state, level, weight, score,
       from_at, to_at, statistic, threshold, n, explanation, refutation, opened_at, changed_at)
     select o.id, e.id, 'bench-' || k, 'a21026', o.region_code, o.owner_id, 'open',
       case when s >= 0.7 then 'high' when s >= 0.4 then 'medium' else 'watch' end, 0.3, s,
       t - interval '6 hours', t, '{"name": "CV", "value": 0.01}', 'CV < 1 %', 24,
       '连续24小时数值几乎不变，变异系数1%，同期负荷变化12%。', '核对量程与上限；仪器正常且工况稳定时可排除。', t, t
     from generate_series(1, $1::int) i
       join lateral (select i % 6000 as place, i / 6000 as k, 0.05 + (i * 7919 % 9000) / 10000.0 as s,
         to_timestamp($2::float8 / 1000) - make_interval(secs => i * 37 % 5000000) as t) x on true
       join (select id, region_code, owner_id, properties, row_number() over (order by id) - 1 as place
             from feature where kind = 'outlet') o on o.place = x.place
       join feature e on e.kind = 'enterprise' and e.code = o.properties->>'enterpriseCode'`,
    [leads, nowMs],
  )
  await db.pool.query('vacuum analyze lead')
}
