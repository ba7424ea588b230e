import type { Permission, Session } from '@shanshui/contract'
import { createContext, type ReactNode, useContext, useMemo } from 'react'

export interface SessionState {
  readonly session: Session
  readonly may: (permission: Permission) => boolean
}

const Context = createContext<SessionState | undefined>(undefined)

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const state = useMemo(() => {
    const held = new Set<Permission>(session.permissions)
    return { session, may: (permission: Permission) => held.has(permission) }
  }, [session])
  return <Context.Provider value={state}>{children}</Context.Provider>
}

/** Who is signed in and what they may; only below the session gate. */
export function useSession(): SessionState {
  const state = useContext(Context)
  if (state === undefined) throw new Error('useSession needs a SessionProvider above it')
  return state
}
