import { expect, test, vi } from 'vitest'
import { createEventHub } from './events.tsx'

class FakeSource extends EventTarget {
  readonly topics: readonly string[]
  closed = false
  constructor(topics: readonly string[]) {
    super()
    this.topics = topics
  }
  close(): void {
    this.closed = true
  }
  say(topic: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ topic, data }) }))
  }
}

function hub() {
  const sources: FakeSource[] = []
  const made = createEventHub((topics) => {
    const source = new FakeSource(topics)
    sources.push(source)
    return source as unknown as EventSource
  })
  return { made, sources }
}

test('subscriptions made together share one connection; another topic opens it anew with both', async () => {
  vi.useFakeTimers()
  const { made, sources } = hub()
  made.subscribe('series', () => undefined)
  made.subscribe('figure', () => undefined)
  await vi.advanceTimersByTimeAsync(100)
  expect(sources.map((source) => source.topics)).toEqual([['figure', 'series']])
  const stop = made.subscribe('jobs', () => undefined)
  await vi.advanceTimersByTimeAsync(100)
  expect(sources[0]?.closed).toBe(true)
  expect(sources[1]?.topics).toEqual(['figure', 'jobs', 'series'])
  stop()
  await vi.advanceTimersByTimeAsync(100)
  expect(sources[2]?.topics).toEqual(['figure', 'series'])
  made.close()
  vi.useRealTimers()
})

test('a topic hears its parts, and everybody hears that events may have been lost', async () => {
  vi.useFakeTimers()
  const { made, sources } = hub()
  const heard: string[] = []
  made.subscribe('series', () => heard.push('series'))
  made.subscribe('job:7', () => heard.push('job:7'))
  await vi.advanceTimersByTimeAsync(100)
  sources[0]?.say('series:12', {})
  sources[0]?.say('job:71', {})
  expect(heard).toEqual(['series'])
  sources[0]?.say('resync', {})
  expect(heard).toEqual(['series', 'series', 'job:7'])
  made.close()
  vi.useRealTimers()
})
