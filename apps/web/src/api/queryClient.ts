import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem.ts'

const MINUTE_MS = 60_000

/** A refusal is final; a server that was not reached, or not ready, is asked again twice. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const { status } = error.problem
  return failures < 2 && (status === 0 || status === 502 || status === 503 || status === 504)
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: MINUTE_MS, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  })
}
