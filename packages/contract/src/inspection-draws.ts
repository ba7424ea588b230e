/** Draws of the double random inspection: chosen by a public seed, repeatable. */
import { type Static, Type } from 'typebox'
import {
  DateString,
  Id,
  IdParams,
  Instant,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
} from './common.ts'
import { closed, EnterpriseRef, Person, PoolKindSchema, tags, Version } from './inspection-terms.ts'
import { drawStates } from './inspection-words.ts'

export const DrawnUnit = Type.Object({
  enterprise: EnterpriseRef,
  officers: Type.Array(Person),
  reserveOfficer: Nullable(Person),
  taskId: Nullable(Id),
  visitedOn: Nullable(DateString),
})
export const Draw = Type.Object({
  id: Id,
  number: Type.String(),
  regionCode: RegionCode,
  kind: PoolKindSchema,
  quarter: Type.String(),
  state: Type.Enum(drawStates),
  rate: Nullable(Type.Number()),
  quota: Type.Integer(),
  poolSize: Type.Integer(),
  drawnAt: Instant,
  drawnBy: Type.String(),
  frozenAt: Nullable(Instant),
  publishedAt: Nullable(Instant),
  publishBy: Nullable(DateString),
  algorithm: Type.String(),
  publicRandomness: Type.String(),
  unitPoolHash: Type.String(),
  officerPoolHash: Type.String(),
  unitSeed: Type.String(),
  officerSeed: Type.String(),
  version: Type.Integer(),
})
export type Draw = Static<typeof Draw>
export const DrawDetail = Type.Object({
  ...Draw.properties,
  pool: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), drawnThisYear: Type.Boolean() }), {
    description: '抽取时的对象库（已锁定）',
  }),
  officers: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), conflicts: Type.Array(Type.String()) }),
  ),
  order: Type.Array(Type.String()),
  chosen: Type.Array(DrawnUnit),
  reserve: Type.Array(EnterpriseRef),
  unassigned: Type.Array(EnterpriseRef),
  repeated: Type.Boolean(),
})
export type DrawDetail = Static<typeof DrawDetail>
export const listDraws = {
  operationId: 'listDraws',
  summary: '双随机抽取记录',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    kind: Type.Optional(PoolKindSchema),
  }),
  response: { 200: Page(Draw), ...problemResponses },
} as const
export const getDraw = {
  operationId: 'getDraw',
  summary: '一次抽取：对象库、种子、次序、结果',
  tags,
  params: IdParams,
  response: { 200: DrawDetail, ...problemResponses },
} as const
export const makeDraw = {
  operationId: 'makeDraw',
  summary: '抽取对象与人员',
  tags,
  body: Type.Object(
    {
      regionCode: RegionCode,
      kind: PoolKindSchema,
      publicRandomness: Type.String({
        minLength: 4,
        maxLength: 200,
        description: '公开随机数：抽取前无人能定的数，如当日公开开奖号码；写明出处',
      }),
      rate: Type.Optional(
        Type.Number({ exclusiveMinimum: 0, maximum: 1, description: '省略则用设定的比例' }),
      ),
      reserves: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
      commandId: Type.Optional(Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' })),
    },
    closed,
  ),
  response: { 201: DrawDetail, ...problemResponses },
} as const
const drawCommand = {
  tags,
  params: IdParams,
  body: Type.Object({ version: Version }, closed),
  response: { 200: DrawDetail, ...problemResponses },
} as const
export const freezeDraw = { ...drawCommand, operationId: 'freezeDraw', summary: '锁定抽取结果' } as const
export const publishDraw = { ...drawCommand, operationId: 'publishDraw', summary: '公开抽取结果' } as const
export const replayDraw = {
  operationId: 'replayDraw',
  summary: '重放抽取：以保存的对象库和随机数重算，与结果比对',
  tags,
  params: IdParams,
  response: {
    200: Type.Object({
      equal: Type.Boolean(),
      differences: Type.Array(Type.String()),
      unitPoolHash: Type.String(),
      unitSeed: Type.String(),
      chosen: Type.Array(Type.String()),
    }),
    ...problemResponses,
  },
} as const
