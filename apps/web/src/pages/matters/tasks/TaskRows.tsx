import type { BoardTask } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { formatNumber } from '../../../format/number.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { LightDot } from '../parts/MatterMarks.tsx'
import { useNarrow } from '../parts/useNarrow.ts'
import css from './tasks.module.css'

interface Props {
  readonly tasks: readonly BoardTask[]
  readonly label: string
}

/** Measures of a group: owner, what each quarter was to bring and brought, what the year will come to. */
export function TaskRows({ tasks, label }: Props) {
  const { t } = useTranslation('matters')
  const narrow = useNarrow()
  if (narrow)
    return (
      <ol className={css.cards}>
        {tasks.map((task) => (
          <li key={task.matterId}>
            <Measure task={task} />
            <p>
              <Owner task={task} /> · <Expected task={task} />
            </p>
            <ol className={css.quarters}>
              {task.quarters.map((quarter) => (
                <li key={quarter.quarter}>
                  <Quarter quarter={quarter} withName />
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
    )
  return (
    <ScrollRegion label={label} className={css.scroll}>
      <table className={css.board}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tasks.column.measure')}</th>
            <th scope="col">{t('tasks.column.owner')}</th>
            {[1, 2, 3, 4].map((quarter) => (
              <th key={quarter} scope="col">
                {t('tasks.quarter', { quarter })}
              </th>
            ))}
            <th scope="col">{t('tasks.column.expected')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.matterId}>
              <th scope="row">
                <Measure task={task} />
              </th>
              <td>
                <Owner task={task} />
              </td>
              {task.quarters.map((quarter) => (
                <td key={quarter.quarter}>
                  <Quarter quarter={quarter} />
                </td>
              ))}
              <td>
                <Expected task={task} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Measure({ task }: { task: BoardTask }) {
  const search = useCarriedSearch()
  return (
    <div className={css.measure}>
      <Link to={{ pathname: `/matters/${task.matterId}`, search }}>{task.measure}</Link>
      {task.indicator !== null && <p className="muted">{task.indicator}</p>}
      {task.sentence !== null && (
        <p className={css.source} title={task.sentence}>
          {task.sentence}
        </p>
      )}
      {task.difficulties !== null && <p className="worse">{task.difficulties}</p>}
    </div>
  )
}

function Owner({ task }: { task: BoardTask }) {
  const official = useOfficial()
  return (
    <>
      {task.handler?.name ?? '–'} <span className="muted">{official(task.stateTitle)}</span>
    </>
  )
}

/** Target of the quarter, what was reached of the year by its end, and whether it was reported and proved. */
function Quarter({
  quarter,
  withName = false,
}: {
  quarter: BoardTask['quarters'][number]
  withName?: boolean
}) {
  const { t } = useTranslation('matters')
  return (
    <div className={`${css.quarter} ${css[quarter.state] ?? ''}`} title={quarter.done ?? undefined}>
      {withName && <span className="muted">{t('tasks.quarter', { quarter: quarter.quarter })}</span>}
      <span>{quarter.target ?? '–'}</span>
      <strong>
        {quarter.progress === null
          ? t(`tasks.state.${quarter.state}`)
          : `${formatNumber(quarter.progress, 0)} %`}
      </strong>
      {quarter.evidence > 0 && (
        <span className="muted">{t('tasks.evidence', { count: quarter.evidence })}</span>
      )}
      {quarter.state === 'done' && quarter.evidence === 0 && (
        <span className="worse">{t('tasks.noEvidence')}</span>
      )}
    </div>
  )
}

function Expected({ task }: { task: BoardTask }) {
  const { t } = useTranslation('matters')
  if (task.state === 'done') return <span className="better">{t('tasks.light.done')}</span>
  return (
    <span className={css.expected}>
      <LightDot light={task.light} />
      <span>
        {t(`tasks.light.${task.light}`)}{' '}
        <strong>{task.expected === null ? '–' : `${formatNumber(task.expected, 0)} %`}</strong>
      </span>
    </span>
  )
}
