/** A position of the device. Metres, degrees WGS 84, epoch ms. */
export interface Fix {
  readonly lon: number
  readonly lat: number
  readonly accuracyM: number
  readonly atMs: number
}

export type FixFault = 'denied' | 'unavailable' | 'timeout' | 'unsupported'

export class FixError extends Error {
  readonly fault: FixFault
  constructor(fault: FixFault) {
    super(fault)
    this.name = 'FixError'
    this.fault = fault
  }
}

const TIMEOUT_MS = 25_000
/** A position this young serves for a photo taken now. */
const YOUNG_MS = 60_000

const faults: Readonly<Record<number, FixFault>> = { 1: 'denied', 2: 'unavailable', 3: 'timeout' }

/** Where the device is now; needs no network, only the satellites. Throws FixError. */
export function currentFix(): Promise<Fix> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new FixError('unsupported'))
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          lon: coords.longitude,
          lat: coords.latitude,
          accuracyM: Math.round(coords.accuracy),
          atMs: timestamp,
        }),
      ({ code }) => reject(new FixError(faults[code] ?? 'unavailable')),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: YOUNG_MS },
    )
  })
}

/** For a photo: the position if it can be had, otherwise nothing; taking the picture does not fail for it. */
export async function fixOrNothing(): Promise<Fix | null> {
  try {
    return await currentFix()
  } catch {
    return null
  }
}
