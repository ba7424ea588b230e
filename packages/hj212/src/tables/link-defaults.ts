/** Time-outs and resends by kind of link: HJ 212-2017 table 1; rows of 2005 are unverified. */
export interface LinkRow {
  readonly link: string
  readonly overTimeS: number
  readonly reCount: number
  readonly until?: '2005'
  readonly status?: 'unverified'
}

export const linkDefaults: readonly LinkRow[] = [
  ...['GPRS', 'CDMA', 'WCDMA', 'TD-SCDMA', 'CDMA2000', 'PLC', 'TD-LTE', 'FDD-LTE', 'WiMAX'].map((link) => ({
    link,
    overTimeS: 10,
    reCount: 3,
  })),
  { link: 'ADSL', overTimeS: 5, reCount: 3 },
  { link: 'PSTN', overTimeS: 5, reCount: 3, until: '2005', status: 'unverified' },
  { link: 'SMS', overTimeS: 30, reCount: 3, until: '2005', status: 'unverified' },
]
