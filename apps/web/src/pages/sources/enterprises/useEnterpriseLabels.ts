import type { KindInfo } from '@shanshui/contract'
import { useCallback } from 'react'
import { useKinds } from '../../../api/registry.ts'

interface Labelled {
  readonly enum?: readonly string[]
  readonly 'x-labels'?: Readonly<Record<string, string>>
}

function labelsOf(kinds: readonly KindInfo[] | undefined, kind: string, property: string) {
  const info = kinds?.find((one) => one.kind === kind)
  const schema = info?.schema as { properties?: Record<string, Labelled> } | undefined
  return schema?.properties?.[property]?.['x-labels'] ?? {}
}

/** The words that the kinds themselves give their choices, e.g. `sector` of an enterprise. */
export function useEnterpriseLabels() {
  const kinds = useKinds()
  const items = kinds.data?.items
  const label = useCallback(
    (kind: string, property: string, value: string) => labelsOf(items, kind, property)[value] ?? value,
    [items],
  )
  const options = useCallback(
    (kind: string, property: string) =>
      Object.entries(labelsOf(items, kind, property)).map(([value, text]) => ({ value, label: text })),
    [items],
  )
  return { label, options }
}
