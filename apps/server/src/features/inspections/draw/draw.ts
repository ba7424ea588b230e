/**
 * The double random draw, procedure `draw/1` (docs/double-random.md): pools are written down and hashed, the hash with
 * public randomness and the time gives the seed, the seed gives the order. The same words give the same draw anywhere.
 */
import { createHash } from 'node:crypto'
import type { DrawOfficer, DrawSettings, DrawUnit, OfficerPair, PairDraw, UnitDraw } from './draw.types.ts'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Errors: RangeError, in words, for a pool that names somebody twice. */
function checkIds(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new RangeError(`编号重复：${twice}`)
}

export const unitPoolHash = (pool: readonly DrawUnit[]): string =>
  sha256(
    JSON.stringify(
      pool
        .map((unit) => [unit.id, unit.title, unit.drawnThisYear === true])
        .toSorted((a, b) => inOrder(String(a[0]), String(b[0]))),
    ),
  )

export const officerPoolHash = (pool: readonly DrawOfficer[], unitIds: readonly string[]): string =>
  sha256(
    JSON.stringify([
      pool
        .map((one): [string, string, string[]] => [one.id, one.name, (one.conflicts ?? []).toSorted(inOrder)])
        .toSorted((a, b) => inOrder(a[0], b[0])),
      [...unitIds],
    ]),
  )

const seedOf = (settings: DrawSettings, poolHash: string): string =>
  sha256(`${settings.publicRandomness}\n${settings.timestamp}\n${poolHash}`)

/** Numbers below `n`, each equally likely: 32 bits of SHA-256(seed, counter) at a time, those beyond the last whole n left out. */
function numbersOf(seed: string): (n: number) => number {
  let counter = 0
  let block = Buffer.alloc(0)
  let at = 0
  const next = (): number => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(`${seed}:${counter}`, 'utf8').digest()
      counter++
      at = 0
    }
    at += 4
    return block.readUInt32BE(at - 4)
  }
  return (n) => {
    const whole = Math.floor(2 ** 32 / n) * n
    for (;;) {
      const number = next()
      if (number < whole) return number % n
    }
  }
}

/** Fisher and Yates, from the last place to the first, on the ids in their order. */
export function shuffled(ids: readonly string[], seed: string): string[] {
  const below = numbersOf(seed)
  const order = ids.toSorted(inOrder)
  for (let last = order.length - 1; last > 0; last--) {
    const other = below(last + 1)
    const kept = order[last] as string
    order[last] = order[other] as string
    order[other] = kept
  }
  return order
}

/** 0.25 × 40 is asked as 10, whatever the double says. */
const ceilOf = (x: number): number => Math.ceil(Math.round(x * 1e9) / 1e9)

/** Units of a quarter: those not drawn this year first, in the order of the draw. */
export function drawUnits(pool: readonly DrawUnit[], settings: DrawSettings): UnitDraw {
  checkIds(pool.map((unit) => unit.id))
  const poolHash = unitPoolHash(pool)
  const seed = seedOf(settings, poolHash)
  const order = shuffled(
    pool.map((unit) => unit.id),
    seed,
  )
  const quota = Math.min(pool.length, Math.max(0, settings.quota ?? ceilOf(settings.rate * pool.length)))
  const before = new Set(pool.filter((unit) => unit.drawnThisYear === true).map((unit) => unit.id))
  const fresh = order.filter((id) => !before.has(id))
  const inTurn = [...fresh, ...order.filter((id) => before.has(id))]
  return {
    algorithm: 'draw/1',
    poolHash,
    seed,
    quota,
    order,
    chosen: inTurn.slice(0, quota),
    reserve: inTurn.slice(quota, quota + (settings.reserves ?? 0)),
    repeated: quota > fresh.length,
  }
}

/**
 * Two officers for each unit in its order: of those free of conflict the two with the fewest units so far, in the
 * order of the draw where it is equal; the next one is the reserve.
 */
export function drawOfficers(
  unitIds: readonly string[],
  officers: readonly DrawOfficer[],
  settings: DrawSettings,
): PairDraw {
  checkIds(officers.map((one) => one.id))
  const poolHash = officerPoolHash(officers, unitIds)
  const seed = seedOf(settings, poolHash)
  const order = shuffled(
    officers.map((one) => one.id),
    seed,
  )
  const conflicts = new Map(officers.map((one) => [one.id, new Set(one.conflicts ?? [])]))
  const load = new Map(order.map((id) => [id, 0]))
  const pairs: OfficerPair[] = []
  const unassigned: string[] = []
  for (const unitId of unitIds) {
    const free = order
      .filter((id) => conflicts.get(id)?.has(unitId) !== true)
      .toSorted((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0))
    const [first, second, third] = free
    if (first === undefined || second === undefined) {
      unassigned.push(unitId)
      continue
    }
    for (const id of [first, second]) load.set(id, (load.get(id) ?? 0) + 1)
    pairs.push({ unitId, officers: [first, second], reserve: third ?? null })
  }
  return { algorithm: 'draw/1', poolHash, seed, pairs, unassigned }
}
