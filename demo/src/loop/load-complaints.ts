/** Sixty complaints, each taken in by the clerk and handled by the county's officers. */
import { complaintDeps, createComplaint } from '@shanshui/server'
import { branchOfComplaint, complaintStories } from './complaints.ts'
import type { LoopOptions } from './load-loop.ts'
import { dayBefore } from './story.ts'
import { tellSteps } from './tell-steps.ts'
import type { Cast } from './who.ts'

/** False when a stop came first. */
export async function loadComplaints(options: LoopOptions, cast: Cast): Promise<boolean> {
  const { deps, seed, nowMs, idOf, codeOf } = options
  const room = complaintDeps(deps)
  const clerk = await cast.actor('xinfang')
  for (const [index, story] of complaintStories(seed, nowMs).entries()) {
    if (options.stopping()) return false
    const commandId = `demo-complaint-${index}`
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
      commandId,
    })
    const handler = { organizationId: await cast.organization(branchOfComplaint(story)) }
    const matterId = complaint.matter?.id ?? 0
    await tellSteps({ deps, nowMs, cast, matterId, commandId, place: story }, story.steps, (step) =>
      step.transition === 'dispatch' ? { parties: { handler } } : {},
    )
  }
  return true
}
