/** Which connections there are and were, for the gateway's page; saved in turns. */
import type { Connection } from '@shanshui/hj212'
import type { Queryable } from '../../platform/db/index.ts'
import { type ConnectionState, saveConnections } from './gateway.repository.ts'

const fewConnections = 500
const allEveryMs = 30_000

export class ConnectionLog {
  readonly #changed = new Map<number, Connection>()
  readonly #lastFrameMs = new Map<number, number>()
  readonly #known = new Set<number>()
  #allSavedMs = 0

  /** Opened, closed, or otherwise changed. */
  note(connection: Connection): void {
    this.#changed.set(connection.id, connection)
  }

  frame(connection: Connection, nowMs: number): void {
    this.#lastFrameMs.set(connection.id, nowMs)
    this.#changed.set(connection.id, connection)
  }

  /** Saves what changed; a failed save is made up by the next. */
  async save(q: Queryable, instance: string, nowMs: number): Promise<void> {
    const turn = this.#turn(nowMs)
    const states = turn.map((connection) => this.#stateOf(connection, nowMs))
    for (const { id } of turn) this.#changed.delete(id)
    try {
      await saveConnections(q, instance, states)
    } catch (error) {
      for (const connection of turn) this.#changed.set(connection.id, connection)
      throw error
    }
    for (const { number, closedMs } of states) {
      if (closedMs === 0) this.#known.add(number)
      else {
        this.#known.delete(number)
        this.#lastFrameMs.delete(number)
      }
    }
  }

  /** All that changed; of very many, between the full turns only those that opened or closed. */
  #turn(nowMs: number): Connection[] {
    const changed = [...this.#changed.values()]
    if (changed.length > fewConnections && nowMs - this.#allSavedMs < allEveryMs)
      return changed.filter((c) => c.closeReason !== null || !this.#known.has(c.id))
    this.#allSavedMs = nowMs
    return changed
  }

  #stateOf(connection: Connection, nowMs: number): ConnectionState {
    return {
      number: connection.id,
      address: `${connection.address}:${connection.port}`,
      openedMs: connection.connectedMs,
      lastFrameMs: this.#lastFrameMs.get(connection.id) ?? 0,
      frames: connection.framesReceived,
      badFrames: connection.badFrames,
      mns: connection.mns,
      closedMs: connection.closeReason === null ? 0 : nowMs,
      closeReason: connection.closeReason,
    }
  }
}
