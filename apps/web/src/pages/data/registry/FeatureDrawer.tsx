import type { Feature, FeatureInput, KindInfo } from '@shanshui/contract'
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRegions, useSaveFeature } from '../../../api/registry.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useSession } from '../../../session/session.tsx'
import { PropertyForm } from './PropertyForm.tsx'
import { propertyFields, storedProperties, typedProperties } from './property-fields.ts'
import { RegisterStation } from './RegisterStation.tsx'
import css from './registry.module.css'

interface Props {
  readonly kind: KindInfo
  readonly feature: Feature | undefined
  readonly onClose: () => void
}

/** One feature: place and properties of its kind; for a station also how it reports. */
export function FeatureDrawer({ kind, feature, onClose }: Props) {
  const { t, i18n } = useTranslation('data')
  const { may, session } = useSession()
  const regions = useRegions()
  const save = useSaveFeature()
  const fields = propertyFields(kind.schema, i18n.language)
  const [code, setCode] = useState(feature?.code ?? '')
  const [name, setName] = useState(feature?.name ?? '')
  const [regionCode, setRegionCode] = useState<number | null>(feature?.regionCode ?? null)
  // What is measured at a place belongs to somebody; what is published about a city is everybody's.
  const measured = kind.series && kind.geometry === 'point'
  const [ownerId, setOwnerId] = useState(feature?.ownerId ?? (measured ? session.user.organization.id : 0))
  const [lon, setLon] = useState<number | null>(feature?.lon ?? null)
  const [lat, setLat] = useState<number | null>(feature?.lat ?? null)
  const [typed, setTyped] = useState(() => typedProperties(fields, feature?.properties ?? {}))
  const ids = { code: useId(), name: useId(), region: useId(), owner: useId(), lon: useId(), lat: useId() }

  function submit(): void {
    if (regionCode === null) return
    const input: FeatureInput = {
      code: code.trim(),
      name: name.trim(),
      regionCode,
      lon,
      lat,
      ...(kind.ownerDerived ? {} : { ownerId }),
      properties: storedProperties(fields, typed),
      ...(feature === undefined
        ? {}
        : {
            geometry: feature.geometry,
            validFrom: feature.validFrom,
            validTo: feature.validTo,
          }),
    }
    const change =
      feature === undefined ? { kind: kind.kind, input } : { id: feature.id, version: feature.version, input }
    save.mutate(change, { onSuccess: onClose })
  }

  return (
    <Drawer open size="large" title={feature?.name ?? t('registry.create')} onClose={onClose}>
      <div className={css.form}>
        <label htmlFor={ids.name}>{t('registry.name')} *</label>
        <Input id={ids.name} value={name} onChange={(event) => setName(event.target.value)} />
        <label htmlFor={ids.code}>{t('registry.code')} *</label>
        <Input id={ids.code} value={code} onChange={(event) => setCode(event.target.value)} />
        <label htmlFor={ids.region}>{t('registry.region')} *</label>
        <Select
          id={ids.region}
          value={regionCode}
          options={(regions.data?.items ?? []).map((one) => ({
            value: one.code,
            label: `${one.name} ${one.code}`,
          }))}
          onChange={setRegionCode}
        />
        <label htmlFor={ids.owner}>{t('registry.owner')}</label>
        {kind.ownerDerived ? (
          <Input id={ids.owner} disabled value={feature?.ownerName ?? t('registry.ownerDerived')} />
        ) : (
          <Select
            id={ids.owner}
            value={ownerId}
            options={ownersOf(feature, session.user.organization, t('registry.public'))}
            onChange={setOwnerId}
          />
        )}
        <label htmlFor={ids.lon}>{t('registry.lon')}</label>
        <InputNumber
          id={ids.lon}
          value={lon}
          min={-180}
          max={180}
          style={{ width: '100%' }}
          onChange={setLon}
        />
        <label htmlFor={ids.lat}>{t('registry.lat')}</label>
        <InputNumber
          id={ids.lat}
          value={lat}
          min={-90}
          max={90}
          style={{ width: '100%' }}
          onChange={setLat}
        />
        <PropertyForm fields={fields} typed={typed} onChange={setTyped} />
      </div>
      <Button
        type="primary"
        disabled={code.trim() === '' || name.trim() === '' || regionCode === null}
        loading={save.isPending}
        onClick={submit}
      >
        {t('registry.save')}
      </Button>
      {save.isError && <ErrorPanel error={save.error} what={t('registry.save')} />}
      {feature !== undefined && kind.kind === 'air-station' && may('gateway:operate') && (
        <RegisterStation station={feature} />
      )}
    </Drawer>
  )
}

/** Whose data these are: everybody's, one's own organization's, or whose they already are. */
function ownersOf(feature: Feature | undefined, own: { id: number; name: string }, everybody: string) {
  const owners = new Map([
    [0, everybody],
    [own.id, own.name],
  ])
  if (feature !== undefined && !owners.has(feature.ownerId))
    owners.set(feature.ownerId, feature.ownerName ?? String(feature.ownerId))
  return [...owners].map(([value, label]) => ({ value, label }))
}
