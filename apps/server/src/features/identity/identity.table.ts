import type { OrganizationType, RoleName } from '@shanshui/contract'

export interface OrganizationRow {
  id: number
  code: string
  name: string
  type: OrganizationType
  region_code: number
  parent_id: number | null
}

export interface UserRow {
  id: number
  login: string
  name: string
  organization_id: number
  roles: RoleName[]
  regions: number[]
  owner_scope: 'any' | 'own'
  password_hash: string
  must_change_password: boolean
  failures: number
  locked_until: Date | null
  disabled: boolean
  last_login_at: Date | null
  created_at: Date
  version: number
}

export interface SessionRow {
  token_hash: Buffer
  user_id: number
  csrf_token: string
  created_at: Date
  expires_at: Date
  last_seen_at: Date
}

export interface ApiKeyRow {
  id: number
  user_id: number
  user_name: string
  name: string
  prefix: string
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
}

export interface AuditRow {
  seq: string
  at: Date
  user_id: number | null
  actor: string
  action: string
  object: string
  detail: unknown
  request_id: string | null
  hash: string
}
