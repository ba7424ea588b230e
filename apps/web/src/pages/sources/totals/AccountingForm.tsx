import type { LedgerRow } from '@shanshui/contract'
import { coefficientTonnes } from '@shanshui/standards'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePutAccounting } from '../../../api/totals.ts'
import { formatNumber } from '../../../format/number.ts'
import { Field, NumberField, TextField } from './Field.tsx'
import { FormDrawer } from './FormDrawer.tsx'

/** Activity, coefficient and efficiency of one month, with where they come from. */
export function AccountingForm({
  row,
  year,
  onClose,
}: {
  row: LedgerRow
  year: number
  onClose: () => void
}) {
  const { t } = useTranslation('totals')
  const put = usePutAccounting()
  const [month, setMonth] = useState(`${year}-01`)
  const [unit, setUnit] = useState('t')
  const [activity, setActivity] = useState<number | null>(null)
  const [coefficient, setCoefficient] = useState<number | null>(null)
  const [removal, setRemoval] = useState<number | null>(0)
  const [reference, setReference] = useState('')
  const [checked, setChecked] = useState(false)
  const complete = activity !== null && coefficient !== null && removal !== null
  const tonnes = complete ? coefficientTonnes(activity, coefficient, removal) : null
  const ready =
    complete && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && unit.trim() !== '' && reference.trim().length >= 2
  function save(): void {
    if (!complete) return
    put.mutate(
      [
        {
          outletId: row.outletId,
          pollutant: row.pollutant,
          month,
          activity,
          activityUnit: unit.trim(),
          coefficientKgPerUnit: coefficient,
          removalPercent: removal,
          reference: reference.trim(),
          coefficientStatus: checked ? 'verified' : 'unverified',
        },
      ],
      { onSuccess: onClose },
    )
  }
  return (
    <FormDrawer
      what={t('form.accounting')}
      of={`${row.outletNumber} ${row.pollutant}`}
      ready={ready}
      saving={put}
      onSave={save}
      onClose={onClose}
    >
      <Field label={t('column.month')}>
        {(id) => (
          <Input
            id={id}
            placeholder={`${year}-01`}
            value={month}
            onChange={(event) => setMonth(event.target.value)}
          />
        )}
      </Field>
      <NumberField label={t('form.activity')} value={activity} onChange={setActivity} />
      <TextField label={t('form.activityUnit')} maxLength={40} value={unit} onChange={setUnit} />
      <NumberField label={t('form.coefficient')} value={coefficient} onChange={setCoefficient} />
      <NumberField label={t('form.removal')} max={100} value={removal} onChange={setRemoval} />
      <TextField label={t('form.reference')} maxLength={400} value={reference} onChange={setReference} />
      <Field label={t('form.coefficientChecked')}>
        {(id) => (
          <Checkbox id={id} checked={checked} onChange={(event) => setChecked(event.target.checked)} />
        )}
      </Field>
      <p role="status">{tonnes === null ? t('form.incomplete') : `${formatNumber(tonnes, 3)} t`}</p>
    </FormDrawer>
  )
}
