/** Observations. */
import type { ErrorEntry } from './entry.ts'

export const seriesErrors = {
  'series.point-unknown': {
    status: 404,
    title: '没有这个点位',
    en: 'No such monitoring point',
    advice: '核对点位编号；不在本人数据范围内的点位也不显示。',
  },
  'series.range-invalid': {
    status: 422,
    title: '时间范围不正确',
    en: 'The time range is not valid',
    advice: '起始时间必须早于结束时间，格式为 YYYY-MM-DD 或带时区的 ISO 8601。',
  },
  'series.range-too-long': {
    status: 422,
    title: '时间范围超过上限',
    en: 'The time range is longer than the stated limit',
    advice: '缩短时间范围，分几次查询或导出。',
  },
  'series.factors-too-many': {
    status: 422,
    title: '因子过多',
    en: 'Too many factors',
    advice: '一行观测值最多 400 个因子，分成几行提交。',
  },
  'series.row-invalid': {
    status: 422,
    title: '观测值不符合要求',
    en: 'An observation does not have the required shape',
    advice: '数值、最小值、最大值、累计值与标记的个数必须和因子个数一致。',
  },
  'series.concurrent-change': {
    status: 409,
    title: '同一观测值正在被另一次写入修改',
    en: 'The same observation is being changed by another write',
    advice: '重新提交本批数据。',
  },
  'series.mark-unknown': {
    status: 404,
    title: '没有这个标记',
    en: 'No such mark',
    advice: '刷新标记列表。',
  },
  'series.mark-on-derived': {
    status: 422,
    title: '不能标记汇总数据',
    en: 'Derived data cannot be marked',
    advice: '城市数据由站点数据汇总而来，请标记相应站点的监测数据。',
  },
  'series.decision-withdrawn': {
    status: 409,
    title: '该决定已经撤销',
    en: 'The decision has already been withdrawn',
    advice: '刷新后再看。',
  },
  'series.not-a-city': {
    status: 422,
    title: '该点位不是城市',
    en: 'The point is not a city',
    advice: '沙尘影响时段按城市确认，请选择城市。',
  },
  'series.sand-unknown': {
    status: 404,
    title: '没有这个沙尘影响时段',
    en: 'No such sand period',
    advice: '刷新沙尘影响时段列表。',
  },
  'series.sand-overlaps': {
    status: 409,
    title: '与已确认的沙尘影响时段重叠',
    en: 'The period overlaps a confirmed sand period',
    advice: '先撤销原时段，再按新的起止时间确认。',
  },
  'review.reason-missing': {
    status: 422,
    title: '退回时必须写明理由',
    en: 'A return needs a reason',
    advice: '填写退回理由，便于下一级改正。',
  },
  'review.wrong-state': {
    status: 409,
    title: '当前审核状态不允许该操作',
    en: 'The review state does not allow this',
    advice: '审核按站级、市级、省级依次进行；刷新后按当前状态处理。',
  },
  'backup.not-empty': {
    status: 409,
    title: '目标数据库不是空的',
    en: 'The target database is not empty',
    advice: '恢复到一个空数据库；确认要覆盖时加 --force。',
  },
  'backup.damaged': {
    status: 422,
    title: '备份文件已损坏',
    en: 'The backup file is damaged',
    advice: '校验和不一致的部分见 detail；换一份备份。',
  },
  'backup.newer': {
    status: 422,
    title: '备份由更新的版本建立',
    en: 'The backup was made by a newer release',
    advice: '升级程序后再恢复。',
  },
} as const satisfies Record<string, ErrorEntry>
