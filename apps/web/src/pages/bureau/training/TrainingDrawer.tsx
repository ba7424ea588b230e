import {
  drillForms,
  type Training,
  type TrainingDetail,
  trainingKinds,
  trainingThemes,
} from '@shanshui/contract'
import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraining, useWithdrawTraining } from '../../../api/bureau.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import { formatNumber, NO_VALUE } from '../../../format/number.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { Field } from '../../sources/totals/Field.tsx'
import css from '../work.module.css'
import { AttendancePart } from './AttendancePart.tsx'
import { TrainingForm } from './TrainingForm.tsx'

/** One training or drill: what it was, who came, what it left open. */
export function TrainingDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('bureau')
  const query = useTraining(id)
  return (
    <Drawer open title={query.data?.training.title ?? t('training.one')} size="large" onClose={onClose}>
      <Async query={query} what={t('training.one')}>
        {(detail) => <Body detail={detail} onGone={onClose} />}
      </Async>
    </Drawer>
  )
}

function Body({ detail, onGone }: { detail: TrainingDetail; onGone: () => void }) {
  const { t } = useTranslation('bureau')
  const { may } = useSession()
  const { training } = detail
  const [changing, setChanging] = useState(false)
  return (
    <div className={css.form}>
      <Facts training={training} />
      {training.drill !== null && <Drill drill={training.drill} />}
      <h3>{t('attendance.title', { count: detail.attendance.length })}</h3>
      <AttendancePart id={training.id} attendance={detail.attendance} />
      {may('training:write') && (
        <>
          <div className={css.row}>
            <Button onClick={() => setChanging(true)}>{t('training.change')}</Button>
          </div>
          <Withdraw training={training} onGone={onGone} />
        </>
      )}
      {changing && <TrainingForm training={training} onClose={() => setChanging(false)} />}
    </div>
  )
}

function Facts({ training }: { training: Training }) {
  const { t } = useTranslation('bureau')
  const official = useOfficial()
  const facts: readonly (readonly [string, string])[] = [
    [t('column.kind'), official(trainingKinds[training.kind])],
    [t('column.theme'), official(trainingThemes[training.theme])],
    [t('column.heldOn'), training.heldOn],
    [t('column.hours'), formatNumber(training.hours, 1)],
    [t('column.organization'), training.organization.name],
    [t('column.place'), training.place ?? NO_VALUE],
    [t('column.teacher'), training.teacher ?? NO_VALUE],
    [t('column.material'), training.material ?? NO_VALUE],
  ]
  return <FactList facts={facts} />
}

function FactList({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className={css.facts}>
      {facts.flatMap(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} =`}>{value}</dd>])}
    </dl>
  )
}

function Drill({ drill }: { drill: NonNullable<Training['drill']> }) {
  const { t } = useTranslation('bureau')
  const official = useOfficial()
  const minutes = (value: number | null) => (value === null ? NO_VALUE : String(value))
  return (
    <>
      <h3>{t('drill.title')}</h3>
      <FactList
        facts={[
          [t('drill.form'), official(drillForms[drill.form])],
          [t('drill.scenario'), drill.scenario],
          [t('drill.planVersion'), drill.planVersion ?? NO_VALUE],
          [t('drill.evaluation'), drill.evaluation ?? NO_VALUE],
        ]}
      />
      {drill.timeline !== undefined && drill.timeline.length > 0 && (
        <table>
          <caption>{t('drill.timeline')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('drill.what')}</th>
              <th scope="col">{t('drill.target')}</th>
              <th scope="col">{t('drill.actual')}</th>
            </tr>
          </thead>
          <tbody>
            {drill.timeline.map((one) => (
              <tr key={`${one.what} ${one.actualMinutes}`}>
                <td>{one.what}</td>
                <td>{minutes(one.targetMinutes)}</td>
                <td>{minutes(one.actualMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>{t('drill.problems')}</h3>
      {drill.problems.length === 0 ? (
        <p className="muted">{t('drill.noProblems')}</p>
      ) : (
        <ul className={css.list}>
          {drill.problems.map((one) => (
            <li key={one.text}>
              {one.text}
              {one.revision !== undefined && <div className="muted">{one.revision}</div>}
              <div className={one.closedOn == null ? 'worse' : 'better'}>
                {one.closedOn == null ? t('drill.open') : t('drill.closed', { day: one.closedOn })}
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Nothing is deleted: a registration is taken back with its reason. */
function Withdraw({ training, onGone }: { training: Training; onGone: () => void }) {
  const { t } = useTranslation('bureau')
  const withdraw = useWithdrawTraining()
  const [reason, setReason] = useState('')
  const send = () =>
    withdraw.mutate(
      { id: training.id, version: training.version, reason: reason.trim() },
      { onSuccess: onGone },
    )
  return (
    <details>
      <summary>{t('training.withdraw')}</summary>
      <div className={css.form}>
        <Field label={t('training.reason')}>
          {(id) => (
            <Input
              id={id}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button danger disabled={reason.trim().length < 2} loading={withdraw.isPending} onClick={send}>
            {t('training.withdraw')}
          </Button>
        </div>
        {withdraw.isError && <ErrorPanel error={withdraw.error} what={t('training.withdraw')} />}
      </div>
    </details>
  )
}
