import { tonnagePollutants } from '@shanshui/contract'
import { substitutionRatio, substitutionRules } from '@shanshui/standards'
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCreateApplication } from '../../../api/totals.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { Field } from './Field.tsx'
import { RegionSelect } from './RegionSelect.tsx'
import css from './totals.module.css'

const indicators = Object.keys(substitutionRules.value.groups)

/** What a new project will emit, and what its area fails: from them the allowance it needs. */
export function ApplicationForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('totals')
  const create = useCreateApplication()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [region, setRegion] = useState<number>()
  const [failing, setFailing] = useState<readonly string[]>([])
  const [tonnes, setTonnes] = useState<Readonly<Record<string, number>>>({})
  const increments = Object.entries(tonnes).flatMap(([pollutant, value]) =>
    value > 0 ? [{ pollutant, tonnes: value }] : [],
  )
  const ready =
    code.trim().length >= 2 && name.trim().length >= 2 && region !== undefined && increments.length > 0
  return (
    <Drawer open title={t('form.application')} onClose={onClose}>
      <div className={css.form}>
        <Field label={t('column.code')}>
          {(id) => (
            <Input id={id} maxLength={60} value={code} onChange={(event) => setCode(event.target.value)} />
          )}
        </Field>
        <Field label={t('column.project')}>
          {(id) => (
            <Input id={id} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t('column.region')}>
          {(id) => <RegionSelect id={id} value={region} onChange={setRegion} />}
        </Field>
        <Field label={t('allowance.failing')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={[...failing]}
              options={indicators.map((value) => ({ value, label: value }))}
              onChange={(value: string[]) => setFailing(value)}
            />
          )}
        </Field>
        {tonnagePollutants.map((pollutant) => {
          const { ratio } = substitutionRatio(pollutant, failing)
          const value = tonnes[pollutant]
          return (
            <Field key={pollutant} label={t('form.increment', { pollutant })}>
              {(id) => (
                <span className={css.row}>
                  <InputNumber
                    id={id}
                    min={0}
                    step={0.001}
                    value={value ?? null}
                    onChange={(next) => setTonnes({ ...tonnes, [pollutant]: next ?? 0 })}
                  />
                  {value !== undefined && value > 0 && (
                    <span>
                      {t('allowance.needLine', {
                        increment: value,
                        ratio,
                        needed: Number((value * ratio).toFixed(3)),
                      })}
                    </span>
                  )}
                </span>
              )}
            </Field>
          )
        })}
        <p className="muted">
          {substitutionRules.source} <Unverified source={substitutionRules.source} />
        </p>
        <Button
          type="primary"
          disabled={!ready}
          loading={create.isPending}
          onClick={() => {
            if (region === undefined) return
            create.mutate(
              {
                projectCode: code.trim(),
                projectName: name.trim(),
                regionCode: region,
                increments,
                failing: [...failing],
              },
              { onSuccess: onClose },
            )
          }}
        >
          {t('form.save')}
        </Button>
        {create.isError && <ErrorPanel error={create.error} what={t('form.application')} />}
      </div>
    </Drawer>
  )
}
