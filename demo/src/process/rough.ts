import { curve, stream } from '../chance.ts'

/**
 * Rough noise of about unit variance that needs no past: a sum of smooth curves whose knots lie 1, 3, 9 … hours apart.
 * It looks like a process with a memory of a few days, and any hour of it can be had alone.
 */
export interface Rough {
  at(hour: number): number
}

const SPACING = [1, 3, 9, 27, 81, 243] as const

/** `slow` from 0 (hours) to 1 (weeks) says where the weight lies. */
export function rough(seed: number, name: string, slow = 0.5): Rough {
  const octaves = SPACING.map((hours, k) => {
    const place = k / (SPACING.length - 1)
    return { of: stream(seed, `${name} ${hours}`), hours, weight: Math.exp(-((place - slow) ** 2) / 0.18) }
  })
  const norm = Math.sqrt(octaves.reduce((sum, { weight }) => sum + weight * weight, 0))
  return {
    at(hour) {
      let sum = 0
      for (const { of, hours, weight } of octaves) sum += weight * curve(of, hour / hours + 0.37)
      return sum / norm
    },
  }
}
