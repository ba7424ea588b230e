import type { AirItemName } from '@shanshui/contract'

/** One quiet colour per item wherever items are told apart; none of them is a colour of an official grade. */
export const itemColours: Readonly<Record<AirItemName, string>> = {
  pm25: '#2f6690',
  pm10: '#b08a3e',
  o3: '#4f8a6d',
  no2: '#8c5a82',
  so2: '#7b8794',
  co: '#a8694f',
}
