import type { InspectionPlanDetail } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, useAddress } from '../../../address/useAddress.ts'
import { useRegionBoundaries } from '../../../api/registry.ts'
import { MapView } from '../../../components/map/MapView.tsx'
import type { MapPlace } from '../../../components/map/mapPlace.ts'
import { Async } from '../../../components/states.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { clockOf } from './planBoard.ts'

const HEIGHT = 460
const COLOUR = '#1d4f76'
const LEFT_OUT = '#d9dfe5'

/** The visits of a day in their order, and in grey what is left out. */
export function PlanMap({ plan }: { plan: InspectionPlanDetail }) {
  const { t } = useTranslation('inspections')
  const days = plan.days
  const params = useMemo(() => ({ day: choiceParam(days, days[0] ?? '') }), [days])
  const [{ day }, change] = useAddress(params)
  const regions = useRegionBoundaries()
  const names = new Map(plan.inspectors.map(({ id, name }) => [id, name]))
  const visits: MapPlace[] = plan.visits
    .filter(({ date }) => date === day)
    .map((visit, index) => ({
      id: index + 1,
      name: visit.enterprise?.name ?? visit.title,
      ...visit.place,
      text: String(visit.order),
      colour: COLOUR,
      dark: true,
      words: t('map.visit', { order: visit.order }),
      label: `${clockOf(visit.startMinute)} ${visit.title} · ${visit.inspectorIds.map((id) => names.get(id) ?? '').join('、')}`,
    }))
  const left: MapPlace[] = plan.leftOut.map((one, index) => ({
    id: 10_000 + index,
    name: one.enterprise?.name ?? one.title,
    ...one.place,
    text: '·',
    colour: LEFT_OUT,
    dark: false,
    words: t('map.leftOut'),
    label: `${one.title} · ${one.reason}`,
  }))
  return (
    <>
      <ViewSwitch
        label={t('change.day')}
        views={days}
        view={day}
        name={(one) => one.slice(5)}
        onChange={(next) => change({ day: next })}
      />
      <Async query={regions} what={t('plan.views.map')} rows={6}>
        {(boundaries) => (
          <MapView
            regions={boundaries}
            places={[...visits, ...left]}
            label={t('plan.views.map')}
            height={HEIGHT}
            onOpen={() => undefined}
          />
        )}
      </Async>
    </>
  )
}
