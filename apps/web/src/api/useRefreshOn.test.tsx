// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let heard: (data: unknown) => void = () => undefined
vi.mock('./events.tsx', () => ({
  useEvent: (_topic: string, handler: (data: unknown) => void) => {
    heard = handler
  },
}))
const { useRefreshOn } = await import('./useRefreshOn.ts')

let asked = 0
function Probe() {
  useRefreshOn('lead', ['leads'])
  useQuery({ queryKey: ['leads', 'list'], queryFn: () => ++asked })
  return null
}

beforeEach(() => {
  vi.useFakeTimers()
  asked = 0
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

async function show(): Promise<ReturnType<typeof render>> {
  const client = new QueryClient()
  const shown = render(
    <QueryClientProvider client={client}>
      <Probe />
    </QueryClientProvider>,
  )
  await act(() => vi.advanceTimersByTimeAsync(10))
  expect(asked).toBe(1)
  return shown
}

test('two hundred events within a moment ask once more, not two hundred times', async () => {
  await show()
  for (let i = 0; i < 200; i++) heard({ id: i })
  await act(() => vi.advanceTimersByTimeAsync(5000))
  expect(asked).toBe(2)
})

test('events that never stop do not keep the page from being refreshed', async () => {
  await show()
  for (let i = 0; i < 50; i++) {
    heard({ id: i })
    await act(() => vi.advanceTimersByTimeAsync(100))
  }
  expect(asked).toBeGreaterThanOrEqual(4)
  expect(asked).toBeLessThanOrEqual(7)
})

test('who has left the page asks no more', async () => {
  const { unmount } = await show()
  heard({ id: 1 })
  unmount()
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toBe(1)
})
