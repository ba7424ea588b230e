import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** What a new matter starts from; written into the address, so that a link opens the filled form. */
export interface NewMatterStart {
  readonly workflow?: string
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly problemId?: number
  readonly parentId?: number
}

const names = {
  workflow: 'new',
  enterpriseId: 'new.enterprise',
  featureId: 'new.feature',
  problemId: 'new.problem',
  parentId: 'new.parent',
} as const satisfies Record<keyof NewMatterStart, string>

/** Opens the form of a new matter beside the page. */
export function useNewMatterAddress(): (start: NewMatterStart) => void {
  const [, setSearch] = useSearchParams()
  return useCallback(
    (start) => {
      setSearch((before) => {
        const next = new URLSearchParams(before)
        next.set(names.workflow, start.workflow ?? '')
        for (const key of ['enterpriseId', 'featureId', 'problemId', 'parentId'] as const) {
          const value = start[key]
          if (value === undefined) next.delete(names[key])
          else next.set(names[key], String(value))
        }
        return next
      })
    },
    [setSearch],
  )
}

/** The form that the address asks for, and how it is closed. */
export function useNewMatterStart(): { start: NewMatterStart | undefined; close: () => void } {
  const [search, setSearch] = useSearchParams()
  const number = (name: string): number | undefined => {
    const value = Number(search.get(name))
    return Number.isSafeInteger(value) && value > 0 ? value : undefined
  }
  const workflow = search.get(names.workflow)
  const ids = {
    enterpriseId: number(names.enterpriseId),
    featureId: number(names.featureId),
    problemId: number(names.problemId),
    parentId: number(names.parentId),
  }
  const known = Object.fromEntries(Object.entries(ids).filter(([, value]) => value !== undefined))
  return {
    start: workflow === null ? undefined : { workflow, ...known },
    close: useCallback(() => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          for (const name of Object.values(names)) next.delete(name)
          return next
        },
        { replace: true },
      )
    }, [setSearch]),
  }
}
