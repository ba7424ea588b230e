/** OpenAPI 3.1 from the route schemas, and a page of it that needs no network. */
import swagger from '@fastify/swagger'
import { permissions } from '@shanshui/contract'
import type { FastifySchema, RouteOptions } from 'fastify'
import type { App } from './types.ts'

interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: unknown }[]
  requestBody?: { content?: Record<string, { schema?: unknown }> }
  responses: Record<string, { description?: string; content?: Record<string, unknown> }>
  security?: unknown[]
}
type Document = { paths?: Record<string, Record<string, Operation>> } & Record<string, unknown>

const responseTexts: Readonly<Record<string, string>> = {
  '200': '成功',
  '201': '已创建',
  '202': '已受理',
  '204': '成功，无内容',
  '4XX': '请求被拒绝：RFC 9457 problem+json，code 见错误代码表',
  '5XX': '服务暂时不可用或内部错误：RFC 9457 problem+json',
}

function polish(document: Document): Document {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const said = response.description
        if (said === undefined || said === '' || said === 'Default Response' || said.startsWith('RFC 9457')) {
          response.description = responseTexts[status] ?? '结果'
        }
        if (status === '204') delete response.content
        // A route that produces a file still refuses in the one form.
        const [refusal] = Object.values(response.content ?? {})
        if (/^[45]/.test(status) && refusal !== undefined)
          response.content = { 'application/problem+json': refusal }
      }
    }
  }
  return document
}

export async function registerOpenApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '山水 Shanshui',
        version,
        description: '生态环境局开放平台接口。时间为 ISO 8601；观测时间为时段起点；日期为北京时间的自然日。',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'shanshui_session',
            description: '网页登录；写操作另带请求头 x-csrf-token',
          },
          key: { type: 'http', scheme: 'bearer', description: '接口密钥' },
        },
      },
    },
    transform: ({ schema, url, route }: { schema?: FastifySchema; url: string; route: RouteOptions }) => {
      const config = route.config ?? {}
      const { permission } = config
      const notes = [
        schema?.description,
        permission === undefined ? undefined : `权限：${permission}（${permissions[permission].zh}）`,
      ]
      const security: Record<string, string[]>[] =
        config.public === true ? [] : [{ session: [] }, { key: [] }]
      return {
        schema: {
          ...schema,
          ...uploadBody(schema),
          description: notes.filter((note) => note !== undefined).join('\n\n') || undefined,
          security,
        },
        url,
      }
    },
    transformObject: (given) =>
      polish(
        ('openapiObject' in given ? given.openapiObject : given.swaggerObject) as unknown as Document,
      ) as never,
  })
  app.get('/api/v1/openapi.json', { schema: { hide: true }, config: { public: true } }, async () =>
    app.swagger(),
  )
  app.get('/api/v1/docs', { schema: { hide: true }, config: { public: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(app.swagger() as unknown as Document)),
  )
}

/** A form with a file is read as a stream, so it has no schema to check by; the document says what to send. */
function uploadBody(schema: FastifySchema | undefined): { body?: unknown } {
  if (schema?.body !== undefined || schema?.consumes?.[0] !== 'multipart/form-data') return {}
  const file = { type: 'string', format: 'binary', description: '文件' }
  return { body: { type: 'object', required: ['file'], properties: { file } } }
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
const jsonBlock = (title: string, value: unknown) =>
  value === undefined ? '' : `<h4>${title}</h4><pre>${escapeHtml(JSON.stringify(value, null, 1))}</pre>`

function operationHtml(path: string, method: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    (p) =>
      `<tr><td><code>${escapeHtml(p.name)}</code></td><td>${p.in}</td><td>${p.required === true ? '必填' : ''}</td>` +
      `<td><code>${escapeHtml(JSON.stringify(p.schema))}</code></td><td>${escapeHtml(p.description ?? '')}</td></tr>`,
  )
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  const ok = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
  const answer = Object.values(ok?.[1].content ?? {})[0]
  return (
    `<details id="${operation.operationId ?? ''}"><summary><b>${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code> ` +
    `${escapeHtml(operation.summary ?? '')}</summary><p>${escapeHtml(operation.description ?? '')}</p>` +
    (parameters.length > 0 ? `<table>${parameters.join('')}</table>` : '') +
    `${jsonBlock('请求体', body)}${jsonBlock(`${ok?.[0] ?? ''} 返回`, (answer as { schema?: unknown } | undefined)?.schema)}</details>`
  )
}

function docsPage(document: Document): string {
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? '其他'
      groups.set(tag, [...(groups.get(tag) ?? []), operationHtml(path, method, operation)])
    }
  }
  const sections = [...groups].map(([tag, items]) => `<h2>${escapeHtml(tag)}</h2>${items.join('')}`)
  return (
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>山水接口</title>` +
    `<style>body{font:15px/1.6 system-ui,sans-serif;max-width:70rem;margin:1.5rem auto;padding:0 1rem}summary{cursor:pointer;padding:.2rem 0}` +
    `pre{background:#f6f6f6;padding:.6rem;overflow:auto;max-height:24rem}td{padding:.1rem .8rem .1rem 0;vertical-align:top}</style>` +
    `<h1>山水接口</h1><p><a href="/api/v1/openapi.json">OpenAPI 3.1</a> · <a href="/problems">错误代码</a></p>${sections.join('')}</html>`
  )
}
