import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { coverage } from '../packages/standards/src/coverage.ts'
import { generatedDocuments, standardsCoverage } from './generate-docs.ts'

describe('generated documents', () => {
  test.each(
    generatedDocuments().map(({ path, content }) => [path.split('/').at(-1), path, content] as const),
  )('%s is current (npm run docs:generate)', (_, path, content) => {
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('an evaluator or clause without a row fails', () => {
    const without = coverage.filter(({ clause }) => clause.at !== '5.3.1')
    expect(() => standardsCoverage(without)).toThrow('HJ 633-2026 5.3.1')
    const noAlert = coverage.filter(({ evaluators }) => !evaluators.includes('air.alert-grade'))
    expect(() => standardsCoverage(noAlert)).toThrow('air.alert-grade')
  })

  test('unverified rows are listed with their source', () => {
    const text = standardsCoverage()
    expect(text).toContain('| `sandCriteria` | 环办监测〔2016〕120号（判据数值待核实） |')
    expect(text).toContain('| `alertPlans` | 环大气〔2024〕6号（数值待核实） |')
    expect(text).not.toContain('2017年分级（两处公开材料）')
  })
})
