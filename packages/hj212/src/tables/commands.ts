/**
 * Command codes CN (命令编码): HJ 212-2017 table 9 with the rows of 2005 and 2025.
 *
 * `down`: from the host to the field machine; `up`: from the field machine to the host. Kinds: `request` (9011,
 * data if any, 9012), `upload` (9014 when wanted), `notify` (9013), `reply`. Rows of 2025 are known from
 * implementations of its text and are unverified.
 */
export type CommandKind = 'request' | 'upload' | 'notify' | 'reply'
export type Edition = '2005' | '2017' | '2025'

export interface CommandRow {
  readonly cn: string
  readonly zh: string
  readonly en: string
  readonly down?: CommandKind
  readonly up?: CommandKind
  /** Fields of the data area; `*-X` stands for a suffix of any code. */
  readonly requestFields?: readonly string[]
  readonly uploadFields?: readonly string[]
  readonly editions: readonly Edition[]
  readonly status?: 'unverified'
}

const all: readonly Edition[] = ['2005', '2017', '2025']
const from2017: readonly Edition[] = ['2017', '2025']
const only2005: readonly Edition[] = ['2005']
const only2025: readonly Edition[] = ['2025']

const interval = [
  'DataTime',
  '*-Cou',
  '*-Min',
  '*-Avg',
  '*-Max',
  '*-ZsMin',
  '*-ZsAvg',
  '*-ZsMax',
  '*-Flag',
  '*-EFlag',
]
const period = ['BeginTime', 'EndTime']

export const commands: readonly CommandRow[] = [
  {
    cn: '1000',
    zh: '设置超时时间及重发次数',
    en: 'set time-out and resends',
    down: 'request',
    requestFields: ['OverTime', 'ReCount'],
    editions: all,
  },
  {
    cn: '1001',
    zh: '上传数采仪硬件序号',
    en: 'upload hardware serials',
    up: 'notify',
    uploadFields: ['i23005-Info', 'i23006-Info', 'i23007-Info', 'i23008-Info'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '1001',
    zh: '设置超限报警时间',
    en: 'set alarm time',
    down: 'request',
    requestFields: ['WarnTime'],
    editions: only2005,
  },
  {
    cn: '1002',
    zh: '设置数采仪MN编码',
    en: 'set MN',
    down: 'request',
    requestFields: ['i23005-Info'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '1011',
    zh: '提取/上传现场机时间',
    en: 'get time',
    down: 'request',
    up: 'upload',
    requestFields: ['PolId'],
    uploadFields: ['PolId', 'SystemTime'],
    editions: all,
  },
  {
    cn: '1012',
    zh: '设置现场机时间',
    en: 'set time',
    down: 'request',
    requestFields: ['PolId', 'SystemTime'],
    editions: all,
  },
  {
    cn: '1013',
    zh: '现场机时间校准请求',
    en: 'ask for time calibration',
    up: 'notify',
    uploadFields: ['PolId'],
    editions: from2017,
  },
  {
    cn: '1014',
    zh: '获取新密钥/设置新密钥',
    en: 'exchange of the key',
    down: 'request',
    up: 'notify',
    requestFields: ['SKCreateTime', 'NewSK'],
    uploadFields: ['SKCreateTime'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '1021',
    zh: '提取污染物报警门限值',
    en: 'get alarm limits',
    down: 'request',
    up: 'upload',
    requestFields: ['PolId'],
    uploadFields: ['*-LowValue', '*-UpValue'],
    editions: only2005,
  },
  {
    cn: '1022',
    zh: '设置污染物报警门限值',
    en: 'set alarm limits',
    down: 'request',
    requestFields: ['*-LowValue', '*-UpValue'],
    editions: only2005,
  },
  {
    cn: '1031',
    zh: '提取上位机地址',
    en: 'get host address',
    down: 'request',
    up: 'upload',
    uploadFields: ['AlarmTarget', 'ReportTarget'],
    editions: only2005,
  },
  {
    cn: '1032',
    zh: '设置上位机地址',
    en: 'set host address',
    down: 'request',
    requestFields: ['AlarmTarget', 'ReportTarget'],
    editions: only2005,
  },
  {
    cn: '1041',
    zh: '提取数据上报时间',
    en: 'get report time',
    down: 'request',
    up: 'upload',
    uploadFields: ['ReportTime'],
    editions: only2005,
  },
  {
    cn: '1042',
    zh: '设置数据上报时间',
    en: 'set report time',
    down: 'request',
    requestFields: ['ReportTime'],
    editions: only2005,
  },
  {
    cn: '1061',
    zh: '提取/上传实时数据间隔',
    en: 'get real-time interval',
    down: 'request',
    up: 'upload',
    uploadFields: ['RtdInterval'],
    editions: all,
  },
  {
    cn: '1062',
    zh: '设置实时数据间隔',
    en: 'set real-time interval',
    down: 'request',
    requestFields: ['RtdInterval'],
    editions: all,
  },
  {
    cn: '1063',
    zh: '提取/上传分钟数据间隔',
    en: 'get minute interval',
    down: 'request',
    up: 'upload',
    uploadFields: ['MinInterval'],
    editions: from2017,
  },
  {
    cn: '1064',
    zh: '设置分钟数据间隔',
    en: 'set minute interval',
    down: 'request',
    requestFields: ['MinInterval'],
    editions: from2017,
  },
  {
    cn: '1072',
    zh: '设置现场机密码',
    en: 'set password',
    down: 'request',
    requestFields: ['NewPW'],
    editions: all,
  },
  {
    cn: '2011',
    zh: '取/上传污染物实时数据',
    en: 'real-time data',
    down: 'request',
    up: 'upload',
    uploadFields: ['DataTime', '*-Rtd', '*-ZsRtd', '*-Flag', '*-EFlag', '*-SampleTime'],
    editions: all,
  },
  { cn: '2012', zh: '停止察看污染物实时数据', en: 'stop real-time data', down: 'notify', editions: all },
  {
    cn: '2013',
    zh: '取/上传原始监测数据',
    en: 'raw periodic data',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: ['DataTime', '*-SampleTime', '*-CompleteTime', '*-SampleType', '*-Avg', '*-Flag'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '2021',
    zh: '取/上传设备运行状态数据',
    en: 'facility state',
    down: 'request',
    up: 'upload',
    uploadFields: ['DataTime', '*-RS'],
    editions: all,
  },
  { cn: '2022', zh: '停止察看设备运行状态', en: 'stop facility state', down: 'notify', editions: all },
  {
    cn: '2031',
    zh: '取/上传污染物日历史数据',
    en: 'day data',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: [...interval, '*-Data', '*-DayData', '*-NightData'],
    editions: all,
  },
  {
    cn: '2041',
    zh: '取/上传设备运行时间日历史数据',
    en: 'facility hours of the day',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: ['DataTime', '*-RT'],
    editions: all,
  },
  {
    cn: '2051',
    zh: '取/上传污染物分钟数据',
    en: 'minute data',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: interval,
    editions: all,
  },
  {
    cn: '2052',
    zh: '上传噪声单次测量数据',
    en: 'single noise measurement',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: ['DataTime', '*-Data'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '2061',
    zh: '取/上传污染物小时数据',
    en: 'hour data',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: interval,
    editions: all,
  },
  {
    cn: '2062',
    zh: '上传自动标样核查（校准）数据',
    en: 'automatic standard check',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: ['DataTime', '*-SampleRd', '*-StandardValue', '*-ResultType'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '2071',
    zh: '取/上传污染物报警记录',
    en: 'alarm records',
    down: 'request',
    up: 'upload',
    requestFields: period,
    uploadFields: ['AlarmTime', 'AlarmType', '*-Ala'],
    editions: only2005,
  },
  {
    cn: '2072',
    zh: '上传报警事件',
    en: 'alarm event',
    up: 'notify',
    uploadFields: ['AlarmTime', 'AlarmType', '*-Ala'],
    editions: only2005,
  },
  {
    cn: '2081',
    zh: '上传数采仪开机时间',
    en: 'logger start',
    up: 'upload',
    uploadFields: ['DataTime', 'RestartTime'],
    editions: all,
  },
  {
    cn: '2111',
    zh: '上传炉膛温度5分钟均值',
    en: 'furnace temperature, 5 min',
    up: 'upload',
    uploadFields: ['DataTime', 'a01901-Avg'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '3011',
    zh: '零点校准量程校准',
    en: 'zero and span calibration',
    down: 'request',
    requestFields: ['PolId', 'CalibrationType'],
    editions: all,
  },
  { cn: '3012', zh: '即时采样', en: 'sample now', down: 'request', requestFields: ['PolId'], editions: all },
  {
    cn: '3013',
    zh: '启动清洗/反吹',
    en: 'clean, blow back',
    down: 'request',
    requestFields: ['PolId'],
    editions: all,
  },
  {
    cn: '3014',
    zh: '比对采样',
    en: 'comparison sampling',
    down: 'request',
    requestFields: ['PolId'],
    editions: ['2005', '2017'],
  },
  {
    cn: '3015',
    zh: '超标留样',
    en: 'retain sample on exceedance',
    down: 'request',
    up: 'upload',
    uploadFields: ['DataTime', 'VaseNo'],
    editions: ['2017'],
  },
  {
    cn: '3016',
    zh: '设置采样时间周期',
    en: 'set sampling cycle',
    down: 'request',
    requestFields: ['PolId', 'CstartTime', 'CTime'],
    editions: ['2017'],
  },
  {
    cn: '3017',
    zh: '提取采样时间周期',
    en: 'get sampling cycle',
    down: 'request',
    up: 'upload',
    requestFields: ['PolId'],
    uploadFields: ['PolId', 'CstartTime', 'CTime'],
    editions: ['2017'],
  },
  {
    cn: '3018',
    zh: '提取出样时间',
    en: 'time to result',
    down: 'request',
    up: 'upload',
    requestFields: ['PolId'],
    uploadFields: ['PolId', 'Stime'],
    editions: from2017,
  },
  {
    cn: '3019',
    zh: '提取设备唯一标识',
    en: 'instrument serial',
    down: 'request',
    up: 'upload',
    requestFields: ['PolId'],
    uploadFields: ['DataTime', 'PolId', '*-SN'],
    editions: from2017,
  },
  {
    cn: '3020',
    zh: '提取/上传现场机信息',
    en: 'field information',
    down: 'request',
    up: 'upload',
    requestFields: ['PolId', 'InfoId', 'BeginTime', 'EndTime'],
    uploadFields: ['DataTime', 'PolId', '*-Info'],
    editions: from2017,
  },
  {
    cn: '3021',
    zh: '设置现场机参数',
    en: 'set parameter',
    down: 'request',
    requestFields: ['PolId', 'InfoId', '*-Info'],
    editions: from2017,
  },
  {
    cn: '3022',
    zh: '下发即时留样任务',
    en: 'retain sample now',
    down: 'request',
    requestFields: ['PolId'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '3024',
    zh: '启动自动标样核查',
    en: 'start standard check',
    down: 'request',
    requestFields: ['PolId'],
    editions: only2025,
    status: 'unverified',
  },
  {
    cn: '9011',
    zh: '请求应答',
    en: 'answer to a request',
    down: 'reply',
    up: 'reply',
    uploadFields: ['QnRtn'],
    editions: all,
  },
  {
    cn: '9012',
    zh: '执行结果',
    en: 'result of the execution',
    up: 'reply',
    uploadFields: ['ExeRtn'],
    editions: all,
  },
  { cn: '9013', zh: '通知应答', en: 'answer to a notify', down: 'reply', up: 'reply', editions: all },
  { cn: '9014', zh: '数据应答', en: 'answer to data', down: 'reply', up: 'reply', editions: all },
  { cn: '9015', zh: '心跳包', en: 'heartbeat', up: 'notify', editions: only2025, status: 'unverified' },
]

const upKinds = new Map<string, CommandKind>()
const downKinds = new Map<string, CommandKind>()
for (const row of commands) {
  if (row.up && !upKinds.has(row.cn)) upKinds.set(row.cn, row.up)
  if (row.down && !downKinds.has(row.cn)) downKinds.set(row.cn, row.down)
}

/** What a message from a field machine is; undefined for an unknown CN, which is answered with QnRtn=8. */
export function uploadKind(cn: string): CommandKind | undefined {
  return upKinds.get(cn)
}

/** What a command of the host is; undefined for one that the table does not know. */
export function requestKind(cn: string): CommandKind | undefined {
  return downKinds.get(cn)
}

/** The row of a command in an edition; the first known row when that edition lacks it. */
export function commandRow(cn: string, edition?: Edition): CommandRow | undefined {
  const rows = commands.filter((row) => row.cn === cn)
  return rows.find((row) => edition !== undefined && row.editions.includes(edition)) ?? rows[0]
}

/** Data commands that carry values of a period of time, and the period. 2013, 2052 and 2062 are single measurements. */
export const periodOfCommand: Readonly<Record<string, 'rt' | 'min' | 'hour' | 'day'>> = {
  '2011': 'rt',
  '2051': 'min',
  '2061': 'hour',
  '2031': 'day',
}

/** Commands that change what a device is or reveals: never sent without a second approval. */
export const dangerousCommands: ReadonlySet<string> = new Set(['1072', '1002', '1014', '3021'])
