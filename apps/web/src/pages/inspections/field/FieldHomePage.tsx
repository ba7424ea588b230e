import { visitKindTitles } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty, Loading } from '../../../components/states.tsx'
import { fullTime, shortTime, today, toMs } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import type { KeptPack } from '../../../offline/store.ts'
import { DevicePanel } from './DevicePanel.tsx'
import { FieldTrouble } from './FieldTrouble.tsx'
import css from './field.module.css'
import { entriesOf, type FieldView, fieldViewOf, itemsOf, progressOf, stageOf } from './fieldView.ts'
import { StoreLine } from './StoreLine.tsx'
import { useDrift } from './useDrift.ts'
import { FieldProvider, useField } from './useField.tsx'

/** What do I check today, in which order, and why? Opens without signal. */
export function FieldHomePage() {
  return (
    <FieldProvider>
      <FieldHome />
    </FieldProvider>
  )
}

function FieldHome() {
  const { t } = useTranslation('field')
  const { kept } = useField()
  const drift = useDrift()
  return (
    <div className={css.field}>
      <header className={css.head}>
        <h1>{t('title')}</h1>
        {kept != null && (
          <p className={css.muted}>
            {t('packOf', { name: kept.pack.user.name, at: fullTime(kept.pack.madeAt) })}
          </p>
        )}
      </header>
      <StoreLine drift={drift} />
      <FieldTrouble />
      {kept === undefined && <Loading rows={6} />}
      {kept === null && <NoPack />}
      {kept != null && <Days kept={kept} />}
      <DevicePanel />
    </div>
  )
}

/** No pack yet: it is on its way, or it cannot come without signal. */
function NoPack() {
  const { t } = useTranslation('field')
  const { status, online } = useField()
  if (online && (status.running || status.outcome === undefined)) return <Loading rows={6} />
  return <Empty title={t('noPack')} hint={t(online ? 'noPackFailed' : 'noPackOffline')} />
}

function Days({ kept }: { kept: KeptPack }) {
  const { t } = useTranslation('field')
  const { operations, states } = useField()
  const { pack } = kept
  const now = today()
  const views = pack.tasks
    .map((task) => fieldViewOf(task, states.get(task.id), operations))
    .sort((a, b) => a.task.date.localeCompare(b.task.date) || a.task.order - b.task.order)
  const days = [...new Set(views.map(({ task }) => task.date))]
  if (days.length === 0)
    return <Empty title={t('noTasks')} hint={t('noTasksHint', { from: pack.from, to: pack.to })} />
  return days.map((date) => (
    <section key={date} aria-label={date} className={css.form}>
      <h2>
        {date === now ? t('today') : date < now ? t('before') : t('later')} {date}
      </h2>
      <ol className={css.list}>
        {views
          .filter(({ task }) => task.date === date)
          .map((view) => (
            <TaskCard key={view.task.id} view={view} kept={kept} />
          ))}
      </ol>
    </section>
  ))
}

const stageClass = { 'to-do': css.muted, 'on-site': css.warn, finished: css.good } as const

function TaskCard({ view, kept }: { view: FieldView; kept: KeptPack }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { task } = view
  const progress = progressOf(view, itemsOf(task, kept.pack.checklists))
  const stage = stageOf(view)
  const since = entriesOf(view, 'arrive')[0]?.at
  return (
    <li className={css.card}>
      <Link className={css.taskLink ?? ''} to={`/inspections/field/${task.id}`}>
        <span className={css.taskTop}>
          <span className={css.order}>{task.order}</span>
          <strong className={css.grow}>{task.enterprise?.name ?? task.title}</strong>
          <span className={`${css.tag} ${stageClass[stage]}`}>{t(`stage.${stage}`)}</span>
        </span>
        <span className={css.muted}>
          {official(visitKindTitles[task.kind])}
          {task.arrival !== null && ` · ${t('arriveBy', { time: task.arrival })}`}
          {` · ${t('minutes', { count: task.minutes })}`}
          {since !== undefined && ` · ${t('since', { time: shortTime(toMs(since)) })}`}
        </span>
        {task.why[0] !== undefined && <span>{task.why[0]}</span>}
        <span className={css.muted}>
          {t('progress', { answered: progress.answered, of: progress.of })}
          {progress.against > 0 && (
            <strong className={css.bad}> {t('against', { count: progress.against })}</strong>
          )}
        </span>
      </Link>
    </li>
  )
}
