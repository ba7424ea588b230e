/** Sixty complaints, each taken in by the clerk and handled by the county's officers. */
import { complaintDeps, createComplaint } from '@shanshui/server'
import { branchOfComplaint, complaintStories } from './complaints.ts'
import { type Cast, type LoopOptions, tellSteps } from './load-loop.ts'
import { dayBefore } from './story.ts'

/** False when a stop came first. */
export async function loadComplaints(options: LoopOptions, cast: Cast): Promise<boolean> {
  const { deps, seed, nowMs, idOf, codeOf } = options
  const room = complaintDeps(deps)
  const clerk = await cast.actor('xinfang')
  for (const [index, story] of complaintStories(seed, nowMs).entries()) {
    if (options.stopping()) return false
    const enterpriseId =
      story.enterprise === undefined ? undefined : idOf(`enterprise:${codeOf(story.enterprise)}`)
    const { complaint } = await createComplaint(room, clerk, {
      channel: story.channel,
      ...(story.outerNumber && { outerNumber: story.outerNumber }),
      title: story.title,
      theme: story.theme as 'odour',
      urgency: story.urgency,
      nature: 'enforcement',
      regionCode: story.regionCode,
      place: story.place,
      lon: story.lon,
      lat: story.lat,
      ...(enterpriseId !== undefined && { enterpriseId }),
      ...(story.campaign && { campaign: story.campaign }),
      content: story.content,
      receivedAt: `${dayBefore(nowMs, story.receivedDaysAgo)}T08:30:00+08:00`,
      ...(story.complainant && { complainant: story.complainant }),
      commandId: `demo-complaint-${index}`,
    })
    const handler = { organizationId: await cast.organization(branchOfComplaint(story)) }
    await tellSteps(
      options,
      cast,
      complaint.matter?.id ?? 0,
      story.steps,
      `demo-complaint-${index}`,
      story,
      async (step) => (step.transition === 'dispatch' ? { parties: { handler } } : {}),
    )
  }
  return true
}
