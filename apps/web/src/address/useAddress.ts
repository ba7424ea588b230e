import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/** How one thing of the view is written into the address; an absent parameter means `fallback`. */
export interface AddressParam<T> {
  readonly fallback: T
  readonly read: (text: string) => T | undefined
  readonly write: (value: T) => string
}

/** Any parameter, whatever its type of value: what the hook needs to know of one. */
export interface AnyParam {
  readonly fallback: unknown
  readonly read: (text: string) => unknown
  readonly write: (value: never) => string
}

type Params = Readonly<Record<string, AnyParam>>
type ValueOf<P> = P extends AddressParam<infer T> ? T : never
export type AddressState<S> = { readonly [K in keyof S]: ValueOf<S[K]> }

export function textParam(fallback = ''): AddressParam<string> {
  return { fallback, read: (text) => text, write: (value) => value }
}

export function integerParam(fallback: number, from = -Infinity, to = Infinity): AddressParam<number> {
  const read = (text: string): number | undefined => {
    const value = Number(text)
    return Number.isInteger(value) && value >= from && value <= to ? value : undefined
  }
  return { fallback, read, write: String }
}

export function choiceParam<T extends string>(choices: readonly T[], fallback: T): AddressParam<T> {
  return { fallback, read: (text) => choices.find((choice) => choice === text), write: (value) => value }
}

export function dateParam(fallback: string): AddressParam<string> {
  const isDate = (text: string): boolean =>
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  return { fallback, read: (text) => (isDate(text) ? text : undefined), write: (value) => value }
}

export function listParam(fallback: readonly string[] = []): AddressParam<readonly string[]> {
  return {
    fallback,
    read: (text) => text.split(',').filter((part) => part !== ''),
    write: (value) => value.join(','),
  }
}

/**
 * State of a page, kept in the address bar so that a link reproduces the view.
 * `change` writes several parameters at once; a value equal to its fallback leaves the address.
 */
export function useAddress<S extends Params>(
  params: S,
): [AddressState<S>, (patch: Partial<AddressState<S>>, options?: { replace?: boolean }) => void] {
  const [search, setSearch] = useSearchParams()
  const state = useMemo(() => readState(params, search) as AddressState<S>, [params, search])
  const change = useCallback(
    (patch: Partial<AddressState<S>>, options: { replace?: boolean } = {}) => {
      setSearch(
        (previous) => {
          const next = new URLSearchParams(previous)
          for (const [name, value] of Object.entries(patch)) writeOne(params, next, name, value)
          return next
        },
        { replace: options.replace ?? true },
      )
    },
    [params, setSearch],
  )
  return [state, change]
}

function readState(params: Params, search: URLSearchParams): Record<string, unknown> {
  const state: Record<string, unknown> = {}
  for (const [name, param] of Object.entries(params)) {
    const text = search.get(name)
    state[name] = (text === null ? undefined : param.read(text)) ?? param.fallback
  }
  return state
}

function writeOne(params: Params, search: URLSearchParams, name: string, value: unknown): void {
  const param = params[name]
  if (param === undefined) return
  const text = value === undefined ? '' : param.write(value as never)
  if (value === undefined || text === param.write(param.fallback as never)) search.delete(name)
  else search.set(name, text)
}
