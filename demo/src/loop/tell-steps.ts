/** Steps of a matter, told as history that is taken over from paper: each after its evidence, by whoever took it. */
import { advanceMatter, type Deps, matterSubject, recordAudit, shanghaiIso, takeFile } from '@shanshui/server'
import { HOUR_MS } from '../calendar.ts'
import { page, picture } from './files.ts'
import { dayBefore, type StoryEvidence, type StoryStep } from './story.ts'
import type { Cast } from './who.ts'

interface Place {
  readonly lon: number
  readonly lat: number
}

export interface Telling {
  readonly deps: Deps
  readonly nowMs: number
  readonly cast: Cast
  readonly matterId: number
  /** Begins the numbers of the commands: telling twice is telling once. */
  readonly commandId: string
  /** Where it is, when the matter has no object with a place. */
  readonly place?: Place | undefined
}

type Command = Parameters<typeof advanceMatter>[3]

/** Morning of a day so many days ago; two steps of a day follow each other by the hour. */
export const morningOf = (nowMs: number, daysAgo: number, order: number): number =>
  Math.min(nowMs, Date.parse(`${dayBefore(nowMs, daysAgo)}T09:00:00+08:00`) + order * HOUR_MS)

/** @param more what a step says besides its story, as the handler of a complaint */
export async function tellSteps(
  telling: Telling,
  steps: readonly StoryStep[],
  more: (step: StoryStep) => Partial<Command> = () => ({}),
): Promise<void> {
  const { deps, nowMs, cast, matterId } = telling
  const { told, spot, ...standing } = await standingOf(telling)
  let { version } = standing
  for (const [index, step] of steps.entries()) {
    const commandId = `${telling.commandId}-step-${index}`
    if (told.has(commandId)) continue
    const actor = await cast.actor(step.by)
    const atMs = morningOf(nowMs, step.daysAgo, index)
    for (const one of step.evidence ?? []) {
      const file = fileOf(one, matterId, { atMs: atMs - HOUR_MS / 2, spot })
      await takeFile(deps, [matterSubject], actor, { subject: { kind: 'matter', id: matterId }, ...file })
    }
    const { daysAgo: _, by: __, evidence: ___, ...said } = step
    const command = { ...said, ...more(step), version, commandId, backdatedToMs: atMs }
    await deps.db.asActor(actor, async (trx) => {
      const done = await advanceMatter(trx, actor, matterId, command, nowMs)
      await recordAudit(trx, actor, `matter.${step.transition}`, `matter:${matterId}`, { demo: true })
      version = done.version
    })
  }
}

/** A picture is taken at the object by a phone that knows time and place; papers carry their day. */
function fileOf(
  one: StoryEvidence,
  matterId: number,
  taken: { readonly atMs: number; readonly spot: Place },
) {
  const said = { demand: one.demand, kind: one.kind, title: one.title, internal: false }
  const at = shanghaiIso(taken.atMs)
  if (one.kind !== 'photo')
    return { ...said, name: `${one.title}.txt`, bytes: page(one.title, at.slice(0, 10)), device: null }
  const device = { at, ...taken.spot, accuracyM: 12 }
  return { ...said, name: `${one.title}.png`, bytes: picture(`${matterId} ${one.title}`), device }
}

const inTown: Place = { lon: 102.19, lat: 38.52 }

async function standingOf({ deps, matterId, place = inTown }: Telling) {
  const { rows } = await deps.db.pool.query<{
    version: number
    lon: number | null
    lat: number | null
    told: string[]
  }>(
    `select m.version, f.lon, f.lat,
            array(select command_id from matter_step where matter_id = m.id and command_id is not null) as told
       from matter m left join feature f on f.id = coalesce(m.feature_id, m.enterprise_id) where m.id = $1`,
    [matterId],
  )
  const row = rows[0]
  const spot = { lon: row?.lon ?? place.lon, lat: row?.lat ?? place.lat }
  return { version: row?.version ?? 1, spot, told: new Set(row?.told) }
}
