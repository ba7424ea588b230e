import type { AirItemName } from '@shanshui/contract'

/** One quiet colour per item wherever items are told apart; none of them is a colour of an official grade. */
export const itemColours: Readonly<Record<AirItemName, string>> = {
  pm25: '#2f6690',
  pm10: '#8a671f',
  o3: '#3d7357',
  no2: '#80507a',
  so2: '#65717e',
  co: '#9a5639',
}
