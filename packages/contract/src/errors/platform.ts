/** The platform itself: requests, sessions of jobs, database, configuration. */
import type { ErrorEntry } from './entry.ts'

export const platformErrors = {
  'request.invalid': {
    status: 400,
    title: '请求格式不正确',
    en: 'The request has the wrong shape',
    advice: '按 errors 中列出的字段逐项改正后重新提交。',
  },
  'request.route-unknown': {
    status: 404,
    title: '没有这个地址',
    en: 'No such address',
    advice: '检查地址；接口清单见 /api/v1/docs。',
  },
  'request.body-too-large': {
    status: 413,
    title: '提交内容超过上限',
    en: 'The body is larger than the stated limit',
    advice: '把文件分成几份提交，或由管理员调高上限。',
  },
  'request.unsupported-media': {
    status: 415,
    title: '不支持的内容类型',
    en: 'The content type is not supported',
    advice: '接口收 application/json；上传文件用 multipart/form-data。',
  },
  'request.too-many': {
    status: 429,
    title: '请求过于频繁',
    en: 'Too many requests',
    advice: '等待 Retry-After 指出的秒数后再试。',
  },
  'request.timeout': {
    status: 503,
    title: '处理超时',
    en: 'The request took longer than the stated limit',
    advice: '缩小查询范围后再试。',
  },
  'request.cursor-invalid': {
    status: 400,
    title: '翻页标记无效',
    en: 'The page cursor cannot be read',
    advice: '从第一页重新查询。',
  },
  'request.changed-meanwhile': {
    status: 412,
    title: '内容已被他人修改',
    en: 'Somebody else changed it first',
    advice: '刷新后在最新内容上修改。',
  },
  'server.bug': {
    status: 500,
    title: '系统内部错误',
    en: 'The server has a fault',
    advice: '把 instance 中的请求编号告诉管理员，日志按该编号可查。',
  },
  'server.stopping': {
    status: 503,
    title: '服务正在停止',
    en: 'The server is stopping',
    advice: '稍后再试。',
  },
  'database.unavailable': {
    status: 503,
    title: '数据库暂时不可用',
    en: 'The database does not answer',
    advice: '稍后再试；持续出现时用 shanshui doctor 检查。',
  },
  'database.directory-in-use': {
    status: 503,
    title: '数据目录正被另一个服务使用',
    en: 'The data directory is in use by another server',
    advice: '先停止占用目录的进程，或换一个数据目录（SHANSHUI_DATA_DIR）。',
  },
  'database.too-old': {
    status: 503,
    title: '数据库版本过低',
    en: 'The PostgreSQL server is too old',
    advice: '需要 PostgreSQL 15 或更新版本。',
  },
  'migration.changed': {
    status: 503,
    title: '已执行的迁移脚本被改动',
    en: 'A migration that was already applied has been changed',
    advice: '恢复原来的迁移脚本；结构改动写进新的迁移。',
  },
  'migration.newer': {
    status: 503,
    title: '数据库由更新的版本建立',
    en: 'The database was made by a newer release',
    advice: '升级程序后再启动。',
  },
  'migration.not-allowed': {
    status: 503,
    title: '数据库用户权限不足，不能升级结构',
    en: 'The database user may not change the structure',
    advice: '按 detail 中的说明由数据库管理员授权后重试。',
  },
  'job.unknown': {
    status: 404,
    title: '没有这个任务',
    en: 'No such job',
    advice: '刷新任务列表。',
  },
  'job.finished': {
    status: 409,
    title: '任务已经结束，不能取消',
    en: 'The job has ended and cannot be cancelled',
    advice: '需要时重新发起任务。',
  },
  'event.topic-invalid': {
    status: 400,
    title: '订阅主题不正确',
    en: 'The topic cannot be subscribed to',
    advice: 'topics 用逗号分隔，只含小写字母、数字、点、冒号和连字符。',
  },
} as const satisfies Record<string, ErrorEntry>
