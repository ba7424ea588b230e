-- Criteria by which sand periods are proposed. The full text of 环办监测〔2016〕120号 was not at hand:
-- the numbers are configurable and shown as unverified wherever they are used. A person confirms every period.
create table sand_criterion (
  key text collate "C" primary key,
  title text not null,
  value double precision not null,
  unit text not null,
  source text not null,
  status text collate "C" not null check (status in ('verified', 'unverified'))
);
insert into sand_criterion (key, title, value, unit, source, status) values
  ('baseHours', '前期均值的小时数', 6, 'h', '环办监测〔2016〕120号（判据数值待核实）', 'unverified'),
  ('startMultiple', '起始：PM10 小时浓度与前期均值之比不低于', 2, '倍', '环办监测〔2016〕120号（判据数值待核实）', 'unverified'),
  ('startAbove', '起始：PM10 小时浓度高于', 150, 'µg/m³', '环办监测〔2016〕120号（判据数值待核实）', 'unverified'),
  ('endDeviation', '结束：PM10 与前期均值的相对偏差不超过', 0.1, '1', '环办监测〔2016〕120号（判据数值待核实）', 'unverified'),
  ('lingerRatio', '滞留影响：PM2.5/PM10 与前期比值之比不高于', 0.5, '1', '环办监测〔2016〕120号（判据数值待核实）', 'unverified');
revoke insert, update, delete on sand_criterion from shanshui_app;
