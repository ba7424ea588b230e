/** Tells the story of the closed loop by the people who act in it, as history that is taken over from paper. */
import {
  type Actor,
  actorOf,
  addCause,
  advanceMatter,
  type Deps,
  matterSubject,
  openMatter,
  organizationBy,
  recordAudit,
  registerProblem,
  takeFile,
  userBy,
} from '@shanshui/server'
import { page, picture } from './files.ts'
import { hazardStories } from './hazards.ts'
import { inspectorateStories } from './inspectorate.ts'
import { loadComplaints } from './load-complaints.ts'
import { loadTraining } from './load-training.ts'
import { mineStories } from './mines.ts'
import { promiseStories, sharingStories } from './promises.ts'
import { dayBefore, type StoryMatter, type StoryParties, type StoryStep } from './story.ts'
import { taskStories } from './tasks.ts'

const HOUR_MS = 3_600_000

export interface LoopOptions {
  readonly deps: Deps
  readonly seed: number
  readonly nowMs: number
  /** credit code of an enterprise of the cast */
  readonly codeOf: (key: string) => string
  /** registry id by `kind:code` */
  readonly idOf: (feature: string) => number | undefined
  readonly stopping: () => boolean
}

/** Who is who, looked up once. */
export interface Cast {
  actor(login: string): Promise<Actor>
  organization(code: string): Promise<number>
}

export function castOf(deps: Deps, codeOf: (key: string) => string): Cast {
  const actors = new Map<string, Actor>()
  const organizations = new Map<string, number>()
  return {
    async actor(login) {
      const known = actors.get(login)
      if (known !== undefined) return known
      const user = await userBy(deps.db.pool, { login })
      if (user === undefined) throw new Error(`nobody logs in as ${login}`)
      const actor = actorOf(user)
      actors.set(login, actor)
      return actor
    },
    async organization(code) {
      const known = organizations.get(code)
      if (known !== undefined) return known
      const found =
        (await organizationBy(deps.db.pool, { code })) ??
        (await organizationBy(deps.db.pool, { code: codeOf(code) }))
      if (found === undefined) throw new Error(`no organization ${code}`)
      organizations.set(code, found.id)
      return found.id
    },
  }
}

/** Morning of a day so many days ago; two steps of a day follow each other by the hour. */
const atOf = (nowMs: number, daysAgo: number, order: number): number =>
  Math.min(nowMs, Date.parse(`${dayBefore(nowMs, daysAgo)}T09:00:00+08:00`) + order * HOUR_MS)

/** Everything; repeating is harmless. False when a stop came first. */
export async function loadLoop(options: LoopOptions): Promise<boolean> {
  const { deps, nowMs, seed } = options
  const cast = castOf(deps, options.codeOf)
  const stories = [
    ...inspectorateStories(nowMs),
    ...mineStories(nowMs),
    ...hazardStories(nowMs),
    ...taskStories(nowMs),
    ...promiseStories(nowMs),
    ...sharingStories(nowMs),
  ]
  for (const [index, story] of stories.entries()) {
    if (options.stopping()) return false
    await tellMatter(options, cast, story, `demo-matter-${index}`)
  }
  if (!(await loadComplaints(options, cast))) return false
  await loadTraining(deps, cast, seed, nowMs)
  return true
}

async function partiesOf(cast: Cast, parties: StoryParties) {
  const found: Record<string, { organizationId: number }> = {}
  for (const [party, code] of Object.entries(parties)) {
    if (code !== undefined) found[party] = { organizationId: await cast.organization(code) }
  }
  return found
}

async function tellMatter(
  options: LoopOptions,
  cast: Cast,
  story: StoryMatter,
  commandId: string,
): Promise<void> {
  const { deps, nowMs, idOf, codeOf } = options
  const opener = await cast.actor(story.openedBy)
  const enterpriseId =
    story.enterprise === undefined ? null : (idOf(`enterprise:${codeOf(story.enterprise)}`) ?? null)
  const featureId = story.feature === undefined ? null : (idOf(story.feature) ?? null)
  const ownerId = story.enterprise === undefined ? 0 : await cast.organization(story.enterprise)
  const openedMs = atOf(nowMs, story.openedDaysAgo, 0)
  const { problem } = story
  const parties = await partiesOf(cast, story.parties)
  const opened = await deps.db.asActor(opener, async (trx) => {
    const registered =
      problem === undefined
        ? undefined
        : await registerProblem(
            trx,
            opener,
            {
              source: problem.source as 'survey',
              ref: problem.ref ?? null,
              title: story.title,
              detail: problem.detail,
              theme: problem.theme as 'water',
              regionCode: story.regionCode,
              ownerId,
              enterpriseId,
              featureId: featureId ?? enterpriseId,
              lon: story.place?.lon ?? null,
              lat: story.place?.lat ?? null,
              foundMs: openedMs,
              commandId: `${commandId}-problem`,
            },
            nowMs,
          )
    const matter = await openMatter(
      trx,
      opener,
      {
        workflow: story.workflow,
        title: story.title,
        regionCode: story.regionCode,
        ownerId,
        featureId: featureId ?? enterpriseId,
        enterpriseId,
        problemId: registered?.id ?? null,
        parties,
        ...(story.fields && { fields: story.fields }),
        source: { kind: (problem?.source ?? 'self') as 'self', ref: problem?.ref ?? null },
        commandId,
        backdatedToMs: openedMs,
      },
      nowMs,
    )
    await recordAudit(trx, opener, 'matter.opened', `matter:${matter.id}`, { demo: true })
    return { ...matter, problemId: registered?.id }
  })
  await tellSteps(options, cast, opened.id, story.steps, commandId, story.place)
  const clerk = await cast.actor('zhenggai')
  if (opened.problemId !== undefined) await tellCauses(deps, clerk, opened.problemId, problem?.causes ?? [])
}

async function tellCauses(
  deps: Deps,
  actor: Actor,
  problemId: number,
  causes: readonly (readonly [kind: string, text: string])[],
): Promise<void> {
  const { rows } = await deps.db.pool.query('select kind from problem_cause where problem_id = $1', [
    problemId,
  ])
  if (rows.length > 0) return
  for (const [kind, text] of causes) await addCause(deps, actor, problemId, { kind: kind as 'money', text })
}

/** Steps in turn, each after its evidence; a step that was told before is passed over. */
export async function tellSteps(
  options: LoopOptions,
  cast: Cast,
  matterId: number,
  steps: readonly StoryStep[],
  commandId: string,
  place?: { readonly lon: number; readonly lat: number },
  more: (step: StoryStep) => Promise<object> = async () => ({}),
): Promise<void> {
  const { deps, nowMs } = options
  let version = await versionOf(deps, matterId)
  for (const [index, step] of steps.entries()) {
    const actor = await cast.actor(step.by)
    const atMs = atOf(nowMs, step.daysAgo, index)
    const command = `${commandId}-step-${index}`
    if (await isTold(deps, matterId, command)) continue
    for (const one of step.evidence ?? []) {
      const photo = one.kind === 'photo'
      await takeFile(deps, [matterSubject], actor, {
        subject: { kind: 'matter', id: matterId },
        demand: one.demand,
        kind: one.kind,
        name: photo ? `${one.title}.png` : `${one.title}.txt`,
        title: one.title,
        bytes: photo ? picture(`${matterId} ${one.title}`) : page(one.title, dayBefore(nowMs, step.daysAgo)),
        internal: false,
        device: photo ? await deviceAt(deps, matterId, atMs - HOUR_MS / 2, place) : null,
      })
    }
    version = await versionOf(deps, matterId)
    const { transition, reason, fields, lookBackMonths } = step
    await deps.db.asActor(actor, async (trx) => {
      const done = await advanceMatter(
        trx,
        actor,
        matterId,
        {
          transition,
          version,
          commandId: command,
          ...(reason !== undefined && { reason }),
          ...(fields !== undefined && { fields }),
          ...(lookBackMonths !== undefined && { lookBackMonths }),
          ...(await more(step)),
          backdatedToMs: atMs,
        },
        nowMs,
      )
      await recordAudit(trx, actor, `matter.${transition}`, `matter:${matterId}`, { demo: true })
      version = done.version
    })
  }
}

async function versionOf(deps: Deps, matterId: number): Promise<number> {
  const { rows } = await deps.db.pool.query<{ version: number }>('select version from matter where id = $1', [
    matterId,
  ])
  return rows[0]?.version ?? 1
}

async function isTold(deps: Deps, matterId: number, commandId: string): Promise<boolean> {
  const { rowCount } = await deps.db.pool.query(
    'select from matter_step where matter_id = $1 and command_id = $2',
    [matterId, commandId],
  )
  return (rowCount ?? 0) > 0
}

/** The phone stood at the object of the matter. */
async function deviceAt(
  deps: Deps,
  matterId: number,
  atMs: number,
  place: { readonly lon: number; readonly lat: number } | undefined,
) {
  const { rows } = await deps.db.pool.query<{ lon: number | null; lat: number | null }>(
    `select f.lon, f.lat from matter m left join feature f on f.id = coalesce(m.feature_id, m.enterprise_id) where m.id = $1`,
    [matterId],
  )
  const at = new Date(atMs + 8 * HOUR_MS).toISOString().replace('Z', '+08:00')
  const lon = rows[0]?.lon ?? place?.lon ?? 102.19
  const lat = rows[0]?.lat ?? place?.lat ?? 38.52
  return { at, lon, lat, accuracyM: 12 }
}
