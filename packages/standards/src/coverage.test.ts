import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { coverage, notRules, unverifiedRows } from './coverage.ts'
import { evaluators } from './evaluators/registry.ts'
import * as standardsPackage from './index.ts'

const exported = new Set(Object.keys(standardsPackage))
const clauseKey = ({ standard, at }: { standard: string; at: string }) => `${standard} ${at}`
const covered = new Set(coverage.map(({ clause }) => clauseKey(clause)))

describe('coverage: no clause, function, evaluator or test is an orphan', () => {
  test('a clause stands once', () => {
    expect(covered.size).toBe(coverage.length)
  })

  test.each(coverage.map((row) => [clauseKey(row.clause), row] as const))(
    '%s',
    (_, { functions, evaluators: ids, tests, status }) => {
      expect(functions.length).toBeGreaterThan(0)
      expect(functions.filter((name) => !exported.has(name))).toEqual([])
      expect(ids.filter((id) => !evaluators.some((evaluator) => evaluator.id === id))).toEqual([])
      expect(['verified', 'unverified', 'design']).toContain(status)
      const texts = tests.map((file) => {
        const path = new URL(file, import.meta.url)
        expect(existsSync(path), file).toBe(true)
        return readFileSync(path, 'utf8')
      })
      expect(functions.some((name) => texts.some((text) => text.includes(name)))).toBe(true)
    },
  )

  test('every export is in a rule or named as none', () => {
    const known = new Set([...coverage.flatMap(({ functions }) => functions), ...notRules])
    expect([...exported].filter((name) => !known.has(name))).toEqual([])
    expect(notRules.filter((name) => !exported.has(name))).toEqual([])
  })

  test('every evaluator and every clause it cites is covered', () => {
    const offered = new Set(coverage.flatMap(({ evaluators: ids }) => ids))
    for (const { id, clauses } of evaluators) {
      expect(offered.has(id), id).toBe(true)
      for (const clause of clauses)
        expect(covered.has(clauseKey(clause)), `${id}: ${clauseKey(clause)}`).toBe(true)
    }
  })

  test('unverified rows say so in the code', () => {
    const values: Readonly<Record<string, unknown>> = { ...standardsPackage }
    for (const name of unverifiedRows)
      expect(JSON.stringify(values[name]), name).toContain('"status":"unverified"')
    const others = Object.entries(values).filter(
      ([name, value]) => typeof value === 'object' && !unverifiedRows.includes(name),
    )
    for (const [name, value] of others)
      expect(JSON.stringify(value), name).not.toContain('"status":"unverified"')
  })
})
