/** What a decision in the journal says about observations. The journal keeps these for ever: fields are only added. */
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const Scope = { regionCode: Type.Integer(), ownerId: Type.Integer() }
const Withdrawal = Type.Object({ action: Type.Literal('withdraw'), id: Type.String(), byName: Type.String() })

export const MarkDecision = Type.Union([
  Type.Object({
    action: Type.Literal('make'),
    pointId: Type.Integer(),
    ...Scope,
    fromMs: Type.Number(),
    toMs: Type.Number(),
    factors: Type.Union([Type.Array(Type.String()), Type.Null()]),
    byName: Type.String(),
  }),
  Withdrawal,
])
export type MarkDecision = Static<typeof MarkDecision>

export const SandDecision = Type.Union([
  Type.Object({
    action: Type.Literal('make'),
    cityId: Type.Integer(),
    pointIds: Type.Array(Type.Integer()),
    ...Scope,
    fromMs: Type.Number(),
    toMs: Type.Number(),
    factors: Type.Array(Type.String()),
    scope: Type.Union([Type.Literal('days'), Type.Literal('hours')]),
    byName: Type.String(),
  }),
  Withdrawal,
])
export type SandDecision = Static<typeof SandDecision>

export const ReviewDecision = Type.Object({
  level: Type.Union([Type.Literal('station'), Type.Literal('city'), Type.Literal('province')]),
  decision: Type.Union([Type.Literal('approve'), Type.Literal('return')]),
  byName: Type.String(),
  items: Type.Array(
    Type.Object({ pointId: Type.Integer(), ...Scope, date: Type.String(), seen: Type.String() }),
  ),
})
export type ReviewDecision = Static<typeof ReviewDecision>

export const decisionSchemas = { mark: MarkDecision, sand: SandDecision, review: ReviewDecision } as const

/** The body of a decision as its type says. @throws Error when the journal holds something else */
export function readBody<K extends keyof typeof decisionSchemas>(
  type: K,
  body: unknown,
): Static<(typeof decisionSchemas)[K]> {
  const schema = decisionSchemas[type]
  if (Value.Check(schema, body)) return body as Static<(typeof decisionSchemas)[K]>
  const faults = Value.Errors(schema, body).map((fault) => `${fault.instancePath} ${fault.message}`)
  throw new Error(`decision of type ${type} cannot be read: ${faults.join('; ')}`)
}
