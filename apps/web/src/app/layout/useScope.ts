import { useMemo } from 'react'
import { useLocation } from 'react-router'
import { integerParam, textParam, useAddress } from '../../address/useAddress.ts'
import { today } from '../../format/time.ts'

/** What the top bar fixes for every page: the day looked at (empty = now) and the region (0 = all of one's own). */
const params = { date: textParam(''), region: integerParam(0, 0, 999_999) } as const
const carriedNames = ['date', 'region', 'edition', 'sand', 'stations'] as const

export interface Scope {
  /** Civil day, or empty for the present. */
  readonly date: string
  readonly region: number
}

export function useScope(): [Scope, (patch: Partial<Scope>) => void] {
  const [state, change] = useAddress(params)
  return [state, (patch) => change(patch, { replace: false })]
}

/** The day looked at: the chosen one, or today. */
export function scopeDay(scope: Pick<Scope, 'date'>): string {
  return scope.date === '' ? today() : scope.date
}

/** Day, region and basis go along from page to page; what belongs to one page alone stays behind. */
export function useCarriedSearch(): string {
  const { search } = useLocation()
  return useMemo(() => {
    const now = new URLSearchParams(search)
    const next = new URLSearchParams()
    for (const name of carriedNames) {
      const value = now.get(name)
      if (value !== null) next.set(name, value)
    }
    return next.toString()
  }, [search])
}

/** True when a region code lies in the chosen region: 629000 covers 629001, 620000 covers both, 100000 all. */
export function regionCovers(region: number, code: number): boolean {
  if (region === 0 || region === 100_000 || region === code) return true
  if (region % 10_000 === 0) return Math.floor(code / 10_000) === Math.floor(region / 10_000)
  if (region % 100 === 0) return Math.floor(code / 100) === Math.floor(region / 100)
  return false
}
