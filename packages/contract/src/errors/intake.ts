/** Frames, files, journal. */
import type { ErrorEntry } from './entry.ts'

export const intakeErrors = {
  'intake.station-unknown': {
    status: 404,
    title: '没有这个联网站点',
    en: 'No such field machine',
    advice: '核对 MN；先在联网站点中登记。',
  },
  'intake.password-required': {
    status: 422,
    title: '登记新站点必须给出访问密码',
    en: 'A new field machine needs a password',
    advice: '填写数采仪中设置的六位访问密码。',
  },
  'intake.quarantine-unknown': {
    status: 404,
    title: '没有这条隔离报文',
    en: 'No such quarantined frame',
    advice: '刷新隔离清单。',
  },
  'intake.quarantine-selection-empty': {
    status: 422,
    title: '没有选中隔离报文',
    en: 'No quarantined frame was selected',
    advice: '选择报文，或指定 MN。',
  },
  'intake.command-range-invalid': {
    status: 422,
    title: '补传起止时间不正确',
    en: 'The range of the re-query is not valid',
    advice: '起始时间不晚于结束时间，一次不超过 31 天。',
  },
  'intake.gateway-not-running': {
    status: 503,
    title: '网关没有运行',
    en: 'The gateway is not running',
    advice: '先启动网关进程（shanshui serve）。',
  },
  'intake.import-unknown': {
    status: 404,
    title: '没有这次导入',
    en: 'No such import',
    advice: '刷新导入记录。',
  },
  'intake.import-finished': {
    status: 409,
    title: '导入已经结束，不能取消',
    en: 'The import has ended',
    advice: '需要时重新上传。',
  },
  'intake.file-missing': {
    status: 422,
    title: '没有收到文件',
    en: 'No file was received',
    advice: '用 multipart/form-data 上传，字段名为 file。',
  },
  'intake.file-empty': {
    status: 422,
    title: '文件是空的',
    en: 'The file is empty',
    advice: '检查文件后重新上传。',
  },
  'intake.file-unreadable': {
    status: 422,
    title: '文件读不出来',
    en: 'The file cannot be read',
    advice: '收 CSV（UTF-8 或 GB18030）和 XLSX；列名见导入说明。',
  },
  'intake.header-unknown': {
    status: 422,
    title: '认不出表头',
    en: 'The header is not known',
    advice:
      '空气小时数据的表头为 date,hour,type,站点… 或 date,hour,site,因子…；对标城市为 period,city,index。',
  },
  'intake.journal-day-unknown': {
    status: 404,
    title: '账本中没有这一天',
    en: 'The journal has no such day',
    advice: '选择有记录的日期。',
  },
  'intake.journal-day-open': {
    status: 409,
    title: '当天还在记账，不能封存',
    en: 'The day is still being written',
    advice: '次日零时以后再封存。',
  },
  'intake.journal-damaged': {
    status: 422,
    title: '账本或证据包已损坏',
    en: 'The journal or evidence bundle is damaged',
    advice: '不符之处见 detail；保全现场并与备份核对。',
  },
  'intake.record-unknown': {
    status: 404,
    title: '账本中没有这条记录',
    en: 'No such journal record',
    advice: '记录编号取自观测值的 msg。',
  },
  'intake.planned-stop-invalid': {
    status: 422,
    title: '计划停运时段不正确',
    en: 'The planned stop is not valid',
    advice: '起始时间必须早于结束时间。',
  },
} as const satisfies Record<string, ErrorEntry>
