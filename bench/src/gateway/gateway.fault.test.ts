import { expect, it } from 'vitest'
import { killRounds } from './kill.ts'

it('loses and doubles nothing that was acknowledged when gateway, database and both are killed under load', async () => {
  const report = await killRounds(3, 40, 1)
  expect(report).toMatchObject({
    lost: 0,
    duplicates: 0,
    wrongValues: 0,
    withoutEvidence: 0,
    journalFaults: 0,
  })
  expect(report.acknowledged).toBeGreaterThan(500)
}, 240_000)
