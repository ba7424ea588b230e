import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { cursorId } from '../../platform/page.ts'
import { tableTypes } from '../../platform/table-file.ts'
import { type DossierDoors, noDoors } from './dossier.service.ts'
import { enterpriseRoutes } from './enterprise.routes.ts'
import { toGeoJson, toTemplate, toXlsx } from './feature-export.ts'
import { readGeoJsonDrafts, readXlsxDrafts } from './feature-file.ts'
import { importDrafts } from './feature-import.ts'
import { parseBox } from './geometry.ts'
import { kindNamed, kinds } from './kinds/index.ts'
import { presentFeature } from './present.ts'
import {
  countByKind,
  type FeatureFilter,
  selectFeature,
  selectFeatures,
  selectHistory,
  selectRegions,
  userName,
} from './registry.repository.ts'
import { changeFeature, createFeature, putRegionOf } from './registry.service.ts'
import type { FeatureRow, NamedFeatureRow, RegionRow } from './registry.table.ts'

const presentRegion = (row: RegionRow): contract.Region => ({
  code: row.code,
  name: row.name,
  level: row.level,
  parentCode: row.parent_code,
  lon: row.lon,
  lat: row.lat,
})

const toFilter = (query: {
  kind?: string
  regionCode?: number
  search?: string
  bbox?: string
}): FeatureFilter => ({
  kind: query.kind,
  regionCode: query.regionCode,
  search: query.search,
  box: query.bbox === undefined ? undefined : parseBox(query.bbox),
})

const unknownFeature = (id: number) => new AppError('registry.feature-unknown', { detail: `没有对象 ${id}` })

async function loadFeature(deps: Deps, actor: Actor, id: number): Promise<NamedFeatureRow> {
  const row = await deps.db.asActor(actor, (trx) => selectFeature(trx, id))
  if (row === undefined) throw unknownFeature(id)
  return row
}

const regionRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const read = { permission: 'registry:read' } as const
    app.get('/regions', { schema: contract.listRegions, config: read }, async () => ({
      items: (await selectRegions(deps.db.pool)).map(presentRegion),
    }))
    app.put(
      '/regions/:code',
      { schema: contract.putRegion, config: { permission: 'registry:write' } },
      async (request) => {
        const row = await putRegionOf(deps, request.actor, request.params.code, request.body)
        deps.events.publish('registry', { region: row.code })
        return presentRegion(row)
      },
    )
    app.get('/regions.geojson', { schema: contract.regionsGeoJson, config: read }, async () => ({
      type: 'FeatureCollection' as const,
      features: (await selectRegions(deps.db.pool)).map((row) => ({
        type: 'Feature' as const,
        id: row.code,
        geometry: row.boundary,
        properties: presentRegion(row),
      })),
    }))
    app.get('/registry/kinds', { schema: contract.listKinds, config: read }, async (request) => {
      const counts = await deps.db.asActor(request.actor, countByKind)
      return {
        items: kinds.map(({ kind, title, icon, geometry, series, properties, references = [] }) => ({
          kind,
          title,
          icon,
          geometry,
          series,
          ownerDerived: kind === 'enterprise' || references.some(({ sameOwner }) => sameOwner === true),
          schema: properties,
          count: counts.get(kind) ?? 0,
        })),
      }
    })
  }

const featureRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const read = { permission: 'registry:read' } as const
    const write = { permission: 'registry:write' } as const
    const announce = (row: FeatureRow) => deps.events.publish('registry', { id: row.id, kind: row.kind })

    app.get('/features', { schema: contract.listFeatures, config: read }, async (request) => {
      const { limit = 100, cursor, ...query } = request.query
      const filter = { ...toFilter(query), afterId: cursorId(cursor), limit }
      const rows = await deps.db.asActor(request.actor, (trx) => selectFeatures(trx, filter))
      return { items: rows.map(presentFeature), next: rows.length === limit ? String(rows.at(-1)?.id) : null }
    })

    app.get('/features.geojson', { schema: contract.featuresGeoJson, config: read }, async (request) => {
      const rows = await deps.db.asActor(request.actor, (trx) => selectFeatures(trx, toFilter(request.query)))
      return toGeoJson(rows)
    })

    app.get('/features/:id', { schema: contract.getFeature, config: read }, async (request) =>
      presentFeature(await loadFeature(deps, request.actor, request.params.id)),
    )

    app.post('/features', { schema: contract.createFeature, config: write }, async (request, reply) => {
      const row = await deps.db.asActor(request.actor, (trx) =>
        createFeature(trx, request.actor, request.body),
      )
      announce(row)
      return reply.code(201).send(presentFeature(await loadFeature(deps, request.actor, row.id)))
    })

    app.put('/features/:id', { schema: contract.updateFeature, config: write }, async (request) => {
      const { id } = request.params
      const { version, ...input } = request.body
      const row = await deps.db.asActor(request.actor, async (trx) => {
        const current = await selectFeature(trx, id)
        if (current === undefined) throw unknownFeature(id)
        return changeFeature(trx, request.actor, current, version, { ...input, kind: current.kind })
      })
      announce(row)
      return presentFeature(await loadFeature(deps, request.actor, id))
    })

    app.get('/features/:id/history', { schema: contract.featureHistory, config: read }, async (request) => {
      const { id } = request.params
      return deps.db.asActor(request.actor, async (trx) => {
        const current = await selectFeature(trx, id)
        if (current === undefined) throw unknownFeature(id)
        const names = { region_name: current.region_name, owner_name: current.owner_name }
        const by = (await userName(trx, current.updated_by)) ?? '系统'
        const older = (await selectHistory(trx, id)).map((entry) => ({
          version: entry.version,
          changedAt: shanghaiIso(entry.changed_at.getTime()),
          changedBy: entry.changed_by_name ?? '系统',
          feature: presentFeature({ ...entry.row, ...names }),
        }))
        const newest = {
          version: current.version,
          changedAt: shanghaiIso(current.updated_at.getTime()),
          changedBy: by,
        }
        return { items: [{ ...newest, feature: presentFeature(current) }, ...older] }
      })
    })
  }

const fileRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/registry/kinds/:kind/import',
      { schema: contract.importFeatures, config: { permission: 'registry:write' } },
      async (request) => {
        const kind = kindNamed(request.params.kind)
        const file = await request.file()
        if (file === undefined)
          throw new AppError('registry.file-unreadable', { detail: '没有收到文件（字段 file）' })
        const bytes = await file.toBuffer()
        const read = /\.(geo)?json$/i.test(file.filename) ? readGeoJsonDrafts : readXlsxDrafts
        const { drafts, errors } = await read(kind, bytes)
        const result = await importDrafts(deps, request.actor, drafts)
        deps.events.publish('registry', { kind: kind.kind })
        return { ...result, errors: [...errors, ...result.errors].sort((a, b) => a.line - b.line) }
      },
    )
    app.get(
      '/registry/kinds/:kind/export/:format',
      { schema: contract.exportFeatures, config: { permission: 'registry:read' } },
      async (request, reply) => {
        const kind = kindNamed(request.params.kind)
        const rows = await deps.db.asActor(request.actor, (trx) => selectFeatures(trx, { kind: kind.kind }))
        const { format } = request.params
        reply.header('content-disposition', `attachment; filename="${kind.kind}.${format}"`)
        if (format === 'geojson')
          return reply.type('application/geo+json').send(JSON.stringify(toGeoJson(rows)))
        reply.type(tableTypes.xlsx)
        return reply.send(await toXlsx(kind, rows))
      },
    )
    app.get(
      '/registry/kinds/:kind/template',
      { schema: contract.featureTemplate, config: { permission: 'registry:read' } },
      async (request, reply) => {
        const kind = kindNamed(request.params.kind)
        reply.header('content-disposition', `attachment; filename="${kind.kind}-template.xlsx"`)
        reply.type(tableTypes.xlsx)
        return reply.send(await toTemplate(kind))
      },
    )
  }

/** `doors`: what later rooms add to the dossier of an enterprise. */
export const registryRoutes =
  (deps: Deps, doors: DossierDoors = noDoors): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const routes of [regionRoutes, featureRoutes, fileRoutes]) await app.register(routes(deps))
    await app.register(enterpriseRoutes(deps, doors))
  }
