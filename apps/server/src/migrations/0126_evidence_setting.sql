-- What the comparison of a picture's time and place with the claim tolerates. No standard gives these numbers.
create table evidence_setting (
  name text collate "C" primary key,
  title text not null,
  value double precision not null,
  unit text not null,
  least double precision not null,
  most double precision not null,
  source text not null,
  status text collate "C" not null check (status in ('primary', 'one-source', 'unverified', 'design')),
  version int not null default 1,
  updated_at timestamptz not null default now(),
  updated_by int,
  check (value between least and most)
);
insert into evidence_setting (name, title, value, unit, least, most, source, status) values
('time.minutes', '拍摄时间与所称时间最多相差', 30, '分钟', 1, 10080, '平台约定', 'design'),
('place.metres', '拍摄地点离对象最远', 500, '米', 10, 100000, '平台约定：对象坐标多为厂区中心或大门', 'design'),
('device.metres', '设备定位误差最大', 200, '米', 5, 10000, '平台约定：误差更大的定位不作为地点依据', 'design');
revoke insert, update, delete on evidence_setting from shanshui_app;
