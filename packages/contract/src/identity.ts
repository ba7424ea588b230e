/** Organizations, people, sessions, API keys, audit chain. */
import { type Static, Type } from 'typebox'
import {
  Bilingual,
  Id,
  Instant,
  NoContent,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
} from './common.ts'
import { permissionNames, roleNames } from './permissions.ts'

export const organizationTypes = ['bureau', 'branch', 'department', 'enterprise', 'public'] as const
export type OrganizationType = (typeof organizationTypes)[number]

export const Organization = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  type: Type.Enum(organizationTypes),
  regionCode: RegionCode,
  parentId: Nullable(Id),
})
export type Organization = Static<typeof Organization>

/** The data a person sees: region codes (a city's or province's code covers everything below it), and whose. */
export const DataScope = Type.Object({
  regions: Type.Array(RegionCode, { maxItems: 100 }),
  owner: Type.Enum(['any', 'own'], { description: 'any: 各单位的数据；own: 仅本单位' }),
})
export type DataScope = Static<typeof DataScope>

export const User = Type.Object({
  id: Id,
  login: Type.String(),
  name: Type.String(),
  organization: Organization,
  roles: Type.Array(Type.Enum(roleNames)),
  scope: DataScope,
  disabled: Type.Boolean(),
  mustChangePassword: Type.Boolean(),
  lockedUntil: Nullable(Instant),
  lastLoginAt: Nullable(Instant),
  createdAt: Instant,
  version: Type.Integer(),
})
export type User = Static<typeof User>

export const Session = Type.Object({
  user: User,
  permissions: Type.Array(Type.Enum(permissionNames)),
  csrfToken: Type.String({ description: 'send as header x-csrf-token with every POST, PUT, PATCH, DELETE' }),
  expiresAt: Instant,
})
export type Session = Static<typeof Session>

const sessionTags = ['登录 Session']
export const login = {
  operationId: 'login',
  summary: '登录',
  tags: sessionTags,
  body: Type.Object({
    login: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  response: { 200: Session, ...problemResponses },
} as const
export const logout = {
  operationId: 'logout',
  summary: '退出登录',
  tags: sessionTags,
  response: { 204: NoContent, ...problemResponses },
} as const
export const getSession = {
  operationId: 'getSession',
  summary: '当前登录',
  tags: sessionTags,
  response: { 200: Session, ...problemResponses },
} as const
export const changePassword = {
  operationId: 'changePassword',
  summary: '修改本人密码',
  tags: sessionTags,
  body: Type.Object({
    current: Type.String({ minLength: 1, maxLength: 200 }),
    next: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  response: { 204: NoContent, ...problemResponses },
} as const

const userTags = ['用户与单位 Users']
export const listUsers = {
  operationId: 'listUsers',
  summary: '用户列表',
  tags: userTags,
  querystring: Type.Object({ ...pageQuery, search: Type.Optional(Type.String({ maxLength: 100 })) }),
  response: { 200: Page(User), ...problemResponses },
} as const
export const getUser = {
  operationId: 'getUser',
  summary: '用户详情',
  tags: userTags,
  params: Type.Object({ id: Id }),
  response: { 200: User, ...problemResponses },
} as const
export const CreateUser = Type.Object({
  login: Type.String({ minLength: 2, maxLength: 40, pattern: '^[a-z0-9][a-z0-9._-]*$' }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  organizationId: Id,
  roles: Type.Array(Type.Enum(roleNames), { minItems: 1, maxItems: roleNames.length }),
  scope: DataScope,
})
export type CreateUser = Static<typeof CreateUser>
export const createUser = {
  operationId: 'createUser',
  summary: '新建用户',
  description: '返回一次性初始密码，首次登录须修改。',
  tags: userTags,
  body: CreateUser,
  response: { 201: Type.Object({ user: User, oneTimePassword: Type.String() }), ...problemResponses },
} as const
export const UpdateUser = Type.Object(
  {
    version: Type.Integer({ description: '读到的版本号' }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    organizationId: Type.Optional(Id),
    roles: Type.Optional(Type.Array(Type.Enum(roleNames), { minItems: 1, maxItems: roleNames.length })),
    scope: Type.Optional(DataScope),
    disabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type UpdateUser = Static<typeof UpdateUser>
export const updateUser = {
  operationId: 'updateUser',
  summary: '修改用户',
  tags: userTags,
  params: Type.Object({ id: Id }),
  body: UpdateUser,
  response: { 200: User, ...problemResponses },
} as const
export const resetPassword = {
  operationId: 'resetPassword',
  summary: '重置密码并解锁',
  description: '返回一次性密码；该用户的全部登录立即失效。',
  tags: userTags,
  params: Type.Object({ id: Id }),
  response: { 200: Type.Object({ oneTimePassword: Type.String() }), ...problemResponses },
} as const

export const listOrganizations = {
  operationId: 'listOrganizations',
  summary: '单位列表',
  tags: userTags,
  response: { 200: Type.Object({ items: Type.Array(Organization) }), ...problemResponses },
} as const
export const CreateOrganization = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 60 }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  type: Type.Enum(organizationTypes),
  regionCode: RegionCode,
  parentId: Type.Optional(Nullable(Id)),
})
export type CreateOrganization = Static<typeof CreateOrganization>
export const createOrganization = {
  operationId: 'createOrganization',
  summary: '新建单位',
  tags: userTags,
  body: CreateOrganization,
  response: { 201: Organization, ...problemResponses },
} as const

export const RoleInfo = Type.Object({
  role: Type.Enum(roleNames),
  title: Bilingual,
  permissions: Type.Array(Type.Enum(permissionNames)),
})
export const listRoles = {
  operationId: 'listRoles',
  summary: '角色与权限对照表',
  tags: userTags,
  response: { 200: Type.Object({ items: Type.Array(RoleInfo) }), ...problemResponses },
} as const

export const ApiKey = Type.Object({
  id: Id,
  userId: Id,
  userName: Type.String(),
  name: Type.String(),
  prefix: Type.String({ description: 'first characters, to recognise the key' }),
  createdAt: Instant,
  expiresAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
})
export type ApiKey = Static<typeof ApiKey>
export const listApiKeys = {
  operationId: 'listApiKeys',
  summary: '接口密钥列表',
  tags: userTags,
  response: { 200: Type.Object({ items: Type.Array(ApiKey) }), ...problemResponses },
} as const
export const createApiKey = {
  operationId: 'createApiKey',
  summary: '签发接口密钥',
  description: '密钥只在签发时显示一次；请求头 Authorization: Bearer <密钥>。密钥的权限与所属用户相同。',
  tags: userTags,
  body: Type.Object({
    userId: Id,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    expiresAt: Type.Optional(Nullable(Instant)),
  }),
  response: { 201: Type.Object({ apiKey: ApiKey, secret: Type.String() }), ...problemResponses },
} as const
export const revokeApiKey = {
  operationId: 'revokeApiKey',
  summary: '吊销接口密钥',
  tags: userTags,
  params: Type.Object({ id: Id }),
  response: { 204: NoContent, ...problemResponses },
} as const

export const AuditEntry = Type.Object({
  seq: Type.Integer(),
  at: Instant,
  userId: Nullable(Type.Integer()),
  actor: Type.String({ description: 'name at the time, or 系统' }),
  action: Type.String(),
  object: Type.String(),
  detail: Type.Unknown(),
  requestId: Nullable(Type.String()),
  hash: Type.String(),
})
export type AuditEntry = Static<typeof AuditEntry>
const auditTags = ['审计 Audit']
export const listAudit = {
  operationId: 'listAudit',
  summary: '审计记录',
  description: '新的在前。',
  tags: auditTags,
  querystring: Type.Object({
    ...pageQuery,
    action: Type.Optional(Type.String({ maxLength: 100, description: '动作的开头，如 auth.' })),
    userId: Type.Optional(Id),
    object: Type.Optional(Type.String({ maxLength: 200 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
  }),
  response: { 200: Page(AuditEntry), ...problemResponses },
} as const
export const AuditVerification = Type.Object({
  ok: Type.Boolean(),
  entries: Type.Integer(),
  head: Nullable(Type.String({ description: 'hash of the newest entry' })),
  broken: Nullable(Type.Object({ seq: Type.Integer(), reason: Type.String() })),
})
export type AuditVerification = Static<typeof AuditVerification>
export const verifyAudit = {
  operationId: 'verifyAudit',
  summary: '校验审计链',
  tags: auditTags,
  response: { 200: AuditVerification, ...problemResponses },
} as const
