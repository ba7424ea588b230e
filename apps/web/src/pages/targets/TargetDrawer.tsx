import type { Target, TargetComparison, TargetIndicator } from '@shanshui/contract'
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeTarget } from '../../api/targets.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { useCity } from '../air/basis/useCity.ts'
import css from './targets.module.css'

const comparisons: readonly TargetComparison[] = ['<=', '>=', '=', '<', '>']

interface Props {
  readonly year: number
  readonly target: Target | undefined
  readonly indicators: readonly TargetIndicator[]
  readonly onClose: () => void
}

/** Sets or changes a target; withdrawing one asks for the reason. */
export function TargetDrawer({ year, target, indicators, onClose }: Props) {
  const { t } = useTranslation('targets')
  const { id: cityId } = useCity()
  const change = useChangeTarget()
  const [title, setTitle] = useState(target?.title ?? '')
  const [indicator, setIndicator] = useState(target?.indicator ?? indicators[0]?.indicator ?? '')
  const [comparison, setComparison] = useState<TargetComparison>(target?.comparison ?? '<=')
  const [reach, setReach] = useState<number | null>(target?.reach ?? null)
  const [source, setSource] = useState(target?.source ?? '')
  const [reason, setReason] = useState('')
  const ids = {
    title: useId(),
    indicator: useId(),
    comparison: useId(),
    reach: useId(),
    source: useId(),
    reason: useId(),
  }
  const subjectId = target?.subject.id ?? cityId
  const complete = title.trim() !== '' && indicator !== '' && reach !== null && subjectId !== undefined

  function save(): void {
    if (reach === null || subjectId === undefined) return
    const body = { title: title.trim(), indicator, subjectId, year, comparison, reach, source: source.trim() }
    change.mutate(
      target === undefined
        ? { type: 'create', body }
        : { type: 'update', id: target.id, body: { ...body, version: target.version } },
      { onSuccess: onClose },
    )
  }

  return (
    <Drawer open title={target === undefined ? t('create') : target.title} onClose={onClose}>
      <div className={css.form}>
        <label htmlFor={ids.title}>{t('column.title')}</label>
        <Input
          id={ids.title}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.target.value)}
        />
        <label htmlFor={ids.indicator}>{t('column.indicator')}</label>
        <Select
          id={ids.indicator}
          showSearch={{ optionFilterProp: 'label' }}
          value={indicator}
          options={indicators.map((one) => ({ value: one.indicator, label: one.title }))}
          onChange={setIndicator}
        />
        <label htmlFor={ids.comparison}>{t('comparison')}</label>
        <Select<TargetComparison>
          id={ids.comparison}
          value={comparison}
          options={comparisons.map((value) => ({ value, label: t(`comparisons.${value}`) }))}
          onChange={setComparison}
        />
        <label htmlFor={ids.reach}>{t('column.reach')}</label>
        <InputNumber
          id={ids.reach}
          value={reach}
          onChange={(value) => setReach(value)}
          style={{ width: '100%' }}
        />
        <label htmlFor={ids.source}>{t('column.source')}</label>
        <Input
          id={ids.source}
          value={source}
          maxLength={400}
          onChange={(event) => setSource(event.target.value)}
        />
      </div>
      <Button type="primary" disabled={!complete} loading={change.isPending} onClick={save}>
        {t('save')}
      </Button>
      {target !== undefined && (
        <div className={css.withdraw}>
          <label htmlFor={ids.reason}>{t('reason')}</label>
          <Input
            id={ids.reason}
            value={reason}
            maxLength={400}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            danger
            disabled={reason.trim().length < 2}
            onClick={() =>
              change.mutate({ type: 'delete', id: target.id, reason: reason.trim() }, { onSuccess: onClose })
            }
          >
            {t('withdraw')}
          </Button>
        </div>
      )}
      {change.isError && <ErrorPanel error={change.error} what={t('create')} />}
    </Drawer>
  )
}
