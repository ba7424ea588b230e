import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { outletDays } from './day-view.service.ts'
import { summarizeExceedances } from './exceedance-sum.service.ts'
import { getExceedance, judgeExceedance, listExceedances } from './exceedance-view.service.ts'
import { outletHourColumns, outletHourDetail } from './hour-view.service.ts'
import { listMaintenance, withdrawMaintenance, writeMaintenance } from './maintenance.service.ts'
import { maintenanceDue } from './maintenance-due.service.ts'
import { fileMark, listMarks, reviewMark, withdrawMark } from './mark.service.ts'
import { markItems } from './mark-item.table.ts'
import { markingDay } from './marking-day.service.ts'
import { missingOutletHours } from './missing.service.ts'
import { monthlyMass } from './month-mass.ts'
import { exceedingNow, getSourceOutlet, listSourceOutlets } from './outlet-view.service.ts'
import { changeSetting, listSettings } from './setting.service.ts'
import { outletsOf } from './source.policy.ts'
import { transmissionReport } from './transmission.service.ts'
import { listUltraLow } from './ultra-low.service.ts'

const read = { permission: 'source:read' } as const
const mark = { permission: 'source:mark' } as const
const judge = { permission: 'source:judge' } as const
const keep = { permission: 'maintenance:write' } as const

/** Tells the browsers that something about an outlet changed by hand. */
const announcer = (deps: Deps) => (outletId: number) =>
  deps.events.publish('source', { outletIds: [outletId], count: 1 })

const viewRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/sources/outlets', { schema: contract.listSourceOutlets, config: read }, async (request) =>
      listSourceOutlets(deps, request.actor, request.query),
    )
    app.get('/sources/outlets/:id', { schema: contract.getSourceOutlet, config: read }, async (request) =>
      getSourceOutlet(deps, request.actor, request.params.id),
    )
    app.get(
      '/sources/outlets/:id/hours',
      { schema: contract.listOutletHours, config: read },
      async (request) => outletHourColumns(deps, request.actor, request.params.id, request.query),
    )
    app.get('/sources/outlets/:id/hour', { schema: contract.getOutletHour, config: read }, async (request) =>
      outletHourDetail(deps, request.actor, request.params.id, request.query),
    )
    app.get('/sources/outlets/:id/days', { schema: contract.listOutletDays, config: read }, async (request) =>
      outletDays(deps, request.actor, request.params.id, request.query),
    )
    app.get('/sources/exceeding-now', { schema: contract.getExceedingNow, config: read }, async (request) =>
      exceedingNow(deps, request.actor),
    )
    app.get('/sources/mass', { schema: contract.listMonthlyMass, config: read }, async (request) => ({
      items: await deps.db.asActor(request.actor, async (trx) => {
        const outlets = await outletsOf(trx, request.query)
        return monthlyMass(trx, { year: request.query.year, outletIds: outlets?.map(({ id }) => id) })
      }),
    }))
    app.get('/sources/ultra-low', { schema: contract.listUltraLow, config: read }, async (request) =>
      listUltraLow(deps, request.actor, request.query),
    )
    app.get('/sources/transmission', { schema: contract.getTransmission, config: read }, async (request) =>
      transmissionReport(deps, request.actor, request.query),
    )
    app.get(
      '/sources/missing-hours',
      { schema: contract.getSourceMissingHours, config: read },
      async (request) => missingOutletHours(deps, request.actor, request.query),
    )
  }

const exceedanceRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/sources/exceedances', { schema: contract.listExceedances, config: read }, async (request) =>
      listExceedances(deps, request.actor, request.query),
    )
    app.get('/sources/exceedances/:id', { schema: contract.getExceedance, config: read }, async (request) =>
      getExceedance(deps, request.actor, request.params.id),
    )
    app.post(
      '/sources/exceedances/:id/judge',
      { schema: contract.judgeExceedance, config: judge },
      async (request) => {
        const detail = await judgeExceedance(deps, request.actor, request.params.id, request.body)
        announcer(deps)(detail.outletId)
        return detail
      },
    )
    app.get(
      '/sources/exceedance-summary',
      { schema: contract.summarizeExceedances, config: read },
      async (request) => summarizeExceedances(deps, request.actor, request.query),
    )
  }

const markRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const announce = announcer(deps)
    app.get('/sources/mark-items', { schema: contract.listMarkItems, config: read }, async () => ({
      items: [...markItems],
    }))
    app.get('/sources/marks', { schema: contract.listSourceMarks, config: read }, async (request) =>
      listMarks(deps, request.actor, request.query),
    )
    app.get('/sources/marking-day', { schema: contract.getMarkingDay, config: read }, async (request) =>
      markingDay(deps, request.actor, request.query),
    )
    app.post('/sources/marks', { schema: contract.fileSourceMark, config: mark }, async (request, reply) => {
      const filed = await fileMark(deps, request.actor, request.body)
      announce(filed.outletId)
      return reply.code(201).send(filed)
    })
    app.post(
      '/sources/marks/:id/review',
      { schema: contract.reviewSourceMark, config: judge },
      async (request) => {
        const reviewed = await reviewMark(deps, request.actor, request.params.id, request.body)
        announce(reviewed.outletId)
        return reviewed
      },
    )
    app.post(
      '/sources/marks/:id/withdraw',
      { schema: contract.withdrawSourceMark, config: mark },
      async (request) => {
        const withdrawn = await withdrawMark(deps, request.actor, request.params.id, request.body.reason)
        announce(withdrawn.outletId)
        return withdrawn
      },
    )
  }

const ledgerRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const announce = announcer(deps)
    app.get('/sources/maintenance', { schema: contract.listMaintenance, config: read }, async (request) =>
      listMaintenance(deps, request.actor, request.query),
    )
    app.get(
      '/sources/maintenance-due',
      { schema: contract.listMaintenanceDue, config: read },
      async (request) => maintenanceDue(deps, request.actor, request.query),
    )
    app.post(
      '/sources/maintenance',
      { schema: contract.writeMaintenance, config: keep },
      async (request, reply) => {
        const record = await writeMaintenance(deps, request.actor, request.body)
        announce(record.outletId)
        return reply.code(201).send(record)
      },
    )
    app.post(
      '/sources/maintenance/:id/withdraw',
      { schema: contract.withdrawMaintenance, config: keep },
      async (request) => {
        const { id } = request.params
        const record = await withdrawMaintenance(deps, request.actor, id, request.body.reason)
        announce(record.outletId)
        return record
      },
    )
    app.get('/sources/settings', { schema: contract.listSourceSettings, config: read }, async (request) =>
      listSettings(deps, request.actor),
    )
    app.put(
      '/sources/settings/:key',
      { schema: contract.putSourceSetting, config: { permission: 'rule:write' } },
      async (request) => changeSetting(deps, request.actor, request.params.key, request.body),
    )
  }

/** Routes of the room. */
export const sourceRoomRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(viewRoutes(deps))
    await app.register(exceedanceRoutes(deps))
    await app.register(markRoutes(deps))
    await app.register(ledgerRoutes(deps))
  }
