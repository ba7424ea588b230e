/**
 * The catalogue of refusals. On the wire: RFC 9457 `application/problem+json`, type `/problems/<code>`.
 * `title` and `en` say what happened; `advice` says what to do, and is printed on the page of the code.
 * One block a room; a code is never renamed once released.
 */
export interface ErrorEntry {
  readonly status: number
  readonly title: string
  readonly en: string
  readonly advice: string
}

export const errorCatalogue = {
  // platform
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
  // identity
  'auth.required': {
    status: 401,
    title: '请先登录',
    en: 'Please log in',
    advice: '登录后再试。',
  },
  'auth.failed': {
    status: 401,
    title: '账号或密码不正确',
    en: 'Wrong login or password',
    advice: '核对账号和密码；连续五次错误会暂时锁定。',
  },
  'auth.locked': {
    status: 423,
    title: '账号已暂时锁定',
    en: 'The account is locked for a while',
    advice: '等锁定时间过后再试，或请管理员解锁。',
  },
  'auth.session-expired': {
    status: 401,
    title: '登录已过期',
    en: 'The session has expired',
    advice: '重新登录。',
  },
  'auth.api-key-invalid': {
    status: 401,
    title: '接口密钥无效',
    en: 'The API key is not valid',
    advice: '核对密钥，或在用户页面重新签发。',
  },
  'auth.csrf': {
    status: 403,
    title: '请求缺少防伪标记',
    en: 'The CSRF token is missing or wrong',
    advice: '刷新页面后重试；程序调用请改用接口密钥。',
  },
  'auth.forbidden': {
    status: 403,
    title: '没有权限',
    en: 'You may not do this',
    advice: '需要该权限时请联系管理员。',
  },
  'auth.password-change-required': {
    status: 403,
    title: '请先修改初始密码',
    en: 'Change the initial password first',
    advice: '修改密码后即可使用。',
  },
  'auth.password-weak': {
    status: 422,
    title: '密码强度不够',
    en: 'The password is too weak',
    advice: '至少 10 个字符，含大写字母、小写字母、数字、符号中的三类，且不含账号。',
  },
  'auth.password-wrong': {
    status: 422,
    title: '原密码不正确',
    en: 'The present password is wrong',
    advice: '核对原密码。',
  },
  'identity.user-unknown': {
    status: 404,
    title: '没有这个用户',
    en: 'No such user',
    advice: '刷新用户列表。',
  },
  'identity.organization-unknown': {
    status: 404,
    title: '没有这个单位',
    en: 'No such organization',
    advice: '刷新单位列表。',
  },
  'identity.login-taken': {
    status: 409,
    title: '账号已被使用',
    en: 'The login is taken',
    advice: '换一个账号。',
  },
  'identity.code-taken': {
    status: 409,
    title: '单位代码已被使用',
    en: 'The organization code is taken',
    advice: '换一个代码。',
  },
  'identity.self-change': {
    status: 409,
    title: '不能修改自己的角色或停用自己',
    en: 'You cannot change your own roles or disable yourself',
    advice: '请另一位管理员操作。',
  },
  'identity.scope-invalid': {
    status: 422,
    title: '数据范围不正确',
    en: 'The data scope is not valid',
    advice: '行政区代码为六位数字；企业用户的范围是本单位。',
  },
  'identity.key-unknown': {
    status: 404,
    title: '没有这个接口密钥',
    en: 'No such API key',
    advice: '刷新密钥列表。',
  },
  // registry
  'registry.kind-unknown': {
    status: 404,
    title: '没有这类对象',
    en: 'No such kind of feature',
    advice: '对象类型见 /api/v1/registry/kinds。',
  },
  'registry.feature-unknown': {
    status: 404,
    title: '没有这个对象',
    en: 'No such feature',
    advice: '对象可能不在您的数据范围内，或已停用。',
  },
  'registry.feature-invalid': {
    status: 422,
    title: '对象资料不符合要求',
    en: 'The feature does not fit its kind',
    advice: '按 errors 中列出的字段改正。',
  },
  'registry.code-taken': {
    status: 409,
    title: '同类对象的代码重复',
    en: 'The code is taken by another feature of this kind',
    advice: '换一个代码，或修改已有对象。',
  },
  'registry.code-merged': {
    status: 409,
    title: '该代码已并入另一个单位',
    en: 'The code was merged into another enterprise',
    advice: '按提示改用现行代码；确属两个单位时先撤销合并。',
  },
  'registry.merge-invalid': {
    status: 422,
    title: '不能这样合并',
    en: 'These enterprises cannot be merged like this',
    advice: '按 errors 中的说明处理后再合并。',
  },
  'registry.merge-unknown': {
    status: 404,
    title: '没有这次合并',
    en: 'No such merger',
    advice: '刷新合并记录。',
  },
  'registry.merge-undone': {
    status: 409,
    title: '这次合并已经撤销',
    en: 'The merger was undone already',
    advice: '刷新合并记录。',
  },
  'registry.enterprise-unknown': {
    status: 404,
    title: '没有这个排污单位',
    en: 'No such enterprise',
    advice: '单位可能不在您的数据范围内，或已并入其他单位。',
  },
  'registry.region-unknown': {
    status: 422,
    title: '没有这个行政区',
    en: 'No such region',
    advice: '行政区代码见 /api/v1/regions。',
  },
  'registry.file-unreadable': {
    status: 422,
    title: '文件读不出来',
    en: 'The file cannot be read',
    advice: '收 XLSX（第一张表，第一行为列名）和 GeoJSON FeatureCollection；模板可从导出得到。',
  },
  // notices
  'notice.unknown': {
    status: 404,
    title: '没有这条通知',
    en: 'No such notice',
    advice: '刷新通知列表。',
  },
  'notice.not-failed': {
    status: 409,
    title: '这条通知没有发送失败',
    en: 'The notice has not failed',
    advice: '只有失败的通知可以重发；刷新后再看状态。',
  },
  // intake
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
  // series
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
  // evaluation
  'figure.unknown': {
    status: 404,
    title: '没有这个数据项',
    en: 'No such figure',
    advice: '数据项可能不在您的数据范围内；从空气质量页面重新打开。',
  },
  'figure.day-outside': {
    status: 422,
    title: '日期不在数据项的时段内',
    en: 'The day is outside the period of the figure',
    advice: '时段见 detail；请选时段内的日期。',
  },
  'figure.record-unknown': {
    status: 404,
    title: '没有这条原始记录',
    en: 'No such raw record',
    advice: '核对记录号；记录号由小时值给出。',
  },
  'air.city-unknown': {
    status: 404,
    title: '没有可评价的城市',
    en: 'No city to evaluate',
    advice: '先在对象台账中登记城市（air-city）及其评价点位。',
  },
  'air.period-invalid': {
    status: 422,
    title: '时段不正确',
    en: 'The period is not valid',
    advice: '起始日期不晚于截止日期，截止日期不晚于昨天，时段不超过三年。',
  },
  'air.stations-invalid': {
    status: 422,
    title: '所选站点不属于该城市的评价点位',
    en: 'A chosen station is not an assessment station of the city',
    advice: '只能在该城市的评价点位中选择；清洁对照点等不参加评价。',
  },
  'evaluator.unknown': {
    status: 404,
    title: '没有这个评价方法',
    en: 'No such evaluator',
    advice: '评价方法见 /api/v1/evaluators。',
  },
  'evaluator.edition-unknown': {
    status: 422,
    title: '该评价方法没有这个版本',
    en: 'The evaluator has no such edition',
    advice: '可用的版本见评价方法的 editions。',
  },
  'evaluator.too-many': {
    status: 413,
    title: '一次提交的输入过多',
    en: 'Too many inputs in one request',
    advice: '每次至多 10000 条；更多的用命令行 shanshui evaluate。',
  },
  // sources
  'source.outlet-unknown': {
    status: 404,
    title: '没有这个排放口',
    en: 'No such outlet',
    advice: '排放口编号见污染源的排放口清单；企业用户只能看本企业的排放口。',
  },
  'source.range-invalid': {
    status: 422,
    title: '时段不正确',
    en: 'The range is not valid',
    advice: '起始早于截止，写日期或带时区的时刻；小时值一次至多 92 日。',
  },
  'source.hour-unknown': {
    status: 404,
    title: '该小时没有计算结果',
    en: 'The hour has not been evaluated',
    advice: '核对小时与因子；刚收到的数据在一分钟内算出。',
  },
  'source.mark-unknown': {
    status: 404,
    title: '没有这条标记',
    en: 'No such mark',
    advice: '刷新标记清单。',
  },
  'source.mark-invalid': {
    status: 422,
    title: '标记内容不正确',
    en: 'The mark is not valid',
    advice: '起始早于截止，不早于 90 日前，截止不晚于现在之后 90 日；标记代码见标记代码表，须适用于该口。',
  },
  'source.mark-decided': {
    status: 409,
    title: '标记已审核或已撤回',
    en: 'The mark has been reviewed or withdrawn',
    advice: '刷新后查看其当前状态；需要更改时重新申报。',
  },
  'source.exceedance-unknown': {
    status: 404,
    title: '没有这次超标',
    en: 'No such exceedance',
    advice: '刷新超标清单。',
  },
  'source.exceedance-wrong-state': {
    status: 409,
    title: '当前状态不能作此决定',
    en: 'The state does not allow the decision',
    advice: '已撤销的超标不能认定；标记时限内（C 级）的超标须待时限届满。',
  },
  'source.maintenance-unknown': {
    status: 404,
    title: '没有这条运维记录',
    en: 'No such maintenance record',
    advice: '刷新运维台账。',
  },
  'source.maintenance-invalid': {
    status: 422,
    title: '运维记录不正确',
    en: 'The maintenance record is not valid',
    advice: '起始不晚于截止，不在将来；比对须给出成对数值，校准须给出漂移。',
  },
  'source.setting-unknown': {
    status: 404,
    title: '没有这个判定参数',
    en: 'No such setting',
    advice: '参数见判定参数表。',
  },
  'source.setting-invalid': {
    status: 422,
    title: '判定参数的值不正确',
    en: 'The value of the setting is not valid',
    advice: '数值须在参数允许的范围内。',
  },
  // targets
  'target.unknown': {
    status: 404,
    title: '没有这个目标',
    en: 'No such target',
    advice: '刷新目标列表。',
  },
  'target.indicator-unknown': {
    status: 422,
    title: '不能以该指标设定目标',
    en: 'A target cannot be set on this indicator',
    advice: '可用的指标见目标列表的 indicators。',
  },
  'target.exists': {
    status: 409,
    title: '该指标当年已有目标',
    en: 'The indicator has a target for the year already',
    advice: '修改已有目标，或先撤销。',
  },
  'target.changed-meanwhile': {
    status: 412,
    title: '目标已被他人修改',
    en: 'Somebody else changed the target first',
    advice: '刷新后在最新内容上修改。',
  },
  // reports
  'report.unknown': {
    status: 404,
    title: '没有这份报告',
    en: 'No such report',
    advice: '刷新报告列表。',
  },
  'report.frozen': {
    status: 409,
    title: '报告已定稿，不能修改',
    en: 'The report is frozen and cannot be changed',
    advice: '需要更正时另起草一份，两份都会保留。',
  },
  'report.stale': {
    status: 409,
    title: '报告中有过期数据项，不能定稿',
    en: 'The report has stale figures and cannot be frozen',
    advice: '先更新草稿，核对变化后再定稿。',
  },
  'report.changed-meanwhile': {
    status: 412,
    title: '草稿已被他人修改',
    en: 'Somebody else changed the draft first',
    advice: '刷新后核对最新内容再定稿。',
  },
  'report.no-data': {
    status: 422,
    title: '数据不足，不能起草报告',
    en: 'There are not enough data to draft the report',
    advice: '先导入该年及上年的数据。',
  },
  // demo
  'demo.folder-foreign': {
    status: 409,
    title: '不是演示城市的数据目录',
    en: 'Not a data folder of the demo city',
    advice: '用 --data 另选目录；该目录不会被清空。',
  },
  'demo.port-taken': {
    status: 409,
    title: '端口已被占用',
    en: 'The port is taken',
    advice: '用 --port 或 --gateway-port 换一个端口，或先停止占用它的程序。',
  },
  'demo.load-failed': {
    status: 500,
    title: '演示城市装载失败',
    en: 'The demo city could not be loaded',
    advice: '用 --fresh 重新装载；仍不成功时查看数据目录中的 server.log。',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCatalogue
export const errorCodes = Object.keys(errorCatalogue) as ErrorCode[]
