import {
  type InspectionPlanDetail,
  type PlanChange,
  type PlanVisit,
  visitKindTitles,
} from '@shanshui/contract'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './plan.module.css'
import { changeOfDrop, clockOf, visitsAt } from './planBoard.ts'

interface Props {
  readonly plan: InspectionPlanDetail
  readonly editable: boolean
  /** A change is proposed: its cost is shown before anything is saved. */
  readonly onChange: (change: PlanChange) => void
}

/** A row a person, a column a day; cards are dragged, or moved by their menu. */
export function PlanBoard({ plan, editable, onChange }: Props) {
  const { t } = useTranslation('inspections')
  const [over, setOver] = useState<string>()
  const drop = (event: DragEvent, onto: number, date: string): void => {
    event.preventDefault()
    setOver(undefined)
    const [candidateId = '', taken = ''] = event.dataTransfer.getData('text/plain').split('\n')
    const change = changeOfDrop(plan, { candidateId, taken: Number(taken), onto, date })
    if (change !== undefined) onChange(change)
  }
  return (
    <ScrollRegion style={{ overflowX: 'auto' }} label={t('plan.views.board')}>
      <table className={css.board}>
        <thead>
          <tr>
            <th scope="col">{t('plan.person')}</th>
            {plan.days.map((date) => (
              <th key={date} scope="col">
                {date.slice(5)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.inspectors.map((inspector) => (
            <tr key={inspector.id}>
              <th scope="row">{inspector.name}</th>
              {plan.days.map((date) => {
                const key = `${inspector.id} ${date}`
                const away = !inspector.dates.includes(date)
                return (
                  <td
                    key={date}
                    className={away ? css.away : over === key ? css.over : undefined}
                    onDragOver={(event) => {
                      if (!editable || away) return
                      event.preventDefault()
                      setOver(key)
                    }}
                    onDragLeave={() => setOver(undefined)}
                    onDrop={(event) => drop(event, inspector.id, date)}
                  >
                    {away && <span className="muted">{t('plan.away')}</span>}
                    <Load plan={plan} inspectorId={inspector.id} date={date} />
                    {visitsAt(plan, inspector.id, date).map((visit) => (
                      <VisitCard
                        key={visit.candidateId}
                        visit={visit}
                        taken={inspector.id}
                        editable={editable}
                        onMove={() =>
                          onChange({
                            kind: 'move',
                            candidateId: visit.candidateId,
                            date: visit.date,
                            inspectorIds: [...visit.inspectorIds],
                          })
                        }
                      />
                    ))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Load({
  plan,
  inspectorId,
  date,
}: {
  plan: InspectionPlanDetail
  inspectorId: number
  date: string
}) {
  const { t } = useTranslation('inspections')
  const load = plan.load.find((one) => one.inspectorId === inspectorId && one.date === date)
  if (load === undefined || load.minutes === 0) return null
  const share = Math.min(100, (load.minutes / load.limit) * 100)
  const words = t('plan.load', {
    minutes: Math.round(load.minutes),
    limit: load.limit,
    travel: Math.round(load.travelMinutes),
  })
  return (
    <div className={css.load} title={words}>
      <span className="visually-hidden">{words}</span>
      <div style={{ width: `${share}%` }} />
    </div>
  )
}

interface CardProps {
  readonly visit: PlanVisit
  readonly taken: number
  readonly editable: boolean
  readonly onMove: () => void
}

function VisitCard({ visit, taken, editable, onMove }: CardProps) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const body = (
    <>
      <strong>
        {clockOf(visit.startMinute)} {visit.enterprise?.name ?? visit.title}
      </strong>
      <span className="muted">
        {official(visitKindTitles[visit.kind])} ·{' '}
        {t('plan.minutes', { site: visit.minutes, travel: Math.round(visit.travelMinutes) })}
        {visit.mandatory && ` · ${t('plan.mandatory')}`}
      </span>
    </>
  )
  const why = [...visit.why, visit.reason ?? ''].filter((line) => line !== '').join('\n')
  if (!editable)
    return (
      <div className={css.card} title={why}>
        {body}
      </div>
    )
  return (
    <button
      type="button"
      className={css.card}
      title={why}
      draggable
      aria-haspopup="dialog"
      onClick={onMove}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', `${visit.candidateId}\n${taken}`)}
    >
      {body}
      <span className="visually-hidden">{t('plan.move')}</span>
    </button>
  )
}
