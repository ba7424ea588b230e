-- What a feature stands below, by code, as a column: an index over properties cannot serve where row-level security
-- holds (->> is not leakproof), and the collation of a property is not that of a code.
alter table feature add column parent_code text collate "C" generated always as (
  coalesce(properties->>'outletCode', properties->>'enterpriseCode', properties->>'creditCode')) stored;
create index feature_by_parent on feature (parent_code, kind);
drop index feature_by_enterprise_code;
drop index feature_by_outlet_code;
drop index feature_by_credit_code;
