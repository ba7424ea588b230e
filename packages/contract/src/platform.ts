/** Jobs, events and health. */
import { type Static, Type } from 'typebox'
import { Id, Instant, Nullable, Page, Problem, pageQuery, problemResponses } from './common.ts'

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

export const Job = Type.Object({
  id: Id,
  name: Type.String(),
  title: Type.String({ description: '任务名称' }),
  state: Type.Enum(jobStates),
  progress: Type.Number({ minimum: 0, description: 'units done' }),
  total: Nullable(Type.Number({ description: 'units in all, null while unknown' })),
  message: Nullable(Type.String()),
  result: Type.Unknown({ description: 'what the job reports when done' }),
  error: Nullable(Problem),
  createdBy: Nullable(Type.Integer()),
  createdByName: Nullable(Type.String()),
  createdAt: Instant,
  startedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
  cancelRequested: Type.Boolean(),
  attempts: Type.Integer(),
})
export type Job = Static<typeof Job>

const tags = ['任务与事件 Jobs']
export const listJobs = {
  operationId: 'listJobs',
  summary: '任务列表',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    name: Type.Optional(Type.String({ maxLength: 80 })),
    state: Type.Optional(Type.Enum(jobStates)),
  }),
  response: { 200: Page(Job), ...problemResponses },
} as const
export const getJob = {
  operationId: 'getJob',
  summary: '任务进度',
  tags,
  params: Type.Object({ id: Id }),
  response: { 200: Job, ...problemResponses },
} as const
export const cancelJob = {
  operationId: 'cancelJob',
  summary: '取消任务',
  tags,
  params: Type.Object({ id: Id }),
  response: { 202: Job, ...problemResponses },
} as const
/** Event of topic `job:<id>` and `jobs`: the job as it stands. Other topics: see the rooms. */
export const subscribeEvents = {
  operationId: 'subscribeEvents',
  summary: '订阅实时事件（SSE）',
  description:
    '每条消息的 data 为 {topic, data}；主题 resync 表示可能漏了事件，应重新读取。每 15 秒一条注释行保持连接。',
  tags,
  querystring: Type.Object({ topics: Type.String({ minLength: 1, maxLength: 1000 }) }),
  response: { 200: Type.String({ description: 'text/event-stream' }), ...problemResponses },
} as const

export const Health = Type.Object({
  status: Type.Enum(['ok', 'failing']),
  version: Type.String(),
  checks: Type.Record(
    Type.String(),
    Type.Object({ ok: Type.Boolean(), detail: Type.Optional(Type.String()) }),
  ),
})
export type Health = Static<typeof Health>

export const ConfigEntry = Type.Object({
  key: Type.String(),
  environment: Type.String(),
  value: Type.String({ description: 'secrets are masked' }),
  source: Type.Enum(['default', 'file', 'environment', 'command']),
  unit: Nullable(Type.String()),
  description: Type.String(),
})
export type ConfigEntry = Static<typeof ConfigEntry>
export const getConfig = {
  operationId: 'getConfig',
  summary: '生效的系统配置',
  tags: ['系统 System'],
  response: { 200: Type.Object({ items: Type.Array(ConfigEntry) }), ...problemResponses },
} as const
export const getHealth = {
  operationId: 'getSystemHealth',
  summary: '系统运行状况',
  tags: ['系统 System'],
  response: { 200: Health, ...problemResponses },
} as const
