import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { choiceParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { Empty, Loading } from '../../../components/states.tsx'
import { BriefPart } from './BriefPart.tsx'
import { CheckPart } from './CheckPart.tsx'
import { EvidencePart } from './EvidencePart.tsx'
import { FieldTrouble } from './FieldTrouble.tsx'
import { FinishPart } from './FinishPart.tsx'
import css from './field.module.css'
import { type FieldView, fieldViewOf, itemsOf, progressOf } from './fieldView.ts'
import { RecordPart } from './RecordPart.tsx'
import { StoreLine } from './StoreLine.tsx'
import { useDrift } from './useDrift.ts'
import { FieldProvider, useField } from './useField.tsx'

const parts = ['brief', 'check', 'evidence', 'record', 'finish'] as const
export type FieldPart = (typeof parts)[number]
const params = { part: choiceParam(parts, 'brief'), item: integerParam(1, 1, 999) }

/** One enterprise, from arriving to leaving: what to check and how, one item a screen. */
export function FieldTaskPage() {
  return (
    <FieldProvider>
      <FieldTaskScreen />
    </FieldProvider>
  )
}

function FieldTaskScreen() {
  const { t } = useTranslation('field')
  const { id } = useParams()
  const { kept, states, operations } = useField()
  const drift = useDrift()
  if (kept === undefined) return <Loading rows={8} />
  const task = kept?.pack.tasks.find((one) => String(one.id) === id)
  if (task === undefined)
    return (
      <div className={css.field}>
        <Empty
          title={t('noSuchTask')}
          hint={t('noSuchTaskHint')}
          action={<Link to="/inspections/field">{t('toList')}</Link>}
        />
        <StoreLine drift={drift} />
      </div>
    )
  const view = fieldViewOf(task, states.get(task.id), operations)
  return <TaskParts view={view} drift={drift} />
}

function TaskParts({ view, drift }: { view: FieldView; drift: number | undefined }) {
  const { t } = useTranslation('field')
  const [{ part, item }, change] = useAddress(params)
  const { kept } = useField()
  const checklists = kept?.pack.checklists ?? []
  const items = itemsOf(view.task, checklists)
  const progress = progressOf(view, items)
  const go = (next: FieldPart) => change({ part: next }, { replace: false })
  return (
    <div className={css.field}>
      <header className={`${css.head} no-print`}>
        <Link className={css.back ?? ''} to="/inspections/field">
          ‹ {t('toList')}
        </Link>
        <h1>{view.task.enterprise?.name ?? view.task.title}</h1>
      </header>
      <div className="no-print">
        <StoreLine drift={drift} />
      </div>
      <FieldTrouble taskId={view.task.id} />
      {part === 'brief' && <BriefPart view={view} onNext={() => go('check')} />}
      {part === 'check' && (
        <CheckPart
          view={view}
          items={items}
          at={Math.min(item, Math.max(1, items.length))}
          onAt={(next) => change({ item: next }, { replace: false })}
          onDone={() => go('record')}
        />
      )}
      {part === 'evidence' && <EvidencePart view={view} />}
      {part === 'record' && <RecordPart view={view} items={items} />}
      {part === 'finish' && <FinishPart view={view} items={items} />}
      <nav className={`${css.tabs} no-print`} aria-label={t('parts')}>
        {parts.map((one) => (
          <Link
            key={one}
            className={css.tab ?? ''}
            to={{ search: one === 'brief' ? '' : `part=${one}` }}
            {...(one === part && { 'aria-current': 'page' as const })}
          >
            {t(`part.${one}`)}
            {one === 'check' && (
              <span className={css.small}>
                {progress.answered}/{progress.of}
              </span>
            )}
          </Link>
        ))}
      </nav>
    </div>
  )
}
