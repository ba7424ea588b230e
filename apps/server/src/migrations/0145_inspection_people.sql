-- Who inspects, and the numbers that planning goes by: each with its source and how far it is confirmed.
create table inspection_setting (
  key text collate "C" primary key,
  title text not null,
  value double precision not null,
  unit text,
  source text not null,
  status text collate "C" not null check (status in ('primary', 'one-source', 'unverified', 'design')),
  changed_at timestamptz,
  changed_by int
);
insert into inspection_setting (key, title, value, unit, source, status) values
  ('rate.city.key', '市级重点对象每季抽查比例', 0.05, null, '多地双随机抽查方案（广东、江西、孝感）一致，以本地方案为准', 'one-source'),
  ('rate.county.key', '县级重点对象每季抽查比例', 0.25, null, '多地双随机抽查方案（广东、江西、孝感）一致，以本地方案为准', 'one-source'),
  ('rate.city.special', '市级特殊监管对象每季抽查比例', 0.15, null, '池州方案；各地从15%到100%不等，以本地方案为准', 'one-source'),
  ('rate.county.special', '县级特殊监管对象每季抽查比例', 0.15, null, '池州方案；各地从15%到100%不等，以本地方案为准', 'one-source'),
  ('ratio.city.general', '市级一般对象：每名执法人员每年抽查家数', 5, '家', '广东方案：执法人员与抽查家数不低于1:5', 'one-source'),
  ('ratio.county.general', '县级一般对象：每名执法人员每年抽查家数', 10, '家', '广东方案：不低于1:10；有的省为1:5', 'one-source'),
  ('special.leads', '一年内查实线索达到此数列入特殊监管对象', 2, '条', '平台设定', 'design'),
  ('special.complaints', '一年内查实举报达到此数列入特殊监管对象', 3, '件', '各地自定，有的地方为3件', 'unverified'),
  ('cap.key', '重点对象年度检查频次上限', 4, '次', '国办发〔2024〕54号要求公布年度上限；此数为平台设定，公布本地上限后改', 'design'),
  ('cap.general', '一般对象年度检查频次上限', 2, '次', '国办发〔2024〕54号要求公布年度上限；此数为平台设定，公布本地上限后改', 'design'),
  ('cap.special', '特殊监管对象年度检查频次上限', 8, '次', '国办发〔2024〕54号要求公布年度上限；此数为平台设定，公布本地上限后改', 'design'),
  ('quiet.days', '检查后多少天内不再安排（例外除外）', 30, '天', '平台设定', 'design'),
  ('risk.permit.key', '风险：重点管理', 30, '分', '平台设定', 'design'),
  ('risk.permit.simplified', '风险：简化管理', 15, '分', '平台设定', 'design'),
  ('risk.permit.registered', '风险：登记管理', 5, '分', '平台设定', 'design'),
  ('risk.confirmed-lead', '风险：一年内每条查实线索', 10, '分', '平台设定', 'design'),
  ('risk.confirmed-lead.max', '风险：查实线索合计不超过', 30, '分', '平台设定', 'design'),
  ('risk.exceedance', '风险：90天内每次超标', 3, '分', '平台设定', 'design'),
  ('risk.exceedance.max', '风险：超标合计不超过', 20, '分', '平台设定', 'design'),
  ('risk.obligation', '风险：每项逾期义务', 2, '分', '平台设定', 'design'),
  ('risk.obligation.max', '风险：逾期义务合计不超过', 10, '分', '平台设定', 'design'),
  ('risk.never-visited', '风险：一年内未曾检查', 10, '分', '平台设定', 'design'),
  ('risk.floor', '风险低于此值不单独安排巡查', 25, '分', '平台设定', 'design'),
  ('value.lead', '线索核查：合并得分折算', 80, '分', '平台设定：合并得分 × 此数', 'design'),
  ('value.lead.high', '线索核查：重点线索另加', 20, '分', '平台设定', 'design'),
  ('value.complaint', '信访核查', 70, '分', '平台设定', 'design'),
  ('value.look-back', '回头看', 60, '分', '平台设定', 'design'),
  ('value.quota', '双随机：基础分，另加风险值的一半', 40, '分', '平台设定', 'design'),
  ('minutes.key', '现场用时：重点管理', 150, '分钟', '平台设定', 'design'),
  ('minutes.simplified', '现场用时：简化管理', 100, '分钟', '平台设定', 'design'),
  ('minutes.registered', '现场用时：登记管理', 60, '分钟', '平台设定', 'design'),
  ('minutes.lead', '现场用时：只核查线索', 100, '分钟', '平台设定', 'design'),
  ('minutes.look-back', '现场用时：回头看', 60, '分钟', '平台设定', 'design'),
  ('road.factor', '道路里程与直线距离之比', 1.35, null, '平台设定', 'design'),
  ('road.speed', '平均车速', 45, '公里/小时', '平台设定', 'design'),
  ('day.start', '上午出发时刻（当日第几分钟）', 510, '分钟', '平台设定：8时30分', 'design'),
  ('finding.verify.days', '非现场发现：核实时限', 1, '个工作日', '非现场监管流程的通行做法，待核实', 'unverified'),
  ('finding.explain.days', '非现场发现：企业说明时限', 2, '个工作日', '非现场监管流程的通行做法，待核实', 'unverified'),
  ('publish.days', '抽查结果公开时限', 20, '个工作日', '《政府信息公开条例》第二十六条', 'primary');
revoke insert, delete on inspection_setting from shanshui_app;

create table inspector (
  id int generated always as identity primary key,
  user_id int not null unique references app_user on delete restrict,
  region_code int not null,
  certificate text not null,
  certificate_expires date not null,
  skills text[] not null default '{}',
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  minutes_per_day int not null check (minutes_per_day between 60 and 720),
  active boolean not null default true,
  version int not null default 1
);
create table inspector_absence (
  id int generated always as identity primary key,
  inspector_id int not null references inspector on delete cascade,
  region_code int not null,
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  reason text not null
);
create index inspector_absence_of on inspector_absence (inspector_id, from_on);
-- Units that an officer must not inspect (回避).
create table inspector_recusal (
  inspector_id int not null references inspector on delete cascade,
  enterprise_id int not null references feature on delete cascade,
  region_code int not null,
  reason text not null,
  primary key (inspector_id, enterprise_id)
);

-- Numbers of draws and plans: one more for each region and year.
create table inspection_serial (
  region_code int not null,
  year int not null,
  kind text collate "C" not null,
  last int not null,
  primary key (region_code, year, kind)
);

do $$
declare
  t text;
begin
  -- Inspections are the bureau's work: an enterprise sees what comes of them in its matters.
  foreach t in array array['inspector', 'inspector_absence', 'inspector_recusal', 'inspection_serial'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy bureau on %I for all to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any''
         and current_setting(''app.permissions'', true) like ''%%,inspection:read,%%'')', t);
  end loop;
end
$$;
revoke delete on inspector, inspection_serial from shanshui_app;
