/** Shapes of requests are checked by TypeBox; parameters in the address are text and are converted first. */
import type { FastifySchemaCompiler } from 'fastify'
import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

export class ShapeError extends Error {
  readonly errors: readonly { path: string; message: string }[]
  constructor(part: string, errors: readonly { path: string; message: string }[]) {
    super(`${part}: ${errors.map((e) => `${e.path} ${e.message}`).join('; ')}`)
    this.name = 'ShapeError'
    this.errors = errors
  }
}

const reportedErrors = 50
/** The deepest of our own documents, a GeoJSON multi-polygon in a body, has six levels. */
const deepestLevel = 64

/**
 * What no request of ours holds and no schema says: nesting that exhausts a recursive reader's stack, and text that
 * PostgreSQL cannot store (U+0000, half a surrogate pair). Walks without recursion.
 */
function foreignMatter(part: string, value: unknown): ShapeError | undefined {
  const waiting: { at: unknown; path: string; level: number }[] = [{ at: value, path: part, level: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, path, level } = next
    if (typeof at === 'string') {
      if (!at.isWellFormed() || at.includes('\0'))
        return new ShapeError(part, [{ path, message: '含有不能存储的字符' }])
      continue
    }
    if (typeof at !== 'object' || at === null) continue
    if (level >= deepestLevel)
      return new ShapeError(part, [{ path: part, message: `嵌套超过 ${deepestLevel} 层` }])
    for (const [key, member] of Object.entries(at)) {
      waiting.push({ at: member, path: `${path}/${key}`, level: level + 1 })
    }
  }
  return undefined
}

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema)
  return (value: unknown) => {
    const foreign = foreignMatter(httpPart ?? 'request', value)
    if (foreign !== undefined) return { error: foreign }
    const filled = Value.Default(schema, value ?? (httpPart === 'body' ? undefined : {}))
    const converted = httpPart === 'body' ? filled : Value.Convert(schema, filled)
    if (check.Check(converted)) return { value: converted }
    const errors = check
      .Errors(converted)
      .slice(0, reportedErrors)
      .map((e) => ({ path: `${httpPart ?? ''}${e.instancePath}`, message: e.message }))
    return { error: new ShapeError(httpPart ?? 'request', errors) }
  }
}

/**
 * Answers are plain JSON; NaN comes out as null, as the contract wants a missing value. Under test every answer is
 * held against its schema, so that contract and server cannot drift apart.
 */
export const serializerCompiler =
  (checkAnswers: boolean): FastifySerializerCompiler<TSchema> =>
  ({ schema, url, method, httpStatus }) => {
    if (!checkAnswers) return (data: unknown) => JSON.stringify(data)
    const check = Compile(schema)
    return (data: unknown) => {
      const text = JSON.stringify(data) ?? ''
      const sent: unknown = text === '' ? null : JSON.parse(text)
      if (!check.Check(sent)) {
        const first = check.Errors(sent)[0]
        throw new Error(
          `${method} ${url} ${httpStatus}: answer breaks its contract at ${first?.instancePath}: ${first?.message}`,
        )
      }
      return text
    }
  }
