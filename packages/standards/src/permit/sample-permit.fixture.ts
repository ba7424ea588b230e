import type { PermitContent } from './document.ts'

/** A small power plant: its obligations are listed by hand in the test. */
export const samplePermit: PermitContent = {
  issuedOn: '2025-06-10',
  expiresOn: '2030-06-09',
  management: 'key',
  outlets: [
    {
      number: 'DA001',
      medium: 'air',
      main: true,
      facility: 'power-coal-boiler',
      referenceO2: 6,
      limits: [
        { factor: 'a21026', value: 35, unit: 'mg/m³', averaging: 'hour', basis: 'GB 13223-2011' },
        { factor: 'a21002', value: 50, unit: 'mg/m³', averaging: 'hour', basis: 'GB 13223-2011' },
      ],
      annualTonnes: [
        { pollutant: 'SO2', tonnes: 120.5 },
        { pollutant: 'NOx', tonnes: 180 },
      ],
    },
    {
      number: 'DW001',
      medium: 'water',
      main: false,
      direct: false,
      limits: [{ factor: 'w01018', value: 100, unit: 'mg/L', averaging: 'day', basis: 'GB 8978-1996' }],
      annualTonnes: [],
    },
  ],
  totals: [
    { pollutant: 'SO2', tonnes: 120.5 },
    { pollutant: 'NOx', tonnes: 180 },
  ],
  selfMonitoring: [
    { outletNumber: 'DA001', factor: 'a21026', method: 'auto', frequency: 'continuous' },
    { outletNumber: 'DA001', factor: 'a21002', method: 'auto', frequency: 'continuous' },
    { outletNumber: 'DW001', factor: 'w01018', method: 'manual', frequency: 'quarter' },
  ],
  reports: [
    { period: 'year', dueOn: '01-15' },
    { period: 'quarter', dueDays: 15 },
  ],
  ledgers: [{ content: '治理设施运行', frequency: 'month' }],
  disclosures: [{ content: '自行监测结果', frequency: 'year' }],
}
