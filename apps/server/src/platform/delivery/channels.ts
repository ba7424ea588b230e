/** Ways out of the house: each takes one message to one address, and says whether a failure is worth another try. */
import type { NoticeChannel } from '@shanshui/contract'
import nodemailer from 'nodemailer'
import type { Config } from '../config/index.ts'

interface OutgoingMessage {
  readonly to: string
  readonly title: string
  readonly body: string
  /** Full address of a page, when the operator has said where the platform is reached. */
  readonly url: string | null
  /** The same for every try of one delivery, so that a receiver can know a repetition. */
  readonly id: string
}

interface Channel {
  /** Where it sends, for people; without passwords and tokens. */
  readonly target: string
  /** Errors: `DeliveryError`. */
  send(message: OutgoingMessage): Promise<void>
  close(): void
}

export class DeliveryError extends Error {
  /** Another try cannot help, e.g. the mailbox does not exist. */
  readonly permanent: boolean
  constructor(message: string, permanent: boolean) {
    super(message)
    this.name = 'DeliveryError'
    this.permanent = permanent
  }
}

const timeoutMs = 15_000

const textOf = ({ title, body, url }: OutgoingMessage): string =>
  [title, body, url].filter((part) => part !== null && part !== '').join('\n')

/** Mail by SMTP. RFC 5321, 4.2.1: a reply 5yz is permanent. */
function emailChannel(smtpUrl: string, from: string): Channel {
  const address = new URL(smtpUrl)
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  return {
    target: `${address.protocol}//${address.host}`,
    async send(message) {
      try {
        await transport.sendMail({
          from,
          to: message.to,
          subject: message.title,
          text: textOf(message),
          messageId: `<${message.id}@${from.replace(/^.*@|>.*$/g, '')}>`,
        })
      } catch (error) {
        const code = (error as { responseCode?: number }).responseCode
        const reason = error instanceof Error ? error.message : String(error)
        throw new DeliveryError(reason, code !== undefined && code >= 500 && code < 600)
      }
    },
    close: () => transport.close(),
  }
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<string> {
  let answer: Response
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
  } catch (error) {
    const cause =
      error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : error
    throw new DeliveryError(`连不上 ${new URL(url).host}：${String(cause)}`, false)
  }
  const text = (await answer.text()).slice(0, 2_000)
  if (answer.ok) return text
  // RFC 9110, 15.5: the request itself is at fault, except for "too many" and "timeout".
  const permanent = answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status)
  throw new DeliveryError(`${new URL(url).host} 答复 ${answer.status}：${text.slice(0, 200)}`, permanent)
}

/** Group robot of WeCom (企业微信群机器人): text message; `errcode` 0 is success. */
function wecomChannel(webhookUrl: string): Channel {
  return {
    target: new URL(webhookUrl).host,
    async send(message) {
      const text = await post(
        webhookUrl,
        JSON.stringify({ msgtype: 'text', text: { content: textOf(message) } }),
        {},
      )
      let answer: { errcode?: number; errmsg?: string }
      try {
        answer = JSON.parse(text) as typeof answer
      } catch {
        throw new DeliveryError(`企业微信答复不是 JSON：${text.slice(0, 200)}`, false)
      }
      if (answer.errcode !== 0)
        throw new DeliveryError(`企业微信答复 ${answer.errcode}：${answer.errmsg ?? ''}`, false)
    },
    close: () => undefined,
  }
}

/**
 * SMS by an HTTP gateway of the operator's choice: `template` is the JSON body, in which {phone}, {text}, {title} and
 * {id} are replaced inside the strings.
 */
function smsChannel(url: string, token: string, template: string): Channel {
  const shape: unknown = JSON.parse(template)
  return {
    target: new URL(url).host,
    async send(message) {
      const words: Record<string, string> = {
        phone: message.to,
        text: textOf(message).replaceAll('\n', ' '),
        title: message.title,
        id: message.id,
      }
      const fill = (value: unknown): unknown => {
        if (typeof value === 'string') return value.replace(/\{(\w+)\}/g, (all, key) => words[key] ?? all)
        if (Array.isArray(value)) return value.map(fill)
        if (typeof value !== 'object' || value === null) return value
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]))
      }
      await post(url, JSON.stringify(fill(shape)), token === '' ? {} : { authorization: `Bearer ${token}` })
    },
    close: () => undefined,
  }
}

export type Channels = Partial<Readonly<Record<NoticeChannel, Channel>>>

/** The channels that the operator has configured; none by default. */
export function channelsOf(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'wecomWebhookUrl' | 'smsUrl' | 'smsToken' | 'smsTemplate'>,
): Channels {
  return {
    ...(config.smtpUrl === '' ? {} : { email: emailChannel(config.smtpUrl, config.mailFrom) }),
    ...(config.wecomWebhookUrl === '' ? {} : { wecom: wecomChannel(config.wecomWebhookUrl) }),
    ...(config.smsUrl === '' ? {} : { sms: smsChannel(config.smsUrl, config.smsToken, config.smsTemplate) }),
  }
}
