/**
 * Rebuilds everything derived from the journal alone: frames, files and decisions in the order in which they were
 * written, through the code that wrote them the first time. Same journal, same figures.
 */
import { decodeFrame } from '@shanshui/hj212'
import type { Database, Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { wipeDeviceInfo } from './device-info.repository.ts'
import { applyFrames, contentOf, type StationValues } from './frame-apply.ts'
import { loadStations } from './gateway.repository.ts'
import {
  applyAir,
  applyPeers,
  readAir,
  readPeers,
  type Targets,
  type TargetTable,
  targetsFrom,
} from './import-apply.ts'
import { type ImportSource, openImportSource } from './import-source.ts'
import { blocksAfter, type StoredBlock } from './journal.repository.ts'
import { type Decision, readRecord } from './journal.ts'
import { unpackRecords } from './journal-block.ts'
import { msgOf } from './journal-verify.ts'
import type { PeerRow } from './peer-file.ts'
import { wipePeerIndexes } from './peer-index.repository.ts'
import type { Replayer, WriteResult } from './series-door.ts'
import type { Station } from './station.ts'
import type { StationHours } from './station-file.ts'

/** Source of frames that were accepted; frames of other sources carry no value. */
export const acceptedSource = 'gateway'
export const quarantineSource = 'gateway-quarantine'

export interface ReplayReport {
  readonly blocks: number
  readonly frames: number
  readonly decisions: number
  readonly rows: number
}

const blocksPerTransaction = 500

/**
 * Wipes what is derived and replays the whole journal. Stop the gateway, the workers and the API before.
 * @param onProgress called after each transaction with the last block replayed
 */
export async function replay(
  deps: { db: Database },
  series: Replayer,
  onProgress?: (block: bigint, report: ReplayReport) => void,
): Promise<ReplayReport> {
  await deps.db.transaction(async (trx) => {
    await series.wipeDerived(trx)
    await wipePeerIndexes(trx)
    await wipeDeviceInfo(trx)
  })
  const run = new Replay(series, new Map((await loadStations(deps.db.pool)).map((s) => [s.mn, s])))
  let waiting: StoredBlock[] = []
  const flush = async () => {
    const blocks = waiting
    waiting = []
    const last = blocks.at(-1)
    if (last === undefined) return
    await deps.db.transaction(async (trx) => {
      for (const block of blocks) await run.apply(trx, block)
    })
    onProgress?.(last.id, run.report)
  }
  for await (const block of blocksAfter(deps.db.pool, 0n)) {
    waiting.push(block)
    if (waiting.length >= blocksPerTransaction) await flush()
  }
  await flush()
  return run.report
}

interface OpenFile {
  readonly next: (trx: Trx, rows: number, atMs: number, cause: string, reason: string) => Promise<WriteResult>
}

class Replay {
  readonly #series: Replayer
  readonly #stations: Map<string, Station>
  readonly #files = new Map<string, OpenFile>()
  #blocks = 0
  #frames = 0
  #decisions = 0
  #rows = 0

  constructor(series: Replayer, stations: Map<string, Station>) {
    this.#series = series
    this.#stations = stations
  }

  get report(): ReplayReport {
    return { blocks: this.#blocks, frames: this.#frames, decisions: this.#decisions, rows: this.#rows }
  }

  async apply(trx: Trx, block: StoredBlock): Promise<void> {
    this.#blocks += 1
    if (block.kind === 'frames' && block.source === acceptedSource) await this.#applyFrames(trx, block)
    if (block.kind !== 'decision') return
    for (const [i, record] of unpackRecords(block.data, block.records).entries()) {
      this.#decisions += 1
      await this.#applyDecision(trx, JSON.parse(record.toString()) as Decision, msgOf(block.id, i))
    }
  }

  async #applyFrames(trx: Trx, block: StoredBlock): Promise<void> {
    const frames: StationValues[] = []
    for (const [i, record] of unpackRecords(block.data, block.records).entries()) {
      this.#frames += 1
      const item = this.#read(record, msgOf(block.id, i))
      if (item) frames.push(item)
    }
    this.#count(await applyFrames(trx, this.#series, frames, gatewayCause(block.receivedToMs)))
  }

  #read(record: Uint8Array, msg: bigint, place?: Station): StationValues | undefined {
    const frame = decodeFrame(record, { dialect: (mn) => codecDialect(this.#stations.get(mn)) })
    const station = place ?? this.#stations.get(frame.header.mn)
    return station && contentOf(frame, station, msg)
  }

  async #applyDecision(trx: Trx, decision: Decision, msg: bigint): Promise<void> {
    switch (decision.type) {
      case 'station':
        this.#setStation(decision.body as StationBody)
        return
      case 'release':
        await this.#release(trx, decision)
        return
      case 'dismiss':
        return
      case 'import-start':
        await this.#openFile(trx, decision.body as ImportStartBody)
        return
      case 'import':
        await this.#importRows(trx, decision)
        return
      default:
        await this.#series.applyDecision(trx, decision, msg)
    }
  }

  #setStation(body: StationBody): void {
    this.#stations.set(body.mn, { password: '', ...body })
  }

  async #release(trx: Trx, decision: Decision): Promise<void> {
    const body = decision.body as ReleaseBody
    const frames: StationValues[] = []
    for (const { msg, station } of body.frames) {
      const record = await readRecord(trx, BigInt(msg))
      if (record === undefined) throw new AppError('intake.record-unknown', { detail: `msg ${msg}` })
      const item = this.#read(record.bytes, BigInt(msg), { password: '', ...station })
      if (item) frames.push(item)
    }
    const cause = { by: body.by, reason: decision.reason, atMs: decision.atMs }
    this.#count(await applyFrames(trx, this.#series, frames, cause))
  }

  async #openFile(q: Queryable, body: ImportStartBody): Promise<void> {
    const source = await openImportSource(q, BigInt(body.entry))
    const targets = targetsFrom(body.points)
    const file =
      body.kind === 'air-hours'
        ? this.#airFile(source, targets, body.chunkRows)
        : peerFile(source, targets, body.chunkRows)
    this.#files.set(body.entry, file)
  }

  #airFile(source: ImportSource, targets: Targets, chunkRows: number): OpenFile {
    const reading = readAir(source, targets, chunkRows)
    const pieces = withRows(reading.pieces())
    return {
      next: async (trx, rows, atMs, by, reason) => {
        const hours = nextOf<StationHours>(pieces, rows)
        return await applyAir(trx, this.#series, source, reading, hours, { by, reason, atMs })
      },
    }
  }

  async #importRows(trx: Trx, decision: Decision): Promise<void> {
    const body = decision.body as ImportBody
    const file = this.#files.get(body.entry)
    if (file === undefined)
      throw new AppError('intake.journal-damaged', { detail: `文件 ${body.entry} 没有开始记录` })
    const result = await file.next(trx, body.to - body.from, decision.atMs, body.cause, decision.reason)
    this.#count(result)
  }

  #count(result: WriteResult): void {
    this.#rows += result.inserted + result.revised + result.unchanged
  }
}

function peerFile(source: ImportSource, targets: Targets, chunkRows: number): OpenFile {
  const pieces = withRows(readPeers(source, targets, chunkRows).pieces())
  return {
    next: async (trx, rows, atMs) =>
      await applyPeers(trx, source, targets, nextOf<readonly PeerRow[]>(pieces, rows), atMs),
  }
}

/** Pieces without rows made no decision: they are passed over. */
function* withRows<T>(
  pieces: Iterable<{ content: T; rows: number }>,
): Generator<{ content: T; rows: number }> {
  for (const piece of pieces) if (piece.rows > 0) yield piece
}

function nextOf<T>(pieces: Iterator<{ content: T; rows: number }>, rows: number): T {
  const { value, done } = pieces.next()
  if (done || value.rows !== rows)
    throw new AppError('intake.journal-damaged', { detail: '文件内容与导入记录不符' })
  return value.content
}

export const gatewayCause = (atMs: number) => ({ by: 'gateway', reason: 'HJ 212 上报', atMs })

/** What the codec has to know of a station's deviations. */
export function codecDialect(station: Station | undefined) {
  const dialect = station?.dialect
  if (dialect?.crc === undefined && dialect?.fillValues === undefined) return undefined
  return {
    modbusCrc: dialect.crc === 'modbus',
    ...(dialect.fillValues && { fillValues: dialect.fillValues }),
  }
}

export type StationBody = Omit<Station, 'password'>

export interface ReleaseBody {
  readonly by: string
  readonly frames: readonly { readonly msg: string; readonly station: StationBody }[]
}

interface ImportStartBody {
  readonly entry: string
  readonly kind: 'air-hours' | 'peer-indexes'
  readonly chunkRows: number
  readonly points: TargetTable
}

interface ImportBody {
  readonly entry: string
  readonly from: number
  readonly to: number
  readonly cause: string
}
