import type { Obligation } from '@shanshui/contract'
import { earlierOf } from '@shanshui/standards'
import { Button, Input, InputNumber } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSubmitResult } from '../../../api/permits.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { today } from '../../../format/time.ts'
import { factorInfo } from '../parts/factor.ts'

/** Whether an obligation is a task of manual monitoring, by its key. */
export const isManualTask = ({ kind, key }: Obligation): boolean =>
  kind === 'self-monitoring' && key.split(':')[3] === 'manual'

/** One result of manual self-monitoring, with the number of its report. */
export function ResultForm({ obligation, onDone }: { obligation: Obligation; onDone: () => void }) {
  const { t } = useTranslation('permits')
  const submit = useSubmitResult()
  const { outletNumber, factor, permitId, periodFrom, periodTo } = obligation
  const [sampledOn, setSampledOn] = useState(earlierOf(today(), periodTo))
  const [value, setValue] = useState<number | null>(null)
  const [unit, setUnit] = useState(factor === null ? '' : factorInfo(factor).unit)
  const [reference, setReference] = useState('')
  const ids = { day: useId(), value: useId(), unit: useId(), reference: useId() }
  const ready = value !== null && unit.trim() !== '' && reference.trim() !== '' && sampledOn !== ''
  return (
    <>
      <label htmlFor={ids.day}>{t('result.sampledOn')}</label>
      <input
        id={ids.day}
        type="date"
        min={periodFrom}
        max={periodTo}
        value={sampledOn}
        onChange={(event) => setSampledOn(event.target.value)}
      />
      <label htmlFor={ids.value}>{t('result.value')}</label>
      <InputNumber id={ids.value} value={value} onChange={setValue} style={{ width: '100%' }} />
      <label htmlFor={ids.unit}>{t('result.unit')}</label>
      <Input id={ids.unit} maxLength={20} value={unit} onChange={(event) => setUnit(event.target.value)} />
      <label htmlFor={ids.reference}>{t('result.reference')}</label>
      <Input
        id={ids.reference}
        maxLength={200}
        value={reference}
        onChange={(event) => setReference(event.target.value)}
      />
      <Button
        type="primary"
        disabled={!ready}
        loading={submit.isPending}
        onClick={() => {
          if (value === null || outletNumber === null || factor === null) return
          submit.mutate(
            {
              permitId,
              outletNumber,
              factor,
              sampledOn,
              value,
              unit: unit.trim(),
              reference: reference.trim(),
            },
            { onSuccess: onDone },
          )
        }}
      >
        {t('result.submit')}
      </Button>
      {submit.isError && <ErrorPanel error={submit.error} what={t('result.submit')} />}
    </>
  )
}
