import type { PlanPlace } from './plan.types.ts'

const EARTH_KM = 6371.0088
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Kilometres as the crow flies (haversine on the mean sphere). */
function greatCircleKm(a: PlanPlace, b: PlanPlace): number {
  const half = (x: number, y: number) => Math.sin(radians(y - x) / 2) ** 2
  const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon)
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/**
 * Whole minutes of driving, rounded up: distance × road factor at the mean speed. Rounding up keeps the triangle
 * inequality, so leaving a visit out never makes a route longer.
 */
export function drivingMinutes(
  a: PlanPlace,
  b: PlanPlace,
  { roadFactor, speedKmh }: { readonly roadFactor: number; readonly speedKmh: number },
): number {
  // A metre's noise must not become a minute.
  return Math.ceil((greatCircleKm(a, b) * roadFactor * 60) / speedKmh - 1e-6)
}
