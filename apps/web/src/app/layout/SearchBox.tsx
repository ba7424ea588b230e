import type { Feature } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { useSession } from '../../session/session.tsx'
import { rooms } from '../rooms.ts'
import { titleKey } from '../titles.ts'
import { useCarriedSearch } from './useScope.ts'

const MAX_HITS = 12

/** Finds pages by title and objects of the registry by name or code. */
export function SearchBox() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const carried = useCarriedSearch()
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const features = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) =>
      api.get<{ items: Feature[] }>('/features', { search: wanted, limit: MAX_HITS }, signal),
    enabled: wanted !== '' && may('registry:read'),
  })
  const pages = rooms
    .flatMap((room) => room.pages)
    .filter((page) => page.inNavigation && may(page.permission))
    .map((page) => ({ value: `/${page.path}`, label: t(titleKey(page.path)) }))
    .filter((page) => wanted !== '' && page.label.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()))
  const objects = (features.data?.items ?? []).flatMap((feature) => {
    const path = pathOf(feature)
    return path === undefined ? [] : [{ value: path, label: `${feature.name}（${feature.code}）` }]
  })
  const options = [
    ...(pages.length > 0 ? [{ label: t('search.pages'), options: pages }] : []),
    ...(objects.length > 0 ? [{ label: t('search.objects'), options: objects }] : []),
  ]
  return (
    <AutoComplete
      style={{ width: 240 }}
      value={text}
      options={options}
      popupMatchSelectWidth={280}
      notFoundContent={wanted === '' || features.isFetching ? null : t('search.none')}
      onSearch={setText}
      onSelect={(path: string) => {
        setText('')
        void navigate({ pathname: path, search: carried })
      }}
    >
      <Input
        size="small"
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        allowClear
      />
    </AutoComplete>
  )
}

function pathOf(feature: Feature): string | undefined {
  if (feature.kind === 'air-station') return `/air/stations/${feature.id}`
  if (feature.kind === 'air-city') return '/air/year'
  if (feature.kind === 'peer-city') return '/air/ranking'
  if (feature.kind === 'enterprise') return `/sources/enterprises/${feature.id}`
  if (feature.kind === 'outlet') return `/sources/outlets/${feature.id}`
  return undefined
}
