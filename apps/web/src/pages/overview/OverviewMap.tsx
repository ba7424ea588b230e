import type { AirOverview } from '@shanshui/contract'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useRegionBoundaries } from '../../api/registry.ts'
import { useCarriedSearch } from '../../app/layout/useScope.ts'
import { MapView } from '../../components/map/MapView.tsx'
import { Panel } from '../../components/Page.tsx'
import { Async } from '../../components/states.tsx'
import { usePlaces } from '../air/map/usePlaces.ts'

export function OverviewMap({ rows }: { rows: AirOverview['today']['stations'] }) {
  const { t } = useTranslation('overview')
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const boundaries = useRegionBoundaries()
  const places = usePlaces(rows)
  const open = useCallback(
    (id: number) => void navigate({ pathname: `/air/stations/${id}`, search }),
    [navigate, search],
  )
  return (
    <Panel title={t('map')} tools={<Link to={{ pathname: '/air/map', search }}>{t('toMap')}</Link>}>
      <Async query={boundaries} what={t('map')} rows={8}>
        {(regions) => (
          <MapView regions={regions} places={places} label={t('map')} height={330} onOpen={open} />
        )}
      </Async>
    </Panel>
  )
}
