import type { Session } from '@shanshui/contract'
import { queryOptions } from '@tanstack/react-query'
import { api, setCsrfToken } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { shouldRetry } from '../api/queryClient.ts'
import { signOutIsDone, signOutIsOwed } from '../offline/marks.ts'

export const sessionKey = ['session'] as const

/** `null`: nobody is signed in, which is an answer and not an error. */
async function readSession(): Promise<Session | null> {
  try {
    const session = await api.get<Session>('/session')
    if (!signOutIsOwed()) return session
    // Somebody signed out here without signal: their session ends before anybody works with it.
    setCsrfToken(session.csrfToken)
    await api.delete<void>('/session')
    signOutIsDone()
    return null
  } catch (error) {
    if (isProblem(error) && error.problem.status === 401) {
      signOutIsDone()
      return null
    }
    throw error
  }
}

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: readSession,
  staleTime: Number.POSITIVE_INFINITY,
  // Asked without signal too: only the failure tells that the field app has to open from what the device keeps.
  networkMode: 'always',
  retry: (failures, error) => navigator.onLine && shouldRetry(failures, error),
})
