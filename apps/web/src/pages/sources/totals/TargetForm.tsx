import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePutTarget } from '../../../api/totals.ts'
import { NumberField, TextField } from './Field.tsx'
import { FormDrawer } from './FormDrawer.tsx'
import { PollutantField } from './PollutantField.tsx'
import { RegionField } from './RegionField.tsx'

/** A target of the province for a year, region and pollutant; writing it again changes it. */
export function TargetForm({ year, onClose }: { year: number; onClose: () => void }) {
  const { t } = useTranslation('totals')
  const put = usePutTarget()
  const [region, setRegion] = useState<number>()
  const [pollutant, setPollutant] = useState('NOx')
  const [tonnes, setTonnes] = useState<number | null>(null)
  const [plan, setPlan] = useState<{ tonnes: number | null; from: number | null; to: number | null }>({
    tonnes: null,
    from: null,
    to: null,
  })
  const [source, setSource] = useState('')
  const ready =
    region !== undefined && pollutant.trim() !== '' && tonnes !== null && source.trim().length >= 2
  function save(): void {
    if (region === undefined || tonnes === null) return
    const whole = plan.tonnes !== null && plan.from !== null && plan.to !== null
    put.mutate(
      {
        year,
        regionCode: region,
        pollutant: pollutant.trim(),
        tonnes,
        source: source.trim(),
        ...(whole ? { planTonnes: plan.tonnes, planFrom: plan.from, planTo: plan.to } : {}),
      },
      { onSuccess: onClose },
    )
  }
  return (
    <FormDrawer what={t('form.target', { year })} ready={ready} saving={put} onSave={save} onClose={onClose}>
      <RegionField value={region} onChange={setRegion} />
      <PollutantField value={pollutant} onChange={setPollutant} />
      <NumberField label={t('form.targetTonnes')} value={tonnes} onChange={setTonnes} />
      <NumberField
        label={t('form.planTonnes')}
        value={plan.tonnes}
        onChange={(value) => setPlan({ ...plan, tonnes: value })}
      />
      <NumberField
        label={t('form.planFrom')}
        min={2010}
        max={2100}
        value={plan.from}
        onChange={(from) => setPlan({ ...plan, from })}
      />
      <NumberField
        label={t('form.planTo')}
        min={2010}
        max={2100}
        value={plan.to}
        onChange={(to) => setPlan({ ...plan, to })}
      />
      <TextField label={t('column.source')} maxLength={400} value={source} onChange={setSource} />
    </FormDrawer>
  )
}
