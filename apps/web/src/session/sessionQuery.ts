import type { Session } from '@shanshui/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'

export const sessionKey = ['session'] as const

/** `null`: nobody is signed in, which is an answer and not an error. */
async function readSession(): Promise<Session | null> {
  try {
    return await api.get<Session>('/session')
  } catch (error) {
    if (isProblem(error) && error.problem.status === 401) return null
    throw error
  }
}

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: readSession,
  staleTime: Number.POSITIVE_INFINITY,
})
