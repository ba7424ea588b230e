import type { Api } from '../api.ts'

const POLL_MS = 500
const QUIET_POLLS = 3
const MOST_WAIT_MS = 60_000

/** Waits until the platform has evaluated the hours of the outlets: the masses of the year no longer change. */
export async function hoursEvaluated(source: Api, year: number): Promise<void> {
  const deadline = Date.now() + MOST_WAIT_MS
  let before = ''
  let quiet = 0
  while (quiet < QUIET_POLLS && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    const { items } = await source.get<{ items: { kg: number }[] }>(`/sources/mass?year=${year}`)
    const now = `${items.length} ${items.reduce((sum, { kg }) => sum + kg, 0)}`
    quiet = items.length > 0 && now === before ? quiet + 1 : 0
    before = now
  }
}
