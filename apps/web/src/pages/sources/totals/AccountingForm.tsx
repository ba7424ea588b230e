import type { LedgerRow } from '@shanshui/contract'
import { coefficientTonnes } from '@shanshui/standards'
import { Button, Checkbox, Drawer, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePutAccounting } from '../../../api/totals.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { formatNumber } from '../../../format/number.ts'
import { Field } from './Field.tsx'
import css from './totals.module.css'

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
  return (
    <Drawer open title={`${t('form.accounting')} ${row.outletNumber} ${row.pollutant}`} onClose={onClose}>
      <div className={css.form}>
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
        <Field label={t('form.activity')}>
          {(id) => <InputNumber id={id} min={0} value={activity} onChange={setActivity} />}
        </Field>
        <Field label={t('form.activityUnit')}>
          {(id) => (
            <Input id={id} maxLength={40} value={unit} onChange={(event) => setUnit(event.target.value)} />
          )}
        </Field>
        <Field label={t('form.coefficient')}>
          {(id) => <InputNumber id={id} min={0} value={coefficient} onChange={setCoefficient} />}
        </Field>
        <Field label={t('form.removal')}>
          {(id) => <InputNumber id={id} min={0} max={100} value={removal} onChange={setRemoval} />}
        </Field>
        <Field label={t('form.reference')}>
          {(id) => (
            <Input
              id={id}
              maxLength={400}
              value={reference}
              onChange={(event) => setReference(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('form.coefficientChecked')}>
          {(id) => (
            <Checkbox id={id} checked={checked} onChange={(event) => setChecked(event.target.checked)} />
          )}
        </Field>
        <p role="status">{tonnes === null ? t('form.incomplete') : `${formatNumber(tonnes, 3)} t`}</p>
        <Button
          type="primary"
          disabled={!ready}
          loading={put.isPending}
          onClick={() => {
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
          }}
        >
          {t('form.save')}
        </Button>
        {put.isError && <ErrorPanel error={put.error} what={t('form.accounting')} />}
      </div>
    </Drawer>
  )
}
