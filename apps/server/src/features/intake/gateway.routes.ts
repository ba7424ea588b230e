import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import { infoCodes } from '@shanshui/hj212'
import { isoOrNull, shanghaiIso } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { type DeviceInfoChange, deviceInfoAt, infoPage } from './device-info.repository.ts'
import { latestRun, type RunRow } from './gateway.repository.ts'
import { createStop, presentStation, queueCommand, saveStation } from './gateway.service.ts'
import {
  type CommandRow,
  type ConnectionRow,
  commandRows,
  connectionRows,
  type QuarantineRow,
  quarantineGroups,
  quarantineRow,
  quarantineRows,
  type StopRow,
  stationRows,
  stopRows,
} from './gateway-view.repository.ts'
import { readRecord } from './journal.ts'
import { missingHours } from './missing-hours.service.ts'
import { hourReasons, hourReasonTexts } from './missing-reason.ts'
import { pageNumber, pageOf } from './page.ts'
import { dismissQuarantine, releaseQuarantine } from './quarantine.service.ts'
import { presentBytes, quarantineTexts } from './quarantine-text.ts'
import type { ValueReader, ValueWriter } from './series-door.ts'

const isoOf = (date: Date): string => shanghaiIso(date.getTime())
const aliveMs = 30_000
const hourMs = 3_600_000

function presentStatus(run: RunRow | undefined, nowMs: number): contract.GatewayStatus {
  const number = (name: string): number =>
    typeof run?.stats[name] === 'number' ? (run.stats[name] as number) : 0
  const running = run !== undefined && run.stopped_at === null && nowMs - run.beat_at.getTime() < aliveMs
  return {
    running,
    instance: run?.instance ?? null,
    startedAt: isoOrNull(run?.started_at ?? null),
    beatAt: isoOrNull(run?.beat_at ?? null),
    address: run?.address ?? null,
    connections: running ? number('connections') : 0,
    framesPerSecond: running ? number('framesPerSecond') : 0,
    framesTotal: number('framesTotal'),
    acknowledged: number('acknowledged'),
    quarantined: number('quarantined'),
    duplicates: number('duplicates'),
    revised: number('revised'),
    rejected: number('rejected'),
    queueFrames: running ? number('queueFrames') : 0,
    queueBytes: running ? number('queueBytes') : 0,
    batchSizeMean: number('batchSizeMean'),
    batchMsP50: number('batchMsP50'),
    batchMsP99: number('batchMsP99'),
    ackMsP50: number('ackMsP50'),
    ackMsP99: number('ackMsP99'),
    memoryBytes: number('memoryBytes'),
    lastError: typeof run?.stats.lastError === 'string' ? run.stats.lastError : null,
  }
}

const presentConnection = (row: ConnectionRow): contract.GatewayConnection => ({
  id: Number(row.id),
  address: row.address,
  mns: row.mns,
  openedAt: isoOf(row.opened_at),
  lastFrameAt: isoOrNull(row.last_frame_at),
  frames: Number(row.frames),
  badFrames: Number(row.bad_frames),
  closedAt: isoOrNull(row.closed_at),
  closeReason: row.close_reason,
})

const presentQuarantine = (row: QuarantineRow): contract.QuarantineItem => ({
  id: row.id,
  receivedAt: isoOf(row.received_at),
  mn: row.mn,
  address: row.address,
  cn: row.cn,
  dataTime: isoOrNull(row.data_time),
  reason: row.reason,
  reasonText: quarantineTexts[row.reason],
  detail: row.detail,
  state: row.state,
  msg: row.msg,
  bytes: row.bytes,
})

const presentCommand = (row: CommandRow): contract.GatewayCommand => ({
  id: row.id,
  mn: row.mn,
  pointName: row.point_name,
  kind: row.kind,
  from: isoOrNull(row.from_at),
  to: isoOrNull(row.to_at),
  state: row.state,
  automatic: row.automatic,
  requestedBy: row.requested_by,
  requestedAt: isoOf(row.requested_at),
  finishedAt: isoOrNull(row.finished_at),
  result: row.result,
})

const presentStop = (row: StopRow): contract.PlannedStop => ({
  id: row.id,
  pointId: row.point_id,
  from: isoOf(row.from_at),
  to: isoOf(row.to_at),
  reason: row.reason,
  createdBy: row.created_by,
  createdAt: isoOf(row.created_at),
})

const presentInfo = (row: DeviceInfoChange): contract.DeviceInfo => {
  const known = infoCodes.find((info) => info.code === row.code)
  const states = facility.test(row.code) ? facilityStates : known?.values
  return {
    mn: row.mn,
    polId: row.polId,
    code: row.code,
    title: facility.test(row.code) ? `治理设施 ${row.code}` : (known?.zh ?? row.code),
    at: shanghaiIso(row.atMs),
    value: row.value,
    text: states?.[row.value] ?? `${row.value}${known?.unit ? ` ${known.unit}` : ''}`,
    before: row.before,
    msg: String(row.msg),
  }
}

const facility = /^SB\d+$/
/** HJ 212-2017 table 4, SBxxx-RS. */
const facilityStates: Readonly<Record<string, string>> = {
  '0': '关闭',
  '1': '运行',
  '2': '校准',
  '3': '维护',
  '4': '报警',
  '5': '反吹',
}

const read = { permission: 'gateway:read' } as const
const operate = { permission: 'gateway:operate' } as const

/** Status, connections, stations, quarantine, commands, missing hours, planned stops. */
export const gatewayRoutes =
  (deps: Deps, series: ValueWriter & ValueReader): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/gateway/status', { schema: contract.getGatewayStatus, config: read }, async () =>
      presentStatus(await latestRun(deps.db.pool), deps.clock.now()),
    )

    app.get(
      '/gateway/connections',
      { schema: contract.listGatewayConnections, config: read },
      async (request) => {
        const { open, cursor, limit = 100 } = request.query
        const filter = { open, before: pageNumber(cursor), limit }
        const rows = await deps.db.asActor(request.actor, (trx) => connectionRows(trx, filter))
        return pageOf(rows, limit, presentConnection, (row) => row.id)
      },
    )

    app.get('/gateway/stations', { schema: contract.listGatewayStations, config: read }, async (request) => {
      const rows = await deps.db.asActor(request.actor, (trx) => stationRows(trx))
      return { items: rows.map((row) => presentStation(row, deps.clock.now())) }
    })

    app.put(
      '/gateway/stations/:mn',
      { schema: contract.saveGatewayStation, config: operate },
      async (request) => saveStation(deps, request.actor, { mn: request.params.mn, ...request.body }),
    )

    app.get('/gateway/missing-hours', { schema: contract.getMissingHours, config: read }, async (request) => {
      const { from, hours, pointId } = request.query
      const fromMs = Math.floor(Date.parse(from) / hourMs) * hourMs
      const nowMs = deps.clock.now()
      const grid = await deps.db.asActor(request.actor, (trx) =>
        missingHours(trx, series, { fromMs, hours, nowMs, pointId }),
      )
      return {
        from: shanghaiIso(fromMs),
        hours,
        reasons: hourReasons.map((code) => ({ code, text: hourReasonTexts[code] })),
        stations: grid.stations.map((s) => ({
          pointId: s.pointId,
          pointCode: s.code,
          pointName: s.name,
          mn: s.mn,
          cells: s.reasons.map((reason) => hourReasons.indexOf(reason)),
          missingItems: s.missingItems,
          details: [],
        })),
      }
    })

    app.get(
      '/gateway/planned-stops',
      { schema: contract.listPlannedStops, config: read },
      async (request) => ({
        items: (await deps.db.asActor(request.actor, (trx) => stopRows(trx))).map(presentStop),
      }),
    )
    app.post(
      '/gateway/planned-stops',
      { schema: contract.createPlannedStop, config: operate },
      async (request, reply) =>
        reply.code(201).send(presentStop(await createStop(deps, request.actor, request.body))),
    )
    app.get(
      '/device-info',
      { schema: contract.listDeviceInfo, config: { permission: 'source:read' } },
      async (request) => {
        const { pointId, from, to, cursor, limit = 100 } = request.query
        const nowMs = deps.clock.now()
        const toMs = to === undefined ? nowMs + hourMs : Date.parse(to)
        const fromMs = from === undefined ? 0 : Date.parse(from)
        const filter = { pointId, fromMs, toMs, cursor: pageNumber(cursor), limit }
        return await deps.db.asActor(request.actor, async (trx) => ({
          inForce: cursor === undefined ? (await deviceInfoAt(trx, [pointId], toMs)).map(presentInfo) : [],
          ...pageOf(await infoPage(trx, filter), limit, presentInfo, (row) => String(row.id)),
        }))
      },
    )
    await app.register(quarantineRoutes(deps, series))
    await app.register(commandRoutes(deps))
  }

const quarantineRoutes =
  (deps: Deps, writer: ValueWriter): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/gateway/quarantine/groups',
      { schema: contract.listQuarantineGroups, config: read },
      async (request) => ({
        items: (await deps.db.asActor(request.actor, (trx) => quarantineGroups(trx))).map((row) => ({
          reason: row.reason,
          reasonText: quarantineTexts[row.reason],
          mn: row.mn,
          count: Number(row.count),
          open: Number(row.open),
          firstAt: isoOf(row.first_at),
          lastAt: isoOf(row.last_at),
        })),
      }),
    )

    app.get('/gateway/quarantine', { schema: contract.listQuarantine, config: read }, async (request) => {
      const { reason, mn, state, cursor, limit = 100 } = request.query
      const before = pageNumber(cursor)?.toString()
      const rows = await deps.db.asActor(request.actor, (trx) =>
        quarantineRows(trx, { reason, mn, state, before, limit }),
      )
      return pageOf(rows, limit, presentQuarantine, (row) => row.id)
    })

    app.get('/gateway/quarantine/:id', { schema: contract.getQuarantine, config: read }, async (request) => {
      const { id } = request.params
      return await deps.db.asActor(request.actor, async (trx) => {
        const row = await quarantineRow(trx, id)
        if (row === undefined) throw new AppError('intake.quarantine-unknown', { detail: `编号 ${id}` })
        const record = await readRecord(trx, BigInt(row.msg))
        return {
          ...presentQuarantine(row),
          raw: presentBytes(record?.bytes ?? new Uint8Array()),
          anomalies: row.anomalies,
          decidedAt: isoOrNull(row.decided_at),
          decidedBy: row.decided_by,
          decisionReason: row.decision_reason,
        }
      })
    })

    app.post(
      '/gateway/quarantine/release',
      { schema: contract.releaseQuarantine, config: operate },
      async (request) => {
        const result = await releaseQuarantine(deps, writer, request.actor, request.body)
        return {
          released: result.released,
          stillFailing: result.stillFailing.map((f) => ({ ...f, reasonText: quarantineTexts[f.reason] })),
        }
      },
    )

    app.post(
      '/gateway/quarantine/dismiss',
      { schema: contract.dismissQuarantine, config: operate },
      async (request) => ({
        dismissed: await dismissQuarantine(deps, request.actor, request.body),
      }),
    )
  }

const commandRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/gateway/commands', { schema: contract.listGatewayCommands, config: read }, async (request) => {
      const { mn, cursor, limit = 100 } = request.query
      const before = pageNumber(cursor)
      const rows = await deps.db.asActor(request.actor, (trx) => commandRows(trx, { mn, before, limit }))
      return pageOf(rows, limit, presentCommand, (row) => String(row.id))
    })
    app.post(
      '/gateway/commands',
      { schema: contract.sendGatewayCommand, config: operate },
      async (request, reply) =>
        reply.code(202).send(presentCommand(await queueCommand(deps, request.actor, request.body))),
    )
  }
