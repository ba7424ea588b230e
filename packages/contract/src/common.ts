/** Schemas that every room shares: problem document, page, ids and times. */
import { type Static, type TSchema, Type } from 'typebox'

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Address of the page that explains the code: /problems/<code>' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String({ description: 'urn:request:<request id>' })),
    code: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { additionalProperties: true, description: 'RFC 9457 problem document' },
)
export type Problem = Static<typeof Problem>

/** Every refusal answers with a problem document; rooms spread this into their `response`. */
export const problemResponses = { '4xx': Problem, '5xx': Problem } as const

export const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
/** GB/T 2260 code, six digits. */
export const RegionCode = Type.Integer({ minimum: 100_000, maximum: 999_999, description: 'GB/T 2260 code' })
/** Civil day in Asia/Shanghai, `YYYY-MM-DD`. */
export const DateString = Type.String({
  format: 'date',
  description: 'Civil day in Asia/Shanghai, YYYY-MM-DD',
})
/** Civil month in Asia/Shanghai, `YYYY-MM`. */
export const MonthString = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'YYYY-MM' })
/** Instant with offset, ISO 8601; an observation's time is the START of its period. */
export const Instant = Type.String({
  format: 'date-time',
  description: 'ISO 8601 with offset; an observation is named by the start of its period',
})
export const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() })
export type Bilingual = Static<typeof Bilingual>

export const IdParams = Type.Object({ id: Id })
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Keyset page: `next` goes back as `cursor` to get the following page; null at the end. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Nullable(Type.String()) })
export const maxPageSize = 1000
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
} as const

/** Filter: one enterprise, or one region. */
export const scopeQuery = {
  enterpriseId: Type.Optional(Id),
  regionCode: Type.Optional(RegionCode),
} as const

/** Answer without content. */
export const NoContent = Type.Null({ description: '无内容' })
