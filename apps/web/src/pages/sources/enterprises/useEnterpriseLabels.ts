import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useKinds } from '../../../api/registry.ts'
import { propertyFields } from '../../data/registry/property-fields.ts'

/** The words that the kinds themselves give their choices, e.g. `sector` of an enterprise. */
export function useEnterpriseLabels() {
  const { i18n } = useTranslation()
  const kinds = useKinds()
  const fields = useMemo(
    () => new Map(kinds.data?.items.map(({ kind, schema }) => [kind, propertyFields(schema, i18n.language)])),
    [kinds.data, i18n.language],
  )
  const options = useCallback(
    (kind: string, property: string) =>
      (fields.get(kind)?.find(({ name }) => name === property)?.choices ?? []).map(({ value, label }) => ({
        value: String(value),
        label,
      })),
    [fields],
  )
  const label = useCallback(
    (kind: string, property: string, value: string) =>
      options(kind, property).find((one) => one.value === value)?.label ?? value,
    [options],
  )
  return { label, options }
}
