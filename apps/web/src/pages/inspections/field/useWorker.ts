import { useEffect, useState } from 'react'
import { TAKE_OVER } from '../../../offline/worker/scope.ts'
import type { WorkerState } from './device.ts'

const HOUR_MS = 3_600_000

export interface WorkerControl {
  readonly state: WorkerState
  /** A newer version waits; calling it takes it over and opens this page anew. */
  readonly update: (() => void) | undefined
}

/** Registers the service worker: only where the field app is opened, so that a desk never carries it. */
export function useWorker(): WorkerControl {
  const [state, setState] = useState<WorkerState>('serviceWorker' in navigator ? 'installing' : 'none')
  const [waiting, setWaiting] = useState<ServiceWorker>()
  useEffect(() => {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return setState('none')
    const { serviceWorker } = navigator
    let timer: ReturnType<typeof setInterval> | undefined
    const look = (registration: ServiceWorkerRegistration): void => {
      if (registration.active !== null) setState('active')
      setWaiting(registration.active === null ? undefined : (registration.waiting ?? undefined))
    }
    const follow = (registration: ServiceWorkerRegistration): void => {
      look(registration)
      registration.addEventListener('updatefound', () =>
        registration.installing?.addEventListener('statechange', () => look(registration)),
      )
      registration.installing?.addEventListener('statechange', () => look(registration))
      timer = setInterval(() => void registration.update().catch(() => undefined), HOUR_MS)
    }
    serviceWorker
      .register('/sw.js', { scope: '/', updateViaCache: 'none' })
      .then(follow)
      // Without signal the registration of an earlier visit serves.
      .catch(async () => {
        const registration = await serviceWorker.getRegistration('/')
        if (registration === undefined) setState('none')
        else follow(registration)
      })
    return () => clearInterval(timer)
  }, [])
  if (waiting === undefined) return { state, update: undefined }
  return {
    state,
    update: () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
        once: true,
      })
      waiting.postMessage(TAKE_OVER)
    },
  }
}
