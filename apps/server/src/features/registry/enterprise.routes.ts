import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import { isoOrNull, shanghaiIso } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { cursorId } from '../../platform/page.ts'
import { type DossierDoors, listSummaries, loadDossier, loadTimeline } from './dossier.service.ts'
import { type MergeRow, selectMerges } from './merge.repository.ts'
import { declareDistinct, mergeEnterprises, previewMerge, proposeMerges, undoMerge } from './merge.service.ts'
import { presentFeature } from './present.ts'
import { selectFeature, selectFeatureByCode } from './registry.repository.ts'

const dayMs = 86_400_000

const presentMerge = (row: MergeRow): contract.Merge => ({
  id: row.id,
  keep: { id: row.to_id, code: row.to_code, name: row.to_name },
  drop: { id: row.from_id, code: row.from_code, name: row.from_name },
  reason: row.reason,
  moved: row.moved.features.length,
  mergedAt: shanghaiIso(row.merged_at.getTime()),
  mergedBy: row.merged_by_name,
  undoneAt: isoOrNull(row.undone_at),
  undoneBy: row.undone_by_name,
  undoReason: row.undo_reason,
})

const read = { permission: 'registry:read' } as const
const write = { permission: 'registry:write' } as const

/** Midnight of a civil day, epoch ms. */
const midnight = (day: string) => Date.parse(`${day}T00:00:00+08:00`)

/** Later than this nothing is due, and texts of time stop being of the usual form. */
const lastMidnight = midnight('2200-01-01')

/** A page of a list that is sorted and complete: `time|n` are the entries down to a time, and how many of it were shown. */
function pageAfter(entries: readonly contract.TimelineEntry[], cursor: string | undefined, limit: number) {
  const [time, shown] = cursor?.split('|') ?? []
  if (cursor !== undefined && (Number.isNaN(Date.parse(time ?? '')) || !/^\d+$/.test(shown ?? '')))
    throw new AppError('request.cursor-invalid')
  const from = time === undefined ? 0 : entries.findIndex(({ at }) => Date.parse(at) <= Date.parse(time))
  const start = from < 0 ? entries.length : from + Number(shown ?? 0)
  const items = entries.slice(start, start + limit)
  const last = items.at(-1)
  if (last === undefined || start + limit >= entries.length) return { items, next: null }
  const before = entries.slice(0, start + limit).filter(({ at }) => Date.parse(at) === Date.parse(last.at))
  return { items, next: `${last.at}|${before.length}` }
}

const dossierRoutes =
  (deps: Deps, doors: DossierDoors): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/enterprises', { schema: contract.listEnterprises, config: read }, async (request) => {
      const { limit = 100, cursor, ...filter } = request.query
      const { actor } = request
      const items = await deps.db.asActor(actor, (trx) =>
        listSummaries(trx, actor, doors, { ...filter, afterId: cursorId(cursor), limit }),
      )
      return { items, next: items.length === limit ? String(items.at(-1)?.id) : null }
    })

    app.get('/enterprises/:id', { schema: contract.getEnterprise, config: read }, async (request) => {
      const { actor } = request
      const { id } = request.params
      const { row, dossier } = await deps.db.asActor(actor, (trx) =>
        loadDossier(trx, actor, doors, id, deps.clock.now()),
      )
      return { feature: presentFeature(row), ...dossier }
    })

    app.get(
      '/enterprises/:id/timeline',
      { schema: contract.enterpriseTimeline, config: read },
      async (request) => {
        const { actor } = request
        const { limit = 100, cursor, from, to, kinds } = request.query
        const toMs = Math.min(
          to === undefined ? deps.clock.now() + dayMs : midnight(to) + dayMs,
          lastMidnight,
        )
        const fromMs = from === undefined ? toMs - 366 * dayMs : midnight(from)
        const all = await deps.db.asActor(actor, (trx) =>
          loadTimeline(trx, actor, doors, request.params.id, { fromMs, toMs }),
        )
        const counts = Object.fromEntries(
          [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, entries]) => [kind, entries.length]),
        )
        const wanted = kinds === undefined || kinds === '' ? undefined : new Set(kinds.split(','))
        const chosen = wanted === undefined ? all : all.filter(({ kind }) => wanted.has(kind))
        return { ...pageAfter(chosen, cursor, limit), counts }
      },
    )

    app.get(
      '/enterprises/by-code/:code',
      { schema: contract.resolveEnterprise, config: read },
      async (request) => {
        const { code } = request.params
        const row = await deps.db.asActor(request.actor, async (trx) => {
          const found = await selectFeatureByCode(trx, 'enterprise', code)
          return found === undefined ? undefined : selectFeature(trx, found.id)
        })
        if (row === undefined)
          throw new AppError('registry.enterprise-unknown', { detail: `没有代码为 ${code} 的排污单位` })
        return presentFeature(row)
      },
    )
  }

const mergeRoutes =
  (deps: Deps, doors: DossierDoors): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/enterprises/merge-proposals',
      { schema: contract.listMergeProposals, config: write },
      async (request) =>
        deps.db.asActor(request.actor, (trx) => proposeMerges(trx, request.query.limit ?? 100)),
    )
    app.post(
      '/enterprises/merge-proposals/distinct',
      { schema: contract.declareDistinct, config: write },
      async (request, reply) => {
        await declareDistinct(deps, request.actor, request.body)
        return reply.code(204).send(null)
      },
    )
    app.get('/enterprises/merges', { schema: contract.listMerges, config: write }, async (request) => {
      const { limit = 100, cursor } = request.query
      const rows = await deps.db.asActor(request.actor, (trx) =>
        selectMerges(trx, { beforeId: cursorId(cursor), limit }),
      )
      return { items: rows.map(presentMerge), next: rows.length === limit ? String(rows.at(-1)?.id) : null }
    })
    app.post(
      '/enterprises/merges/:id/undo',
      { schema: contract.undoMerge, config: write },
      async (request) => {
        const merge = await undoMerge(deps, request.actor, doors, request.params.id, request.body.reason)
        deps.events.publish('registry', { id: merge.to_id, kind: 'enterprise' })
        return presentMerge(merge)
      },
    )
    app.get('/enterprises/:id/merge', { schema: contract.previewMerge, config: write }, async (request) =>
      previewMerge(deps, request.actor, request.params.id, request.query.dropId),
    )
    app.post(
      '/enterprises/:id/merge',
      { schema: contract.mergeEnterprises, config: write },
      async (request, reply) => {
        const merge = await mergeEnterprises(deps, request.actor, doors, request.params.id, request.body)
        deps.events.publish('registry', { id: merge.to_id, kind: 'enterprise' })
        return reply.code(201).send(presentMerge(merge))
      },
    )
  }

/** Dossiers and mergers of enterprises. */
export const enterpriseRoutes =
  (deps: Deps, doors: DossierDoors): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(dossierRoutes(deps, doors))
    await app.register(mergeRoutes(deps, doors))
  }
