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

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema)
  return (value: unknown) => {
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
