import type { AirYear } from '@shanshui/contract'
import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFeatures } from '../../../api/registry.ts'
import css from './basis.module.css'
import { editionChoices, useBasis } from './useBasis.ts'

type Basis = AirYear['basis']

/** Edition, stations, sand: the three things that must be equal before two numbers may be compared. */
export function BasisSwitch({ basis, stations = true }: { basis?: Basis | undefined; stations?: boolean }) {
  const { t } = useTranslation('air')
  const [choice, change] = useBasis()
  return (
    <fieldset className={css.switch} aria-label={t('basis.title')}>
      <Select
        size="small"
        aria-label={t('basis.edition')}
        popupMatchSelectWidth={false}
        value={choice.edition}
        options={editionChoices.map((edition) => ({
          value: edition,
          label: t(`basis.editionShort.${edition}`),
        }))}
        onChange={(edition) => change({ edition })}
      />
      <Segmented<'with' | 'without'>
        size="small"
        aria-label={t('basis.sand')}
        value={choice.sand === '' ? (basis?.sand ?? 'without') : choice.sand}
        options={[
          { value: 'without', label: t('basis.sandWithout') },
          { value: 'with', label: t('basis.sandWith') },
        ]}
        onChange={(sand) => change({ sand })}
      />
      {stations && <StationChoice />}
    </fieldset>
  )
}

function StationChoice() {
  const { t } = useTranslation('air')
  const [choice, change] = useBasis()
  const features = useFeatures('air-station')
  const assessed = (features.data?.items ?? []).filter((entry) => entry.properties.siteRole === 'assessment')
  return (
    <Select
      mode="multiple"
      size="small"
      className={css.stations}
      aria-label={t('basis.stations')}
      placeholder={t('basis.allStations')}
      maxTagCount="responsive"
      popupMatchSelectWidth={false}
      value={[...choice.stations]}
      options={assessed.map((entry) => ({ value: String(entry.id), label: entry.name }))}
      onChange={(next: string[]) => change({ stations: next.length === assessed.length ? [] : next })}
    />
  )
}

/** Says in words on which basis the page stands, with the source of the limits. */
export function BasisLine({ basis }: { basis: Basis }) {
  const { t } = useTranslation('air')
  return (
    <span className="muted">
      {t(`basis.edition_${basis.edition}`)}
      {basis.editionChosen === 'by-date' ? t('basis.byDate') : ''} · {t(`basis.sand_${basis.sand}`)} ·{' '}
      {basis.stations === null
        ? t('basis.allStations')
        : t('basis.someStations', { count: basis.stations.length })}
    </span>
  )
}
