/** Notices to people: in the application always; by e-mail, WeCom and SMS when the operator has configured them. */
import { type Static, Type } from 'typebox'
import { Id, IdParams, Instant, NoContent, Nullable, Page, pageQuery, problemResponses } from './common.ts'

export const noticeChannels = ['email', 'wecom', 'sms'] as const
export type NoticeChannel = (typeof noticeChannels)[number]
export const deliveryStates = ['queued', 'sent', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export const Notice = Type.Object({
  id: Id,
  topic: Type.String({ description: '如 lead、exceedance、obligation' }),
  title: Type.String(),
  body: Type.String(),
  link: Nullable(Type.String({ description: 'address inside the web application' })),
  at: Instant,
  readAt: Nullable(Instant),
})
export type Notice = Static<typeof Notice>

const tags = ['通知 Notices']
export const listNotices = {
  operationId: 'listNotices',
  summary: '我的通知',
  tags,
  querystring: Type.Object({ ...pageQuery, unread: Type.Optional(Type.Boolean()) }),
  response: {
    200: Type.Interface([Page(Notice)], { unread: Type.Integer({ description: '未读条数' }) }),
    ...problemResponses,
  },
} as const
export const readNotices = {
  operationId: 'readNotices',
  summary: '标为已读',
  description: '给出 ids，或用 upTo 把编号不大于它的全部标为已读。',
  tags,
  body: Type.Object(
    {
      ids: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
      upTo: Type.Optional(Id),
    },
    { additionalProperties: false },
  ),
  response: { 200: Type.Object({ unread: Type.Integer() }), ...problemResponses },
} as const

export const Contact = Type.Object({
  email: Nullable(Type.String({ maxLength: 200, pattern: '^[^\\s@]+@[^\\s@]+$' })),
  phone: Nullable(Type.String({ maxLength: 20, pattern: '^\\+?[0-9]{5,19}$' })),
})
export type Contact = Static<typeof Contact>
export const getMyContact = {
  operationId: 'getMyContact',
  summary: '我的通知方式',
  tags,
  response: {
    200: Type.Interface([Contact], {
      channels: Type.Array(Type.Enum(noticeChannels), { description: '系统已配置的外部方式' }),
    }),
    ...problemResponses,
  },
} as const
export const putMyContact = {
  operationId: 'putMyContact',
  summary: '修改我的通知方式',
  tags,
  body: Type.Object({ ...Contact.properties }, { additionalProperties: false }),
  response: { 200: Contact, ...problemResponses },
} as const

export const Delivery = Type.Object({
  id: Id,
  noticeId: Id,
  channel: Type.Enum(noticeChannels),
  topic: Type.String(),
  title: Type.String(),
  to: Type.String({ description: '收件人，号码隐去中段' }),
  state: Type.Enum(deliveryStates),
  attempts: Type.Integer(),
  nextAt: Nullable(Instant),
  sentAt: Nullable(Instant),
  error: Nullable(Type.String()),
  createdAt: Instant,
})
export type Delivery = Static<typeof Delivery>
export const listDeliveries = {
  operationId: 'listDeliveries',
  summary: '发送队列',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    state: Type.Optional(Type.Enum(deliveryStates)),
    channel: Type.Optional(Type.Enum(noticeChannels)),
  }),
  response: { 200: Page(Delivery), ...problemResponses },
} as const
export const retryDelivery = {
  operationId: 'retryDelivery',
  summary: '重新发送',
  tags,
  params: IdParams,
  response: { 200: Delivery, ...problemResponses },
} as const
export const retryDeliveries = {
  operationId: 'retryDeliveries',
  summary: '重新发送全部失败的通知',
  tags,
  response: { 200: Type.Object({ count: Type.Integer() }), ...problemResponses },
} as const

export const ChannelStatus = Type.Object({
  channel: Type.Enum(noticeChannels),
  configured: Type.Boolean(),
  target: Nullable(Type.String({ description: '服务器地址，不含密码' })),
  queued: Type.Integer(),
  sent: Type.Integer(),
  failed: Type.Integer(),
  lastSentAt: Nullable(Instant),
  lastError: Nullable(Type.String()),
  lastErrorAt: Nullable(Instant),
})
export type ChannelStatus = Static<typeof ChannelStatus>
export const listChannels = {
  operationId: 'listChannels',
  summary: '通知方式的配置与状态',
  tags,
  response: { 200: Type.Object({ items: Type.Array(ChannelStatus) }), ...problemResponses },
} as const
export const sendTestNotice = {
  operationId: 'sendTestNotice',
  summary: '给自己发一条测试通知',
  tags,
  response: { 204: NoContent, ...problemResponses },
} as const
