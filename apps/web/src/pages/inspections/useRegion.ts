import { useScope } from '../../app/layout/useScope.ts'
import { useSession } from '../../session/session.tsx'

/** The region that a plan or draw is for: the one of the top bar, otherwise the first of one's own. */
export function useRegion(): number {
  const [scope] = useScope()
  const { session } = useSession()
  if (scope.region !== 0) return scope.region
  const own = session.user.scope.regions
  return own.length === 1 ? (own[0] ?? 0) : session.user.organization.regionCode
}
