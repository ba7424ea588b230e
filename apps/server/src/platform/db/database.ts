/** The door to PostgreSQL: a pool, transactions as owner of the tables, and transactions in which RLS holds. */
import pg from 'pg'
import type { Actor } from '../actor.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'

export type Queryable = Pick<pg.ClientBase, 'query'>
export type Trx = pg.PoolClient

export interface Database {
  /** As owner of the tables: gateway, jobs, migrations. Row-level security does not hold here. */
  readonly pool: pg.Pool
  readonly connectionString: string
  /** As owner of the tables. */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /** As the actor: role shanshui_app with the actor's settings, so that row-level security holds. */
  asActor<T>(actor: Actor, work: (trx: Trx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly poolSize?: number
  /** Limit of one statement of an actor, seconds. */
  readonly statementSeconds?: number
  readonly log?: Logger
  readonly applicationName?: string
}

const dateOid = 1082

/** A civil day stays the text `YYYY-MM-DD`: a Date object would move it by the machine's time zone. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === dateOid && format !== 'binary'
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

/** Opens a pool; connects on first use. */
export function openDatabase(connectionString: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString,
    max: options.poolSize ?? 10,
    types,
    application_name: options.applicationName ?? 'shanshui',
    // Bounds of days, months and years are those of Beijing whatever the server's default.
    options: '-c timezone=Asia/Shanghai -c jit=off -c datestyle=ISO,YMD',
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 30_000,
  })
  // An idle connection that the server closes is no reason to end the process; the next query opens another.
  let closing = false
  pool.on('error', (error) => {
    if (closing) return
    options.log?.warn({ event: 'database.idle-connection-lost', reason: error.message }, 'connection lost')
  })
  const statementMs = (options.statementSeconds ?? 60) * 1000

  async function transaction<T>(
    work: (trx: Trx) => Promise<T>,
    prepare?: (trx: Trx) => Promise<void>,
  ): Promise<T> {
    const trx = await pool.connect()
    let broken: Error | undefined
    const onError = (error: Error) => {
      broken = error
    }
    trx.on('error', onError)
    try {
      await trx.query('begin')
      await prepare?.(trx)
      const result = await work(trx)
      const { command } = await trx.query('commit')
      // PostgreSQL answers the commit of a failed transaction with ROLLBACK and no error: nothing was kept.
      if (command !== 'COMMIT') throw new Error('the transaction had failed; nothing of it was committed')
      return result
    } catch (error) {
      await trx.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      trx.off('error', onError)
      trx.release(broken)
    }
  }

  return {
    pool,
    connectionString,
    transaction: (work) => transaction(work),
    asActor: (actor, work) => transaction(work, (trx) => becomeActor(trx, actor, statementMs)),
    close() {
      closing = true
      return pool.end()
    },
  }
}

/** Work inside a transaction that can fail by itself: what it wrote is undone, the transaction goes on. */
export async function withSavepoint<T>(trx: Trx, work: () => Promise<T>): Promise<T> {
  await trx.query('savepoint inner_work')
  try {
    const result = await work()
    await trx.query('release savepoint inner_work')
    return result
  } catch (error) {
    await trx.query('rollback to savepoint inner_work; release savepoint inner_work')
    throw error
  }
}

/** From here to the end of the transaction the database shows and accepts only what the actor may see. */
async function becomeActor(trx: Trx, actor: Actor, statementMs: number): Promise<void> {
  await trx.query({
    name: 'become-actor',
    text: `select set_config('app.user_id', $1, true), set_config('app.regions', $2, true),
                  set_config('app.owner', $3, true), set_config('statement_timeout', $4, true),
                  set_config('app.organization', $5, true), set_config('app.permissions', $6, true),
                  set_config('role', 'shanshui_app', true)`,
    values: [
      String(actor.userId),
      actor.regions,
      String(actor.owner),
      String(statementMs),
      String(actor.organizationId),
      `,${[...actor.permissions].join(',')},`,
    ],
  })
}

const oldestMajor = 15

/** Errors: `database.too-old` with the version found. */
export async function checkServerVersion(db: Database): Promise<{ major: number; text: string }> {
  const { rows } = await db.pool.query<{ number: string; text: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
  )
  const row = rows[0]
  const major = Math.floor(Number(row?.number ?? 0) / 10_000)
  if (major < oldestMajor) {
    throw new AppError('database.too-old', {
      detail: `数据库是 PostgreSQL ${row?.text}，需要 ${oldestMajor} 或更新版本`,
    })
  }
  return { major, text: row?.text ?? '' }
}
