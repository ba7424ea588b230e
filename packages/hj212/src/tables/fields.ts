/**
 * Fields of the data area CP with their data types. Source: HJ 212-2017 table 4; rows with `since: '2025'` are
 * known from implementations of HJ 212-2025 and are unverified, rows with `until: '2005'` from HJ/T 212-2005.
 * Types: C4 = up to 4 characters; N5 = up to 5 digits; N14.2 = up to 14 integer and 2 decimal digits.
 */
export type FieldKind = 'number' | 'mark' | 'time' | 'text' | 'code'

export interface FieldRow {
  readonly name: string
  readonly type: string
  readonly kind: FieldKind
  readonly zh: string
  readonly en: string
  readonly unit?: string
  readonly range?: readonly [number, number]
  readonly since?: '2017' | '2025'
  readonly until?: '2005'
  readonly status?: 'unverified'
}

/** Fields written `code-Suffix`. */
export const suffixFields: readonly FieldRow[] = [
  { name: 'Rtd', type: 'N14.2', kind: 'number', zh: '实时数据', en: 'real-time value' },
  { name: 'ZsRtd', type: 'N14.2', kind: 'number', zh: '折算实时数据', en: 'real-time value, converted' },
  { name: 'Min', type: 'N14.2', kind: 'number', zh: '最小值', en: 'minimum of the interval' },
  { name: 'Avg', type: 'N14.2', kind: 'number', zh: '平均值', en: 'mean of the interval' },
  { name: 'Max', type: 'N14.2', kind: 'number', zh: '最大值', en: 'maximum of the interval' },
  { name: 'ZsMin', type: 'N14.2', kind: 'number', zh: '折算最小值', en: 'minimum, converted' },
  { name: 'ZsAvg', type: 'N14.2', kind: 'number', zh: '折算平均值', en: 'mean, converted' },
  { name: 'ZsMax', type: 'N14.2', kind: 'number', zh: '折算最大值', en: 'maximum, converted' },
  { name: 'Cou', type: 'N14.2', kind: 'number', zh: '累计值', en: 'cumulated emission of the interval' },
  {
    name: 'ZsCou',
    type: 'N14.2',
    kind: 'number',
    zh: '折算累计值',
    en: 'cumulated, converted',
    status: 'unverified',
  },
  { name: 'Flag', type: 'C1', kind: 'mark', zh: '数据标记', en: 'data mark' },
  { name: 'EFlag', type: 'C4', kind: 'mark', zh: '设备标志', en: 'mark of the instrument' },
  { name: 'SampleTime', type: 'N14', kind: 'time', zh: '采样时间', en: 'sampling time' },
  { name: 'Data', type: 'N3.1', kind: 'number', zh: '噪声时段数据', en: 'noise of the interval', unit: 'dB' },
  { name: 'DayData', type: 'N3.1', kind: 'number', zh: '噪声昼间数据', en: 'noise, daytime', unit: 'dB' },
  { name: 'NightData', type: 'N3.1', kind: 'number', zh: '噪声夜间数据', en: 'noise, night', unit: 'dB' },
  { name: 'RS', type: 'N1', kind: 'number', zh: '设施运行状态', en: 'facility state', range: [0, 5] },
  {
    name: 'RT',
    type: 'N2.2',
    kind: 'number',
    zh: '设施日运行时间',
    en: 'facility hours of the day',
    unit: 'h',
    range: [0, 24],
  },
  { name: 'Info', type: 'C890', kind: 'text', zh: '现场端信息', en: 'field information' },
  { name: 'SN', type: 'C24', kind: 'code', zh: '设备唯一标识', en: 'instrument serial (EPC-96)' },
  {
    name: 'CompleteTime',
    type: 'N14',
    kind: 'time',
    zh: '完成时间',
    en: 'time of completion',
    since: '2025',
    status: 'unverified',
  },
  {
    name: 'SampleType',
    type: 'C4',
    kind: 'code',
    zh: '样品类型',
    en: 'kind of sample',
    since: '2025',
    status: 'unverified',
  },
  {
    name: 'SampleRd',
    type: 'N14.2',
    kind: 'number',
    zh: '标样测定值',
    en: 'reading of the standard',
    since: '2025',
    status: 'unverified',
  },
  {
    name: 'StandardValue',
    type: 'N14.2',
    kind: 'number',
    zh: '标样标准值',
    en: 'value of the standard',
    since: '2025',
    status: 'unverified',
  },
  {
    name: 'ResultType',
    type: 'N1',
    kind: 'number',
    zh: '核查结果',
    en: '1 pass, 0 fail',
    range: [0, 1],
    since: '2025',
    status: 'unverified',
  },
  { name: 'Ala', type: 'N14.2', kind: 'number', zh: '报警时监测值', en: 'value at the alarm', until: '2005' },
  { name: 'UpValue', type: 'N14.2', kind: 'number', zh: '报警上限', en: 'upper alarm limit', until: '2005' },
  { name: 'LowValue', type: 'N14.2', kind: 'number', zh: '报警下限', en: 'lower alarm limit', until: '2005' },
]

/** Fields without a factor code. */
export const plainFields: readonly FieldRow[] = [
  {
    name: 'DataTime',
    type: 'N14',
    kind: 'time',
    zh: '数据时间',
    en: 'start of the interval, or the instant',
  },
  { name: 'SystemTime', type: 'N14', kind: 'time', zh: '系统时间', en: 'clock' },
  { name: 'RestartTime', type: 'N14', kind: 'time', zh: '数采仪开机时间', en: 'start of the logger' },
  { name: 'BeginTime', type: 'N14', kind: 'time', zh: '开始时间', en: 'first interval asked for' },
  { name: 'EndTime', type: 'N14', kind: 'time', zh: '结束时间', en: 'last interval asked for' },
  { name: 'QnRtn', type: 'N3', kind: 'number', zh: '请求应答结果', en: 'answer to the request' },
  { name: 'ExeRtn', type: 'N3', kind: 'number', zh: '执行结果', en: 'result of the execution' },
  {
    name: 'RtdInterval',
    type: 'N4',
    kind: 'number',
    zh: '实时数据间隔',
    en: 'real-time interval',
    unit: 's',
    range: [30, 3600],
  },
  {
    name: 'MinInterval',
    type: 'N2',
    kind: 'number',
    zh: '分钟数据间隔',
    en: 'minute interval',
    unit: 'min',
    range: [1, 30],
  },
  { name: 'PolId', type: 'C6', kind: 'code', zh: '污染因子编码', en: 'factor of the addressed instrument' },
  { name: 'NewPW', type: 'C6', kind: 'text', zh: '新密码', en: 'new password' },
  { name: 'OverTime', type: 'N2', kind: 'number', zh: '超时时间', en: 'time-out', unit: 's', range: [1, 99] },
  { name: 'ReCount', type: 'N2', kind: 'number', zh: '重发次数', en: 'resends', range: [1, 99] },
  { name: 'VaseNo', type: 'N2', kind: 'number', zh: '采样瓶编号', en: 'bottle', range: [1, 99] },
  { name: 'CstartTime', type: 'N6', kind: 'text', zh: '设备采样起始时间', en: 'first sampling, hhmmss' },
  {
    name: 'CTime',
    type: 'N2',
    kind: 'number',
    zh: '采样周期',
    en: 'sampling cycle',
    unit: 'h',
    range: [1, 24],
  },
  {
    name: 'Stime',
    type: 'N4',
    kind: 'number',
    zh: '出样时间',
    en: 'time to result',
    unit: 'min',
    range: [1, 120],
  },
  { name: 'InfoId', type: 'C6', kind: 'code', zh: '现场端信息编码', en: 'code of field information' },
  {
    name: 'SKCreateTime',
    type: 'N14',
    kind: 'time',
    zh: '密钥生成时间',
    en: 'time the key was made',
    since: '2025',
    status: 'unverified',
  },
  {
    name: 'NewSK',
    type: 'C32',
    kind: 'text',
    zh: '新密钥',
    en: 'new key',
    since: '2025',
    status: 'unverified',
  },
  {
    name: 'CalibrationType',
    type: 'N1',
    kind: 'number',
    zh: '校准类型',
    en: '0 zero, 1 span',
    range: [0, 1],
    since: '2025',
    status: 'unverified',
  },
  { name: 'AlarmTime', type: 'N14', kind: 'time', zh: '报警时间', en: 'time of the alarm', until: '2005' },
  {
    name: 'AlarmType',
    type: 'N1',
    kind: 'number',
    zh: '报警类型',
    en: '0 end, 1 start',
    until: '2005',
    status: 'unverified',
  },
  {
    name: 'ReportTarget',
    type: 'N20',
    kind: 'text',
    zh: '上位机地址',
    en: 'address of the host',
    until: '2005',
  },
  {
    name: 'AlarmTarget',
    type: 'N20',
    kind: 'text',
    zh: '报警上位机地址',
    en: 'address for alarms',
    until: '2005',
  },
  {
    name: 'ReportTime',
    type: 'N4',
    kind: 'text',
    zh: '数据上报时间',
    en: 'daily report time, hhmm',
    until: '2005',
  },
  {
    name: 'DayStdValue',
    type: 'N14.2',
    kind: 'number',
    zh: '噪声昼间标准值',
    en: 'daytime limit',
    until: '2005',
  },
  {
    name: 'NightStdValue',
    type: 'N14.2',
    kind: 'number',
    zh: '噪声夜间标准值',
    en: 'night limit',
    until: '2005',
  },
  {
    name: 'WarnTime',
    type: 'N4',
    kind: 'number',
    zh: '超限报警时间',
    en: 'time over the limit',
    until: '2005',
  },
]

/** Suffixes as the standard writes them; devices vary the case. */
export const knownSuffixes: readonly string[] = suffixFields.map((row) => row.name)

/** Suffixes whose value is a number. */
export const numericSuffixes: ReadonlySet<string> = new Set(
  suffixFields.filter((row) => row.kind === 'number').map((row) => row.name),
)

/** Names of plain fields that hold a time of 14 digits. */
export const timeNames: ReadonlySet<string> = new Set(
  plainFields.filter((row) => row.kind === 'time').map((row) => row.name),
)
