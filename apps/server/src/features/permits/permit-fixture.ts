/** For tests: two plants with a permit each, seen by the bureau and by the plant itself. */
import { type PermitProperties, permissionsOf, type RoleName } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db/index.ts'
import { testActor } from '../../platform/testing/index.ts'
import { calmLead, raiseLead, seedRules, standingLeads } from '../leads/index.ts'
import { creditCode, enterpriseDraft, makeRegions, outletDraft } from '../registry/enterprise-fixture.ts'
import { type Point, upsertFeature } from '../registry/index.ts'
import type { HourCounts } from '../sources/index.ts'
import type { MonthlyMass, PermitDoors } from './permit-doors.ts'

export interface PermitPlant {
  readonly enterprise: Point
  readonly air: Point
  readonly water: Point
  readonly permit: Point
  readonly code: string
}

export const permitProperties = (creditCodeOfPlant: string): PermitProperties => ({
  creditCode: creditCodeOfPlant,
  issuedOn: '2020-06-10',
  expiresOn: '2025-06-09',
  authority: '试验市生态环境局',
  management: 'key',
  outlets: [
    {
      number: 'DA001',
      medium: 'air',
      main: true,
      limits: [
        { factor: 'a21026', value: 50, unit: 'mg/m³', averaging: 'hour', basis: 'GB 13271-2014' },
        { factor: 'a21002', value: 200, unit: 'mg/m³', averaging: 'hour', basis: 'GB 13271-2014' },
      ],
      annualTonnes: [
        { pollutant: 'SO2', tonnes: 120 },
        { pollutant: 'NOx', tonnes: 180 },
      ],
    },
    {
      number: 'DW001',
      medium: 'water',
      main: false,
      direct: true,
      limits: [{ factor: 'w01018', value: 50, unit: 'mg/L', averaging: 'day', basis: 'GB 18918-2002' }],
      annualTonnes: [],
    },
  ],
  totals: [
    { pollutant: 'SO2', tonnes: 120 },
    { pollutant: 'NOx', tonnes: 180 },
  ],
  selfMonitoring: [
    { outletNumber: 'DA001', factor: 'a21026', method: 'auto', frequency: 'continuous' },
    { outletNumber: 'DA001', factor: 'a21002', method: 'auto', frequency: 'continuous' },
    { outletNumber: 'DW001', factor: 'w01018', method: 'manual', frequency: 'quarter' },
  ],
  reports: [
    { period: 'year', dueOn: '01-31' },
    { period: 'quarter', dueDays: 15 },
  ],
  ledgers: [{ content: '治理设施运行', frequency: 'quarter' }],
  disclosures: [{ content: '自行监测结果', frequency: 'year' }],
})

export async function makePermitPlant(
  db: Database,
  n: number,
  change: (p: PermitProperties) => PermitProperties = (p) => p,
  facility = 'other-air',
): Promise<PermitPlant> {
  return db.transaction(async (trx) => {
    await makeRegions(trx)
    await seedRules(trx, Date.now())
    const code = creditCode(n)
    const enterprise = await upsertFeature(trx, 'system', enterpriseDraft(code, `试验厂${n}`))
    const air = await upsertFeature(
      trx,
      'system',
      outletDraft(code, 'DA001', { properties: { facility, eiaApprovedOn: '2018-05-01' } }),
    )
    const water = await upsertFeature(
      trx,
      'system',
      outletDraft(code, 'DW001', { properties: { facility: 'other-water' } }),
    )
    const permit = await upsertFeature(trx, 'system', {
      kind: 'permit',
      code: `${code}001P`,
      name: `试验厂${n} 排污许可证`,
      regionCode: enterprise.regionCode,
      ownerId: enterprise.ownerId,
      properties: change(permitProperties(code)),
    })
    return { enterprise, air, water, permit, code }
  })
}

/** The plant's own environment officer. */
export const enterpriseActor = (plant: PermitPlant, userId = 1): Actor =>
  testActor('enterprise', {
    owner: plant.enterprise.ownerId,
    organizationId: plant.enterprise.ownerId,
    userId,
  })

/** Somebody of the bureau; `userId` tells one from the other. */
export const bureauActor = (role: RoleName, userId: number): Actor =>
  testActor(role, { userId, name: `${role} ${userId}`, permissions: permissionsOf([role]) })

export const clockAt = (day: string) => fixedClock(Date.parse(`${day}T10:00:00+08:00`))

/** Real leads; tonnes and hours as the test sets them. */
export function testDoors(mass: MonthlyMass[] = [], hours: HourCounts[] = []): PermitDoors {
  return {
    monthlyMass: async (_, { year, outletIds }) =>
      mass.filter((m) => m.month.startsWith(String(year)) && (outletIds?.includes(m.outletId) ?? true)),
    monitoredHours: async (_, outletIds) => hours.filter((h) => outletIds.includes(h.outletId)),
    raiseLead,
    calmLead,
    standingLeads,
  }
}

export const noPermissions: Actor = testActor('clerk', { userId: 99 })
