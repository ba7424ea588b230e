import { lazy, Suspense } from 'react'
import { useNewMatterStart } from './useNewMatterAddress.ts'

const NewMatterDrawer = lazy(async () => ({
  default: (await import('./NewMatterDrawer.tsx')).NewMatterDrawer,
}))

/** The form of a new matter, when the address asks for it; its code is fetched only then. */
export function NewMatter() {
  const { start, close } = useNewMatterStart()
  if (start === undefined) return null
  return (
    <Suspense fallback={null}>
      <NewMatterDrawer start={start} onClose={close} />
    </Suspense>
  )
}
