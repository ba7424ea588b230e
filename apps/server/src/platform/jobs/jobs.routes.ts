import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import type { Actor } from '../actor.ts'
import { recordAudit } from '../audit/index.ts'
import { isoOrNull, shanghaiIso } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { type JobRow, jobById, listJobRows, requestCancel } from './jobs.repository.ts'

function present(deps: Deps, row: JobRow): contract.Job {
  const title = deps.jobs.definitions().find((d) => d.name === row.name)?.title ?? row.name
  return {
    id: row.id,
    name: row.name,
    title,
    state: row.state,
    progress: row.progress,
    total: row.total,
    message: row.message,
    result: row.result,
    error: row.error as contract.Problem | null,
    createdBy: row.created_by,
    createdByName: row.created_by_name,
    createdAt: shanghaiIso(row.created_at.getTime()),
    startedAt: isoOrNull(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
    cancelRequested: row.cancel_requested,
    attempts: row.attempts,
  }
}

/** Names of jobs that the actor sees whoever created them. */
function namesFor(deps: Deps, actor: Actor): string[] {
  return deps.jobs
    .definitions()
    .filter((d) => d.permission !== undefined && actor.permissions.has(d.permission))
    .map((d) => d.name)
}

async function visibleJob(deps: Deps, actor: Actor, id: number): Promise<JobRow> {
  const row = await jobById(deps.db.pool, id)
  const mine = row?.created_by === actor.userId || namesFor(deps, actor).includes(row?.name ?? '')
  if (row === undefined || !(mine || actor.permissions.has('config:read'))) {
    throw new AppError('job.unknown', { detail: `任务 ${id}` })
  }
  return row
}

/** Jobs of the person who asks, and those that a permission opens. */
export const jobRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/jobs', { schema: contract.listJobs, config: { authenticated: true } }, async (request) => {
      const { limit = 100, cursor, name, state } = request.query
      const before = cursor === undefined ? undefined : Number(cursor)
      if (before !== undefined && !Number.isSafeInteger(before)) throw new AppError('request.cursor-invalid')
      const everything = request.actor.permissions.has('config:read')
      const rows = await listJobRows(deps.db.pool, {
        visibleTo: everything
          ? undefined
          : { userId: request.actor.userId, names: namesFor(deps, request.actor) },
        name,
        state,
        before,
        limit,
      })
      const last = rows.at(-1)
      const next = rows.length === limit && last !== undefined ? String(last.id) : null
      return { items: rows.map((row) => present(deps, row)), next }
    })

    app.get('/jobs/:id', { schema: contract.getJob, config: { authenticated: true } }, async (request) =>
      present(deps, await visibleJob(deps, request.actor, request.params.id)),
    )

    app.delete(
      '/jobs/:id',
      { schema: contract.cancelJob, config: { authenticated: true } },
      async (request, reply) => {
        const row = await visibleJob(deps, request.actor, request.params.id)
        if (row.state !== 'queued' && row.state !== 'running') {
          throw new AppError('job.finished', { detail: `任务 ${row.id} 的状态是 ${row.state}` })
        }
        await deps.db.transaction(async (trx) => {
          await requestCancel(trx, row.id)
          await recordAudit(trx, request.actor, 'job.cancelled', `job:${row.id}`, { name: row.name })
        })
        deps.events.publish('job-cancel', { id: row.id })
        deps.events.publish(`job:${row.id}`, { id: row.id })
        const after = await jobById(deps.db.pool, row.id)
        return reply.code(202).send(present(deps, after ?? row))
      },
    )
  }
