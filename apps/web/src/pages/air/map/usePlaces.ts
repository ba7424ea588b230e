import type { AirHours, Feature } from '@shanshui/contract'
import { aqiLevels } from '@shanshui/standards'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFeatures } from '../../../api/registry.ts'
import { regionCovers, useScope } from '../../../app/layout/useScope.ts'
import type { MapPlace } from '../../../components/map/mapPlace.ts'

type Row = AirHours['rows'][number]

/** Stations of the chosen region as places of the map, each with the AQI of the given hour. */
export function usePlaces(rows: readonly Row[]): readonly MapPlace[] {
  const { t, i18n } = useTranslation('air')
  const features = useFeatures('air-station')
  const [scope] = useScope()
  const language = i18n.language === 'en' ? 'en' : 'class'
  return useMemo(
    () =>
      (features.data?.items ?? [])
        .filter((feature) => regionCovers(scope.region, feature.regionCode))
        .flatMap(
          (feature) =>
            placeOf(
              feature,
              rows.find((row) => row.pointId === feature.id),
              language,
              t,
            ) ?? [],
        ),
    [features.data, rows, scope.region, language, t],
  )
}

function placeOf(
  feature: Feature,
  row: Row | undefined,
  language: 'en' | 'class',
  t: (key: string) => string,
): MapPlace | undefined {
  if (feature.lon === null || feature.lat === null) return undefined
  const grade = aqiLevels.find((level) => level.level === row?.level)
  const words = grade === undefined ? (row?.reason ?? t('map.noValue')) : `AQI ${row?.aqi} ${grade[language]}`
  return {
    id: feature.id,
    name: feature.name,
    lon: feature.lon,
    lat: feature.lat,
    text: row?.aqi === null || row?.aqi === undefined ? '–' : String(row.aqi),
    colour: grade?.colour,
    dark: (grade?.level ?? 0) >= 5,
    words,
    label: `${feature.name} ${words}`,
  }
}
