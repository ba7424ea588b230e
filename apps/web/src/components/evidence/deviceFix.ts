import type { EvidenceUploadStart } from '@shanshui/contract'

export type DeviceFix = NonNullable<EvidenceUploadStart['device']>

const limitMs = 8_000

/** Where and when this device is now: for a picture that was taken a moment ago. Without a position only the time. */
export function deviceFix(atMs: number): Promise<DeviceFix> {
  const nowhere: DeviceFix = { at: new Date(atMs).toISOString(), lon: null, lat: null, accuracyM: null }
  if (!('geolocation' in navigator)) return Promise.resolve(nowhere)
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ ...nowhere, lon: coords.longitude, lat: coords.latitude, accuracyM: coords.accuracy }),
      () => resolve(nowhere),
      { enableHighAccuracy: true, timeout: limitMs, maximumAge: 30_000 },
    )
  })
}
