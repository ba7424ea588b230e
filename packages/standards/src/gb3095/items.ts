/** The six basic items in display order (the standard fixes none). */
export const airItems = ['pm25', 'pm10', 'o3', 'no2', 'so2', 'co'] as const
export type AirItem = (typeof airItems)[number]

export interface AirItemInfo {
  /** HJ 212 factor code. a05024 (ozone) is not in table B.2 but is what stations send. */
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly unit: 'µg/m³' | 'mg/m³'
  /** Decimals kept in hourly and daily values (HJ 663 rounding table; HJ 633-2026 4.2.2, 4.2.3). */
  readonly decimals: 0 | 1
}

export const airItemInfo: Readonly<Record<AirItem, AirItemInfo>> = {
  pm25: { code: 'a34004', zh: 'PM2.5', en: 'PM2.5', unit: 'µg/m³', decimals: 0 },
  pm10: { code: 'a34002', zh: 'PM10', en: 'PM10', unit: 'µg/m³', decimals: 0 },
  o3: { code: 'a05024', zh: 'O3', en: 'O3', unit: 'µg/m³', decimals: 0 },
  no2: { code: 'a21004', zh: 'NO2', en: 'NO2', unit: 'µg/m³', decimals: 0 },
  so2: { code: 'a21026', zh: 'SO2', en: 'SO2', unit: 'µg/m³', decimals: 0 },
  co: { code: 'a21005', zh: 'CO', en: 'CO', unit: 'mg/m³', decimals: 1 },
}

const byCode = new Map<string, AirItem>(airItems.map((item) => [airItemInfo[item].code, item]))

/** The air item of an HJ 212 factor code, undefined for any other factor. */
export function itemByCode(code: string): AirItem | undefined {
  return byCode.get(code)
}

export function isAirItem(value: unknown): value is AirItem {
  return typeof value === 'string' && (airItems as readonly string[]).includes(value)
}
