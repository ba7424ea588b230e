-- Numbers that the judgement of pollution sources needs and that a bureau may have to correct, each with its source.
create table source_setting (
  key text collate "C" primary key,
  title text not null,
  value double precision not null,
  unit text not null,
  least double precision not null,
  most double precision not null,
  source text not null,
  status text collate "C" not null check (status in ('primary', 'verified', 'unverified', 'design')),
  version int not null default 1,
  updated_at timestamptz not null default now(),
  updated_by int,
  check (value between least and most)
);
insert into source_setting (key, title, value, unit, least, most, source, status) values
('mark.deadlineHour', '自主标记时限：次日几时前', 12, '时', 0, 24, '公告2022年第21号配套标记规则（未见原文）：当日数据应于次日12时前完成标记', 'unverified'),
('hour.graceMinutes', '小时数据上报宽限', 15, '分钟', 0, 240, '平台约定，与环境空气站点一致', 'design'),
('hour.nowHours', '“正在超标”所看的最近小时数', 3, '小时', 1, 24, '平台约定', 'design'),
('day.validHours', '废气有效日均值所需有效小时数', 20, '小时', 1, 24, 'GB 18484-2020 3.18、3.19（危险废物焚烧）；其他污染源参照，待核实', 'unverified'),
('water.zeroFlowDue', '零流量小时计入应获取数据（1 计入，0 不计）', 0, '', 0, 1, '平台约定：流量为零时无废水排放，不计入应获取数据', 'design'),
('transmission.alarm', '传输率告警阈值', 90, '%', 0, 100, '平台约定，缺省同考核目标', 'design'),
('transmission.denominator', '有效率分母（0 实传条数，1 有效应传条数）', 0, '', 0, 1, '两套公开实现：有效率=有效/实传，有效传输率=传输率×有效率', 'verified'),
('transmission.zsDue', '应传条数计入折算值（1 计入，0 不计）', 0, '', 0, 1, '一处公开实现按因子必填字段计数，本平台缺省只计均值', 'unverified'),
('transmission.realtimeMinutes', '小时结束后多久内到达为实时', 60, '分钟', 1, 1440, '平台约定', 'design'),
('transmission.checkHours', '废水每日标样核查免计小时数', 1, '小时', 0, 4, '公开的官方算法说明转引（一处来源）', 'unverified'),
('qa.calibrationDays', '校准周期', 90, '日', 1, 400, 'HJ 75-2017（未见原文）：每季度（按90日计）全系统校准', 'unverified'),
('qa.verificationDays', '校验周期', 180, '日', 1, 800, 'HJ 75-2017（未见原文）：有自动校准的每半年（按180日计）校验', 'unverified'),
('qa.invalidateOverdue', '超期未校准的数据无效（1 是，0 否）', 1, '', 0, 1, 'HJ 75-2017（未见原文）：超期未校准时段数据无效', 'unverified'),
('incineration.startStopHours', '焚烧炉启停炉、故障、事故全年免计时数', 60, '小时', 0, 8784, '生活垃圾焚烧发电厂自动监测数据应用管理规定（部令第10号，未见原文）；危险废物、医疗废物焚烧见 GB 18484-2020 7.2.3', 'unverified'),
('incineration.faultHours', '焚烧炉每次故障、事故免计时数', 4, '小时', 0, 100, '部令第10号（未见原文）', 'unverified'),
('incineration.preheatHours', '焚烧炉烘炉、停炉降温全年免计时数', 700, '小时', 0, 8784, '部令第10号（未见原文）', 'unverified'),
('incineration.maintenanceHours', '焚烧炉自动监测设备维护每项污染物全年免计时数', 30, '小时', 0, 8784, '部令第10号（未见原文）', 'unverified'),
('incineration.daysPerMonth', '一个月超标日数达到几日须停产整治', 5, '日', 1, 31, '部令第10号（未见原文）', 'unverified');
revoke insert, update, delete on source_setting from shanshui_app;
