import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { totalRoutes as contract } from '@shanshui/contract'
import { listAccounting, putAccounting } from './accounting.service.ts'
import { addEntry, createAccount, listAccounts, listEntries } from './allowance.service.ts'
import { createApplication, decideApplication, listApplications } from './application.service.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { listPermitted } from './permitted.service.ts'
import { reconcileByHand } from './reconcile.service.ts'
import { addClaim, changeClaim, createProject, getClaim, listClaims } from './reduction.service.ts'
import { reductionProgress } from './reduction-progress.ts'
import { advanceClaim, reviewClaim } from './reduction-review.service.ts'
import { listReductionTargets, putReductionTarget } from './reduction-target.service.ts'
import { listLedgers } from './tonnage.service.ts'
import { changeRule, tonnageRules } from './tonnage-rules.ts'

const read = { permission: 'total:read' } as const
const write = { permission: 'total:write' } as const
const review = { permission: 'total:review' } as const

export const totalPlugin =
  (deps: PermitRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(ledgerPlugin(deps))
    await app.register(reductionPlugin(deps))
    await app.register(allowancePlugin(deps))
  }

const ledgerPlugin =
  (deps: PermitRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/tonnage/ledgers', { schema: contract.listLedgers, config: read }, async (request) =>
      listLedgers(deps, request.actor, request.query),
    )
    app.get('/tonnage/permitted', { schema: contract.listPermitted, config: read }, async (request) =>
      listPermitted(deps, request.actor, request.query),
    )
    app.post('/tonnage/reconcile', { schema: contract.reconcile, config: write }, async (request) =>
      reconcileByHand(deps, request.actor, request.body.year),
    )
    app.get('/tonnage/rules', { schema: contract.listRules, config: read }, async (request) => ({
      items: await deps.db.asActor(request.actor, tonnageRules),
    }))
    app.put('/tonnage/rules/:key', { schema: contract.putRule, config: write }, async (request) =>
      changeRule(deps, request.actor, request.params.key, request.body),
    )
    app.get('/tonnage/accounting', { schema: contract.listAccounting, config: read }, async (request) =>
      listAccounting(deps, request.actor, request.query),
    )
    app.put('/tonnage/accounting', { schema: contract.putAccounting, config: write }, async (request) =>
      putAccounting(deps, request.actor, request.body.entries),
    )
  }

const reductionPlugin =
  (deps: PermitRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/reduction-targets', { schema: contract.listReductionTargets, config: read }, async (request) =>
      listReductionTargets(deps, request.actor, request.query),
    )
    app.put('/reduction-targets', { schema: contract.putReductionTarget, config: write }, async (request) =>
      putReductionTarget(deps, request.actor, request.body),
    )
    app.get('/reduction-progress', { schema: contract.reductionProgress, config: read }, async (request) =>
      reductionProgress(deps, request.actor, request.query),
    )
    app.get('/reductions', { schema: contract.listReductions, config: read }, async (request) =>
      listClaims(deps, request.actor, request.query),
    )
    app.get('/reductions/:id', { schema: contract.getReduction, config: read }, async (request) =>
      getClaim(deps, request.actor, request.params.id),
    )
    app.post(
      '/reduction-projects',
      { schema: contract.createReductionProject, config: write },
      async (request, reply) => reply.code(201).send(await createProject(deps, request.actor, request.body)),
    )
    app.post(
      '/reduction-projects/:id/claims',
      { schema: contract.addReductionClaim, config: write },
      async (request, reply) =>
        reply.code(201).send(await addClaim(deps, request.actor, request.params.id, request.body)),
    )
    app.put('/reductions/:id', { schema: contract.changeReduction, config: write }, async (request) =>
      changeClaim(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/reductions/:id/advance',
      { schema: contract.advanceReduction, config: write },
      async (request) => advanceClaim(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/reductions/:id/review',
      { schema: contract.reviewReduction, config: review },
      async (request) => reviewClaim(deps, request.actor, request.params.id, request.body),
    )
  }

const allowancePlugin =
  (deps: PermitRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/allowance/accounts', { schema: contract.listAccounts, config: read }, async (request) =>
      listAccounts(deps, request.actor, request.query),
    )
    app.post(
      '/allowance/accounts',
      { schema: contract.createAccount, config: write },
      async (request, reply) => reply.code(201).send(await createAccount(deps, request.actor, request.body)),
    )
    app.get(
      '/allowance/accounts/:id/entries',
      { schema: contract.listEntries, config: read },
      async (request) => listEntries(deps, request.actor, request.params.id, request.query),
    )
    app.post('/allowance/entries', { schema: contract.addEntry, config: write }, async (request, reply) =>
      reply.code(201).send(await addEntry(deps, request.actor, request.body)),
    )
    app.get('/allowance/applications', { schema: contract.listApplications, config: read }, async (request) =>
      listApplications(deps, request.actor, request.query),
    )
    app.post(
      '/allowance/applications',
      { schema: contract.createApplication, config: write },
      async (request, reply) =>
        reply.code(201).send(await createApplication(deps, request.actor, request.body)),
    )
    app.post(
      '/allowance/applications/:id/decision',
      { schema: contract.decideApplication, config: review },
      async (request) => decideApplication(deps, request.actor, request.params.id, request.body),
    )
  }
