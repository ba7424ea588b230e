import type { EnterpriseSummary } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useDossier } from '../../../api/enterprises.ts'

const MOST = 20

/** What a form takes over of the enterprise that was chosen. */
export interface ChosenEnterprise {
  readonly id: number
  readonly name: string
  readonly regionCode: number
}

interface Props {
  readonly id: string
  readonly value: number | undefined
  readonly onChange: (enterprise: ChosenEnterprise | undefined) => void
}

/** An enterprise found by its name or code. */
export function EnterpriseSelect({ id, value, onChange }: Props) {
  const { t } = useTranslation('matters')
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['enterprises', 'choice', wanted],
    enabled: wanted !== '',
    queryFn: ({ signal }) =>
      api.get<{ items: readonly EnterpriseSummary[] }>(
        '/enterprises',
        { search: wanted, limit: MOST },
        signal,
      ),
  })
  const chosen = useDossier(value, value !== undefined).data?.summary
  const items = found.data?.items ?? (chosen === undefined ? [] : [chosen])
  return (
    <Select<number>
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={t('open.searchEnterprise')}
      notFoundContent={
        wanted === '' ? t('open.typeName') : found.isFetching ? t('open.searching') : t('open.notFound')
      }
      {...(value === undefined ? {} : { value })}
      options={items.map((one) => ({
        value: one.id,
        label: `${one.name}${one.regionName === null ? '' : `（${one.regionName}）`}`,
      }))}
      onChange={(next?: number) => {
        const one = items.find((candidate) => candidate.id === next)
        onChange(one === undefined ? undefined : { id: one.id, name: one.name, regionCode: one.regionCode })
      }}
    />
  )
}
