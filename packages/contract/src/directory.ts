/** Who can be named in a matter: organizations that take part, and people of them. Names only. */
import { type Static, Type } from 'typebox'
import { Id, problemResponses, RegionCode } from './common.ts'
import { organizationTypes } from './identity.ts'

export const DirectoryOrganization = Type.Object({
  id: Id,
  name: Type.String(),
  type: Type.Enum(organizationTypes),
  regionCode: RegionCode,
})
export type DirectoryOrganization = Static<typeof DirectoryOrganization>

export const DirectoryPerson = Type.Object({ id: Id, name: Type.String(), organizationId: Id })
export type DirectoryPerson = Static<typeof DirectoryPerson>

const tags = ['事项 Matters']
export const directoryRoutes = {
  organizations: {
    operationId: 'listDirectoryOrganizations',
    summary: '可作为事项当事方的单位（企业除外）',
    tags,
    response: { 200: Type.Object({ items: Type.Array(DirectoryOrganization) }), ...problemResponses },
  },
  people: {
    operationId: 'listDirectoryPeople',
    summary: '可指定的人员：本单位的；有交办权限的可指定其他单位的（企业除外）',
    tags,
    response: { 200: Type.Object({ items: Type.Array(DirectoryPerson) }), ...problemResponses },
  },
} as const
