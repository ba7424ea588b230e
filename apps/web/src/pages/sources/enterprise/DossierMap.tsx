import type { Dossier } from '@shanshui/contract'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useRegionBoundaries } from '../../../api/registry.ts'
import { MapView } from '../../../components/map/MapView.tsx'
import type { MapPlace } from '../../../components/map/mapPlace.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'

const PLANT_COLOUR = '#1d4f76'
const BAD_COLOUR = '#b3261e'

/** The plant and its outlets on the ground. */
export function DossierMap({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('enterprises')
  const navigate = useNavigate()
  const boundaries = useRegionBoundaries()
  const places = useMemo(() => placesOf(dossier, t('dossier.plant')), [dossier, t])
  const plantId = dossier.summary.id
  const open = useCallback(
    (id: number) => {
      if (id !== plantId) void navigate(`/sources/outlets/${id}`)
    },
    [navigate, plantId],
  )
  if (places.length === 0) return null
  return (
    <Panel title={t('dossier.map')}>
      <Async query={boundaries} what={t('dossier.map')} rows={6}>
        {(regions) => (
          <MapView regions={regions} places={places} label={t('dossier.map')} height={260} onOpen={open} />
        )}
      </Async>
    </Panel>
  )
}

function placesOf({ summary, outlets }: Dossier, plant: string): MapPlace[] {
  const plantPlace =
    summary.lon === null || summary.lat === null
      ? []
      : [
          {
            id: summary.id,
            name: summary.name,
            lon: summary.lon,
            lat: summary.lat,
            text: plant,
            colour: PLANT_COLOUR,
            dark: true,
            words: plant,
            label: summary.name,
          },
        ]
  const own = outlets.flatMap((outlet) => {
    const { lon, lat } = outlet
    // An outlet without a place of its own stands where its plant stands.
    if (lon === null || lat === null || (lon === summary.lon && lat === summary.lat)) return []
    const bad = outlet.current?.state === 'exceeding'
    return [
      {
        id: outlet.id,
        name: outlet.name,
        lon,
        lat,
        text: outlet.number,
        colour: bad ? BAD_COLOUR : undefined,
        dark: bad,
        words: outlet.current?.text ?? '',
        label: `${outlet.number} ${outlet.name}`,
      },
    ]
  })
  return [...plantPlace, ...own]
}
