/** Tells the story of the closed loop by the people who act in it, as history that is taken over from paper. */
import { type Actor, addCause, type Deps, openMatter, recordAudit, registerProblem } from '@shanshui/server'
import { hazardStories } from './hazards.ts'
import { inspectorateStories } from './inspectorate.ts'
import { loadComplaints } from './load-complaints.ts'
import { loadTraining } from './load-training.ts'
import { mineStories } from './mines.ts'
import { promiseStories, sharingStories } from './promises.ts'
import type { StoryMatter, StoryParties } from './story.ts'
import { taskStories } from './tasks.ts'
import { morningOf, tellSteps } from './tell-steps.ts'
import { type Cast, castOf } from './who.ts'

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
  const openedMs = morningOf(nowMs, story.openedDaysAgo, 0)
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
  await tellSteps({ deps, nowMs, cast, matterId: opened.id, commandId, place: story.place }, story.steps)
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
