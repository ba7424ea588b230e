import type { AirItem } from '@shanshui/standards'

/**
 * How the air of a dry north-western city behaves, as relative shapes. They are invented for a city that does not
 * exist; only their order of magnitude is meant to be believable. Scales are found by the search, not written here.
 */

/** Order of the items in every typed array of the demo city; the order of display of the standards package. */
export const items = ['pm25', 'pm10', 'o3', 'no2', 'so2', 'co'] as const satisfies readonly AirItem[]

export interface ItemClimate {
  /** relative level in the middle of January … December */
  readonly season: readonly number[]
  /** relative level in the hours 0–1 … 23–24 */
  readonly diurnal: readonly number[]
  /** relative level on Saturday and on Sunday */
  readonly weekend: readonly [number, number]
  /** day-to-day scatter; share of it that stagnant air explains */
  readonly scatter: number
  readonly stagnation: number
  /** hour-to-hour scatter that the stations share, and of each station alone */
  readonly shared: number
  readonly alone: number
  /** relative level at the five stations */
  readonly site: readonly [number, number, number, number, number]
  /** the instrument reports nothing below this */
  readonly floor: number
}

export const climate: Record<AirItem, ItemClimate> = {
  pm25: {
    season: [1.72, 1.42, 1.12, 0.95, 0.76, 0.6, 0.55, 0.55, 0.66, 0.86, 1.24, 1.62],
    diurnal: [
      1.12, 1.08, 1.04, 1.0, 0.97, 0.96, 0.98, 1.05, 1.14, 1.18, 1.12, 1.02, 0.92, 0.85, 0.81, 0.8, 0.82,
      0.88, 0.96, 1.04, 1.1, 1.14, 1.16, 1.15,
    ],
    weekend: [0.97, 0.94],
    scatter: 0.36,
    stagnation: 0.75,
    shared: 0.12,
    alone: 0.07,
    site: [1.02, 0.9, 1.13, 1.03, 0.92],
    floor: 3,
  },
  pm10: {
    season: [1.22, 1.18, 1.28, 1.24, 1.05, 0.82, 0.7, 0.68, 0.77, 0.95, 1.18, 1.18],
    diurnal: [
      1.03, 1.0, 0.96, 0.92, 0.9, 0.9, 0.94, 1.04, 1.14, 1.18, 1.14, 1.06, 0.99, 0.95, 0.93, 0.94, 0.97, 1.0,
      1.04, 1.08, 1.1, 1.1, 1.08, 1.06,
    ],
    weekend: [0.96, 0.92],
    scatter: 0.52,
    stagnation: 0.45,
    shared: 0.14,
    alone: 0.08,
    site: [1.0, 0.88, 1.1, 0.98, 1.06],
    floor: 7,
  },
  o3: {
    season: [0.58, 0.7, 0.86, 1.0, 1.13, 1.24, 1.26, 1.19, 1.02, 0.8, 0.64, 0.55],
    diurnal: [
      0.62, 0.58, 0.55, 0.52, 0.49, 0.45, 0.4, 0.38, 0.44, 0.58, 0.76, 0.93, 1.08, 1.19, 1.27, 1.3, 1.28, 1.2,
      1.08, 0.95, 0.84, 0.76, 0.7, 0.66,
    ],
    weekend: [1.01, 1.03],
    scatter: 0.15,
    stagnation: -0.2,
    shared: 0.06,
    alone: 0.04,
    site: [0.97, 1.04, 0.95, 1.0, 1.06],
    floor: 2,
  },
  no2: {
    season: [1.42, 1.2, 1.05, 0.92, 0.8, 0.72, 0.7, 0.74, 0.9, 1.1, 1.32, 1.46],
    diurnal: [
      1.05, 0.96, 0.88, 0.83, 0.82, 0.88, 1.02, 1.22, 1.34, 1.22, 1.02, 0.84, 0.72, 0.66, 0.64, 0.66, 0.74,
      0.9, 1.14, 1.34, 1.4, 1.34, 1.24, 1.14,
    ],
    weekend: [0.94, 0.87],
    scatter: 0.22,
    stagnation: 0.7,
    shared: 0.12,
    alone: 0.09,
    site: [1.1, 0.88, 1.12, 1.08, 0.68],
    floor: 3,
  },
  so2: {
    season: [1.68, 1.44, 1.1, 0.9, 0.76, 0.67, 0.64, 0.66, 0.8, 1.0, 1.34, 1.62],
    diurnal: [
      0.9, 0.87, 0.85, 0.84, 0.85, 0.87, 0.92, 1.02, 1.2, 1.36, 1.4, 1.3, 1.15, 1.02, 0.94, 0.9, 0.9, 0.92,
      0.95, 0.98, 1.0, 1.0, 0.97, 0.94,
    ],
    weekend: [0.99, 0.97],
    scatter: 0.27,
    stagnation: 0.65,
    shared: 0.16,
    alone: 0.14,
    site: [0.96, 0.82, 1.42, 0.98, 0.8],
    floor: 2,
  },
  co: {
    season: [1.55, 1.36, 1.1, 0.92, 0.78, 0.68, 0.65, 0.68, 0.82, 1.0, 1.28, 1.5],
    diurnal: [
      1.08, 1.03, 0.98, 0.95, 0.94, 0.96, 1.04, 1.16, 1.22, 1.14, 1.02, 0.92, 0.86, 0.83, 0.82, 0.84, 0.88,
      0.95, 1.04, 1.12, 1.16, 1.15, 1.13, 1.1,
    ],
    weekend: [0.98, 0.95],
    scatter: 0.2,
    stagnation: 0.8,
    shared: 0.1,
    alone: 0.06,
    site: [1.06, 0.92, 1.05, 1.06, 0.9],
    floor: 0.2,
  },
}
