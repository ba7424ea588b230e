/**
 * Every setting of the product: one schema with default, unit and a sentence for each key. Read once at start
 * from `shanshui.config.json` and the environment (`SHANSHUI_HTTP_PORT` is `httpPort`); all faults are reported
 * together. This file and main.ts are the only ones that read the environment.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ConfigEntry } from '@shanshui/contract'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'

interface KeyOptions {
  readonly unit?: string
  readonly secret?: boolean
  readonly min?: number
  readonly max?: number
  /** Further environment names, tried after SHANSHUI_<KEY>. */
  readonly aliases?: readonly string[]
}
const text = (defaultValue: string, description: string, options: KeyOptions = {}) =>
  Type.String({
    default: defaultValue,
    description,
    'x-unit': options.unit,
    'x-secret': options.secret,
    'x-aliases': options.aliases,
  })
const whole = (defaultValue: number, description: string, options: KeyOptions = {}) =>
  Type.Integer({
    default: defaultValue,
    description,
    minimum: options.min ?? 0,
    maximum: options.max ?? 2_147_483_647,
    'x-unit': options.unit,
  })
const flag = (defaultValue: boolean, description: string) =>
  Type.Boolean({ default: defaultValue, description })

export const configSchema = Type.Object(
  {
    dataDir: text(
      '.shanshui',
      '数据目录：内置数据库、锁文件和密码文件。 Folder of the embedded database, its lock and password.',
    ),
    databaseUrl: text(
      '',
      'PostgreSQL 15 及以上的连接地址；留空则用内置的 PostgreSQL 18。 Empty: embedded PostgreSQL.',
      {
        secret: true,
        aliases: ['DATABASE_URL'],
      },
    ),
    databasePoolSize: whole(12, '到数据库的连接数上限。 Connections of the pool.', {
      unit: '个',
      min: 2,
      max: 500,
    }),
    postgresBin: text(
      '',
      '自备 PostgreSQL 程序（initdb、postgres）所在目录；留空用自带的。 Folder of initdb and postgres.',
    ),
    httpHost: text(
      '127.0.0.1',
      '网页与接口监听地址；对外服务时设为 0.0.0.0。 Address the web and API listen on.',
    ),
    httpPort: whole(8080, '网页与接口监听端口；0 由系统选。 Port of the web and API.', { max: 65_535 }),
    trustProxy: flag(
      false,
      '前面有反向代理时设为 true，按 X-Forwarded-* 识别来源。 Trust X-Forwarded-* of a proxy.',
    ),
    webDir: text('', '网页文件目录；留空用自带的。 Folder of the built web application.'),
    gatewayHost: text(
      '127.0.0.1',
      '现场机接入（HJ 212）监听地址；接入设备时设为 0.0.0.0。 Address the HJ 212 gateway listens on.',
    ),
    gatewayPort: whole(8212, '现场机接入端口；0 由系统选。 Port of the HJ 212 gateway.', { max: 65_535 }),
    gatewayMaxConnections: whole(8000, '现场机连接数上限。 Connections the gateway accepts.', {
      unit: '个',
      min: 1,
    }),
    gatewayMaxConnectionsPerAddress: whole(2000, '同一来源地址的连接数上限。 Connections per address.', {
      unit: '个',
      min: 1,
    }),
    gatewayIdleSeconds: whole(600, '现场机连接空闲多久后断开。 Idle connections are closed after.', {
      unit: '秒',
      min: 5,
    }),
    sessionHours: whole(12, '登录有效时间。 A login lasts at most.', { unit: '小时', min: 1, max: 720 }),
    sessionIdleMinutes: whole(120, '无操作多久后登录失效。 A login ends after inactivity of.', {
      unit: '分钟',
      min: 1,
      max: 43_200,
    }),
    loginMaxFailures: whole(5, '连续输错密码多少次后锁定。 Wrong passwords before lock-out.', {
      unit: '次',
      min: 1,
      max: 100,
    }),
    loginLockMinutes: whole(15, '锁定多久。 Lock-out lasts.', { unit: '分钟', min: 1, max: 10_080 }),
    rateLimitPerMinute: whole(3000, '同一来源每分钟的请求数上限。 Requests a minute per address.', {
      unit: '次',
      min: 1,
    }),
    loginRateLimitPerMinute: whole(30, '同一来源每分钟的登录次数上限。 Logins a minute per address.', {
      unit: '次',
      min: 1,
    }),
    bodyLimitKb: whole(1024, 'JSON 请求体上限。 Largest JSON body.', { unit: 'KiB', min: 16 }),
    uploadLimitMb: whole(256, '上传文件上限。 Largest uploaded file.', { unit: 'MiB', min: 1 }),
    evidenceLimitMb: whole(512, '一份证据材料的上限。 Largest file of evidence.', {
      unit: 'MiB',
      min: 1,
      max: 4096,
    }),
    evidenceOpenUploads: whole(20, '一人未完成的证据上传数上限。 Unfinished uploads of one person.', {
      unit: '个',
      min: 1,
      max: 1000,
    }),
    evidenceUploadHours: whole(
      72,
      '未完成的证据上传保留多久（自最后一片起）。 An unfinished upload is kept for.',
      {
        unit: '小时',
        min: 1,
        max: 720,
      },
    ),
    evidenceScanCommand: text(
      '',
      '查杀证据文件的命令，如 clamdscan --no-summary --fdpass；文件路径作为最后一个参数，退出码 0 无毒、1 有毒；留空不查杀。 Command that scans a file.',
    ),
    evidenceS3Endpoint: text(
      '',
      'S3 兼容对象存储的地址，如 http://10.1.2.3:9000；留空则证据文件存数据目录的 evidence。 S3-compatible store of evidence; empty: data folder.',
    ),
    evidenceS3Region: text('us-east-1', '对象存储的区域。 Region of the S3 store.'),
    evidenceS3Bucket: text('', '对象存储的桶；用对象存储时必填。 Bucket of the S3 store.'),
    evidenceS3Key: text('', '对象存储的访问密钥标识。 Access key id of the S3 store.'),
    evidenceS3Secret: text('', '对象存储的访问密钥。 Secret access key of the S3 store.', { secret: true }),
    publicComplaints: flag(
      true,
      '是否开放网上举报页面（/report）。 Whether the public may complain by the web.',
    ),
    publicComplaintsPerHour: whole(20, '同一来源每小时的网上举报数上限。 Complaints an hour per address.', {
      unit: '件',
      min: 1,
    }),
    publicComplaintsPerDay: whole(60, '同一来源每日的网上举报数上限。 Complaints a day per address.', {
      unit: '件',
      min: 1,
    }),
    publicComplaintsPerMinute: whole(60, '每分钟的网上举报总数上限。 Complaints a minute in all.', {
      unit: '件',
      min: 1,
    }),
    publicFormMinSeconds: whole(
      5,
      '打开举报页面后至少多久才能提交。 A form may be handed in no sooner than.',
      { unit: '秒', max: 600 },
    ),
    publicFormMinutes: whole(120, '举报页面打开后多久内有效。 A form may be handed in no later than.', {
      unit: '分钟',
      min: 5,
      max: 1440,
    }),
    publicRepeatMinutes: whole(
      30,
      '同一来源多久内再次提交同样内容时返回原编号。 The same text again within this time is the same ticket.',
      { unit: '分钟', max: 1440 },
    ),
    publicLookUpsPerMinute: whole(
      20,
      '同一来源每分钟查询办理情况的次数上限。 Look-ups a minute per address.',
      {
        unit: '次',
        min: 1,
      },
    ),
    requestTimeoutSeconds: whole(60, '一次请求的数据库语句时限。 Statement limit of a request.', {
      unit: '秒',
      min: 1,
    }),
    shutdownSeconds: whole(20, '停止时等待进行中工作的时限。 Grace for work in progress at shutdown.', {
      unit: '秒',
      min: 1,
    }),
    metricsToken: text(
      '',
      '读 /metrics 须带的 Bearer 令牌；留空则只许本机读。 Token for /metrics; empty: loopback only.',
      { secret: true },
    ),
    publicUrl: text(
      '',
      '平台对用户的地址，如 http://10.1.2.3:8080，用于外发通知中的链接；留空则不带链接。 Address of the platform in notices.',
    ),
    smtpUrl: text(
      '',
      '发邮件的服务器，如 smtps://user:password@mail.example.cn:465；留空不发邮件。 SMTP server for notices.',
      { secret: true },
    ),
    mailFrom: text(
      '',
      '通知邮件的发件人，如 shanshui@example.cn；发邮件时必填。 Sender of notices by e-mail.',
    ),
    wecomWebhookUrl: text('', '企业微信群机器人的 Webhook 地址；留空不发。 Webhook of a WeCom group robot.', {
      secret: true,
    }),
    smsUrl: text('', '短信网关的 HTTP 地址（POST JSON）；留空不发短信。 HTTP gateway for SMS.'),
    smsToken: text('', '短信网关的 Bearer 令牌；网关不需要时留空。 Bearer token of the SMS gateway.', {
      secret: true,
    }),
    smsTemplate: text(
      '{"phone":"{phone}","content":"{text}"}',
      '发给短信网关的 JSON；{phone}、{text}、{title}、{id} 由系统填入。 JSON body for the SMS gateway.',
    ),
    logLevel: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      default: 'info',
      description: '日志级别。 Log level.',
    }),
  },
  { additionalProperties: false },
)
export type Config = Static<typeof configSchema>
export type ConfigKey = keyof Config
type Source = ConfigEntry['source']

interface KeySchema {
  readonly type?: string
  readonly description: string
  readonly default: string | number | boolean
  readonly 'x-unit'?: string
  readonly 'x-secret'?: boolean
  readonly 'x-aliases'?: readonly string[]
}
const keys = Object.keys(configSchema.properties) as ConfigKey[]
const schemaOf = (key: ConfigKey) => configSchema.properties[key] as unknown as KeySchema & TSchema
const environmentName = (key: ConfigKey) => `SHANSHUI_${key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`

export const defaultConfig: Config = Value.Default(configSchema, {}) as Config

export interface LoadedConfig {
  readonly config: Config
  readonly sources: Readonly<Record<ConfigKey, Source>>
}

/** All faults of the configuration at once. */
export class ConfigError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(
      `配置有 ${faults.length} 处错误 (configuration faults):\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    )
    this.name = 'ConfigError'
    this.faults = faults
  }
}

function parseText(schema: KeySchema, value: string): unknown {
  if (schema.type === 'integer') return /^-?\d+$/.test(value.trim()) ? Number(value) : value
  if (schema.type === 'boolean')
    return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value
  return value
}

function readConfigFile(file: string, faults: string[]): Record<string, unknown> {
  if (!existsSync(file)) return {}
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed }
    faults.push(`${file}：应为一个 JSON 对象`)
  } catch (error) {
    faults.push(`${file}：不是合法的 JSON（${error instanceof Error ? error.message : String(error)}）`)
  }
  return {}
}

const isUrl = (text: string, ...protocols: readonly string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)

/** What the ways of sending notices need; found at start, not when the first notice is due. */
function noticeFaults(config: Config): string[] {
  const faults: string[] = []
  const { smtpUrl, mailFrom, wecomWebhookUrl, smsUrl, smsTemplate, publicUrl } = config
  if (smtpUrl !== '' && !isUrl(smtpUrl, 'smtp:', 'smtps:'))
    faults.push('smtpUrl：应以 smtp:// 或 smtps:// 开头')
  if (smtpUrl !== '' && !/^[^\s@]*@[^\s@]+$|<[^\s@]+@[^\s@]+>$/.test(mailFrom))
    faults.push('mailFrom：配置了 smtpUrl，应给出发件人邮箱')
  for (const [key, url] of Object.entries({ wecomWebhookUrl, smsUrl, publicUrl }))
    if (url !== '' && !isUrl(url, 'http:', 'https:')) faults.push(`${key}：应以 http:// 或 https:// 开头`)
  try {
    JSON.parse(smsTemplate)
  } catch {
    faults.push('smsTemplate：不是合法的 JSON')
  }
  return faults
}

function evidenceFaults(config: Config): string[] {
  const { evidenceS3Endpoint, evidenceS3Bucket, evidenceS3Key, evidenceS3Secret } = config
  if (evidenceS3Endpoint === '') return []
  const faults = isUrl(evidenceS3Endpoint, 'http:', 'https:')
    ? []
    : ['evidenceS3Endpoint：应以 http:// 或 https:// 开头']
  for (const [key, value] of Object.entries({ evidenceS3Bucket, evidenceS3Key, evidenceS3Secret }))
    if (value === '') faults.push(`${key}：配置了 evidenceS3Endpoint，应一并给出`)
  return faults
}

export interface ConfigInputs {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Values of command-line options; they win. */
  readonly overrides?: Partial<Config>
}

/**
 * Effective configuration: command options, then environment, then file, then default. `dataDir` and `webDir`
 * come out absolute. Errors: ConfigError with every fault.
 */
export function loadConfig(inputs: ConfigInputs = {}): LoadedConfig {
  const cwd = inputs.cwd ?? process.cwd()
  const environment = inputs.environment ?? process.env
  const faults: string[] = []
  const file = join(cwd, environment.SHANSHUI_CONFIG ?? 'shanshui.config.json')
  const fromFile = readConfigFile(resolve(cwd, file), faults)
  const values: Record<string, unknown> = {}
  const sources = {} as Record<ConfigKey, Source>
  for (const key of keys) {
    const schema = schemaOf(key)
    const names = [environmentName(key), ...(schema['x-aliases'] ?? [])]
    const named = names.find((name) => environment[name] !== undefined && environment[name] !== '')
    const override = inputs.overrides?.[key]
    let place = `默认值 ${key}`
    if (override !== undefined) {
      values[key] = override
      sources[key] = 'command'
      place = `选项 ${key}`
    } else if (named !== undefined) {
      values[key] = parseText(schema, environment[named] ?? '')
      sources[key] = 'environment'
      place = `环境变量 ${named}`
    } else if (key in fromFile) {
      values[key] = fromFile[key]
      sources[key] = 'file'
      place = `${file} 的 ${key}`
    } else {
      values[key] = schema.default
      sources[key] = 'default'
    }
    if (!Value.Check(schema, values[key])) {
      const shown = schema['x-secret'] === true ? '***' : JSON.stringify(values[key])
      const reason = Value.Errors(schema, values[key])[0]?.message ?? 'invalid'
      faults.push(`${place} = ${shown}：${reason}`)
    }
  }
  for (const key of Object.keys(fromFile)) {
    if (!(keys as string[]).includes(key)) faults.push(`${file}：没有名为 ${key} 的配置项`)
  }
  const known = new Set(keys.map(environmentName)).add('SHANSHUI_CONFIG')
  for (const name of Object.keys(environment)) {
    const internal = name.startsWith('SHANSHUI_TEST_') || name === 'SHANSHUI_CHROMIUM'
    if (name.startsWith('SHANSHUI_') && !known.has(name) && !internal)
      faults.push(`没有名为 ${name} 的环境变量配置项`)
  }
  if (faults.length === 0) faults.push(...noticeFaults(values as Config), ...evidenceFaults(values as Config))
  if (faults.length > 0) throw new ConfigError(faults)
  const config = values as Config
  config.dataDir = resolve(cwd, config.dataDir)
  if (config.webDir !== '') config.webDir = resolve(cwd, config.webDir)
  return { config, sources }
}

function shownValue(key: ConfigKey, value: Config[ConfigKey]): string {
  if (schemaOf(key)['x-secret'] !== true || value === '') return String(value)
  const hasAddress = key === 'databaseUrl' || key === 'smtpUrl'
  return hasAddress ? String(value).replace(/:\/\/([^:@/]*):[^@]*@/, '://$1:***@') : '***'
}

/** Effective values for people: secrets masked. */
export function maskedEntries(loaded: LoadedConfig): ConfigEntry[] {
  return keys.map((key) => ({
    key,
    environment: environmentName(key),
    value: shownValue(key, loaded.config[key]),
    source: loaded.sources[key],
    unit: schemaOf(key)['x-unit'] ?? null,
    description: schemaOf(key).description,
  }))
}

/** Markdown table of every key, for the operators' handbook. */
export function configTable(): string {
  const rows = keys.map((key) => {
    const schema = schemaOf(key)
    const value = schema.default === '' ? '（空）' : `\`${schema.default}\``
    return `| \`${key}\` | \`${environmentName(key)}\` | ${value} | ${schema['x-unit'] ?? ''} | ${schema.description} |`
  })
  return ['| 配置项 | 环境变量 | 默认值 | 单位 | 说明 |', '|---|---|---|---|---|', ...rows].join('\n')
}
