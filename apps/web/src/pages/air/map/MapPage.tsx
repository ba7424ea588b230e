import { aqiLevels } from '@shanshui/standards'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAirHours, useAirRefresh } from '../../../api/air.ts'
import { useRegionBoundaries } from '../../../api/registry.ts'
import { useCarriedSearch, useScope } from '../../../app/layout/useScope.ts'
import { MapView } from '../../../components/map/MapView.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { dayStartMs } from '../../../format/time.ts'
import { useCity } from '../basis/useCity.ts'
import { useHourColumns } from '../hours/useHourColumns.tsx'
import css from './mapPage.module.css'
import { usePlaces } from './usePlaces.ts'

const NOON_MS = 12 * 3_600_000

/** Where are the stations, and what is the air there now? The table below says the same. */
export function MapPage() {
  const { t } = useTranslation('air')
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const [scope] = useScope()
  const { id } = useCity()
  const at = scope.date === '' ? undefined : new Date(dayStartMs(scope.date) + NOON_MS).toISOString()
  const hours = useAirHours(id, at)
  const boundaries = useRegionBoundaries()
  const places = usePlaces(hours.data?.rows ?? [])
  const columns = useHourColumns()
  useAirRefresh()
  const open = useCallback(
    (station: number) => void navigate({ pathname: `/air/stations/${station}`, search }),
    [navigate, search],
  )
  const shown = new Set(places.map((place) => place.id))
  return (
    <Page title={t('map.title')} note={hours.data?.label}>
      <Panel>
        <Async query={boundaries} what={t('map.boundaries')} rows={10}>
          {(regions) => (
            <MapView
              regions={regions}
              places={places}
              label={t('map.title')}
              height="min(62vh, 560px)"
              onOpen={open}
            />
          )}
        </Async>
        <Legend />
      </Panel>
      <Panel>
        <Async query={hours} what={t('hours.title')} rows={5}>
          {(data) => (
            <DataTable
              id="st"
              caption={t('hours.caption', { label: data.label })}
              columns={columns}
              rows={data.rows.filter((row) => shown.has(row.pointId))}
              rowKey={(row) => row.pointId}
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}

function Legend() {
  const { i18n } = useTranslation('air')
  return (
    <ul className={css.legend}>
      {aqiLevels.map((level) => (
        <li key={level.level}>
          <span className={css.swatch} style={{ background: level.colour }} aria-hidden="true" />
          {level.from === 0 ? '≤ 50' : level.level === 6 ? '> 300' : `${level.from}–${level.to}`}{' '}
          {i18n.language === 'en' ? level.en : level.class}
        </li>
      ))}
    </ul>
  )
}
