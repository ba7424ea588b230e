import { tonnagePollutants } from '@shanshui/contract'
import { substitutionRatio, substitutionRules } from '@shanshui/standards'
import { InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCreateApplication } from '../../../api/totals.ts'
import { Unverified } from '../../../components/Unverified.tsx'
import { Field, TextField } from './Field.tsx'
import { FormDrawer } from './FormDrawer.tsx'
import { RegionField } from './RegionField.tsx'
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
  function save(): void {
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
  }
  return (
    <FormDrawer what={t('form.application')} ready={ready} saving={create} onSave={save} onClose={onClose}>
      <TextField label={t('column.code')} maxLength={60} value={code} onChange={setCode} />
      <TextField label={t('column.project')} maxLength={200} value={name} onChange={setName} />
      <RegionField value={region} onChange={setRegion} />
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
    </FormDrawer>
  )
}
