import { useSyncExternalStore } from 'react'

const NARROW = '(max-width: 899px)'

function subscribe(onChange: () => void): () => void {
  const query = globalThis.matchMedia?.(NARROW)
  query?.addEventListener('change', onChange)
  return () => query?.removeEventListener('change', onChange)
}

/** A phone, or a window as narrow as one. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => globalThis.matchMedia?.(NARROW).matches === true)
}
