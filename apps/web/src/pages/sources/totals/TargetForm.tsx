import { tonnagePollutants } from '@shanshui/contract'
import { AutoComplete, Button, Drawer, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePutTarget } from '../../../api/totals.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Field } from './Field.tsx'
import { RegionSelect } from './RegionSelect.tsx'
import css from './totals.module.css'

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
    <Drawer open title={t('form.target', { year })} onClose={onClose}>
      <div className={css.form}>
        <Field label={t('column.region')}>
          {(id) => <RegionSelect id={id} value={region} onChange={setRegion} />}
        </Field>
        <Field label={t('column.pollutant')}>
          {(id) => (
            <AutoComplete
              id={id}
              value={pollutant}
              options={tonnagePollutants.map((value) => ({ value }))}
              onChange={setPollutant}
            />
          )}
        </Field>
        <Field label={t('form.targetTonnes')}>
          {(id) => <InputNumber id={id} min={0} value={tonnes} onChange={setTonnes} />}
        </Field>
        <Field label={t('form.planTonnes')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              value={plan.tonnes}
              onChange={(value) => setPlan({ ...plan, tonnes: value })}
            />
          )}
        </Field>
        <Field label={t('form.planFrom')}>
          {(id) => (
            <InputNumber
              id={id}
              min={2010}
              max={2100}
              value={plan.from}
              onChange={(from) => setPlan({ ...plan, from })}
            />
          )}
        </Field>
        <Field label={t('form.planTo')}>
          {(id) => (
            <InputNumber
              id={id}
              min={2010}
              max={2100}
              value={plan.to}
              onChange={(to) => setPlan({ ...plan, to })}
            />
          )}
        </Field>
        <Field label={t('column.source')}>
          {(id) => (
            <Input
              id={id}
              maxLength={400}
              value={source}
              onChange={(event) => setSource(event.target.value)}
            />
          )}
        </Field>
        <Button type="primary" disabled={!ready} loading={put.isPending} onClick={save}>
          {t('form.save')}
        </Button>
        {put.isError && <ErrorPanel error={put.error} what={t('form.target', { year })} />}
      </div>
    </Drawer>
  )
}
