import type { InspectionPlanDetail, PlanChange, PlanChangeCost } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeCost, useChangePlan } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import { formatNumber } from '../../../format/number.ts'
import css from './plan.module.css'

interface Props {
  readonly plan: InspectionPlanDetail
  readonly change: PlanChange
  readonly onChange: (change: PlanChange) => void
  readonly onClose: () => void
}

/** Move, add or take out a visit: what it costs is seen before it is accepted. The way for keyboard and touch too. */
export function ChangeDialog({ plan, change, onChange, onClose }: Props) {
  const { t } = useTranslation('inspections')
  const [reason, setReason] = useState('')
  const accept = useChangePlan(plan.id)
  const same = isStanding(plan, change)
  const cost = useChangeCost(plan.id, plan.version, same ? undefined : change)
  const soft = cost.data?.warnings.some(({ hard }) => !hard) === true
  const ready = !same && cost.data?.feasible === true && (!soft || reason.trim().length >= 2)
  const title =
    plan.visits.find((one) => one.candidateId === change.candidateId)?.title ??
    plan.leftOut.find((one) => one.candidateId === change.candidateId)?.title ??
    change.candidateId
  return (
    <Modal
      open
      title={title}
      okText={t('change.accept')}
      cancelText={t('change.cancel')}
      okButtonProps={{ disabled: !ready, loading: accept.isPending }}
      onCancel={onClose}
      onOk={() =>
        accept.mutate(
          { version: plan.version, change, ...(reason.trim() !== '' && { reason: reason.trim() }) },
          { onSuccess: onClose },
        )
      }
    >
      <div className={css.dialog}>
        {change.kind === 'remove' ? (
          <p>{t('change.removing')}</p>
        ) : (
          <Where plan={plan} change={change} onChange={onChange} />
        )}
        {change.kind === 'move' && (
          <Button
            size="small"
            danger
            onClick={() => onChange({ kind: 'remove', candidateId: change.candidateId })}
          >
            {t('change.remove')}
          </Button>
        )}
        {same ? (
          <p className="muted">{t('change.choose')}</p>
        ) : (
          <Async query={cost} what={t('change.cost')} rows={2}>
            {(data) => <Cost cost={data} />}
          </Async>
        )}
        {soft && (
          <Input
            aria-label={t('change.reason')}
            placeholder={t('change.reason')}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        {accept.error !== null && <ErrorPanel error={accept.error} what={t('change.accept')} />}
      </div>
    </Modal>
  )
}

function isStanding(plan: InspectionPlanDetail, change: PlanChange): boolean {
  if (change.kind !== 'move') return false
  const visit = plan.visits.find((one) => one.candidateId === change.candidateId)
  return (
    visit !== undefined &&
    change.order === undefined &&
    visit.date === change.date &&
    visit.inspectorIds.length === change.inspectorIds.length &&
    visit.inspectorIds.every((id) => change.inspectorIds.includes(id))
  )
}

type Placing = Exclude<PlanChange, { kind: 'remove' }>

function Where(props: {
  plan: InspectionPlanDetail
  change: Placing
  onChange: (change: PlanChange) => void
}) {
  const { t } = useTranslation('inspections')
  const { plan, change, onChange } = props
  return (
    <>
      <label>
        {t('change.day')}{' '}
        <select value={change.date} onChange={(event) => onChange({ ...change, date: event.target.value })}>
          {plan.days.map((date) => (
            <option key={date}>{date}</option>
          ))}
        </select>
      </label>
      <fieldset className={css.crew}>
        <legend>{t('change.crew')}</legend>
        {plan.inspectors.map((inspector) => {
          const goes = change.inspectorIds.includes(inspector.id)
          return (
            <label key={inspector.id}>
              <input
                type="checkbox"
                checked={goes}
                disabled={goes && change.inspectorIds.length === 1}
                onChange={() =>
                  onChange({
                    ...change,
                    inspectorIds: goes
                      ? change.inspectorIds.filter((id) => id !== inspector.id)
                      : [...change.inspectorIds, inspector.id].sort((a, b) => a - b),
                  })
                }
              />{' '}
              {inspector.name}
              {!inspector.dates.includes(change.date) && <span className="muted"> {t('plan.away')}</span>}
            </label>
          )
        })}
      </fieldset>
    </>
  )
}

const signed = (value: number, decimals: number): string =>
  `${value > 0 ? '+' : ''}${formatNumber(value, decimals)}`

function Cost({ cost }: { cost: PlanChangeCost }) {
  const { t } = useTranslation('inspections')
  return (
    <section aria-label={t('change.cost')} aria-live="polite">
      <p>
        {t('change.value')}{' '}
        <strong className={cost.valueDifference < 0 ? 'worse' : 'better'}>
          {signed(cost.valueDifference, 1)}
        </strong>
        {' · '}
        {t('change.travel')} <strong>{signed(cost.travelDifference, 0)}</strong> {t('change.minutes')}
      </p>
      {cost.warnings.length > 0 && (
        <ul>
          {cost.warnings.map((warning) => (
            <li key={`${warning.code} ${warning.text}`} className={warning.hard ? 'worse' : undefined}>
              {t(warning.hard ? 'change.hard' : 'change.soft')} {warning.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
