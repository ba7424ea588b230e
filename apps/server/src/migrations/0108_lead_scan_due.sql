-- Outlets whose hours of days that have ended were changed: to be scanned once the changes have settled.
create table lead_scan_due (
  outlet_id int primary key,
  from_at timestamptz not null,
  changed_at timestamptz not null
);
revoke all on lead_scan_due from shanshui_app;
