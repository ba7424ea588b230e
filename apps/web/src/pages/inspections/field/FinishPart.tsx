import {
  type ChecklistItem,
  type FieldConclusion,
  fieldConclusions,
  fieldConclusionTitles,
} from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './field.module.css'
import { entriesOf, type FieldView, missingFor, progressOf } from './fieldView.ts'
import { TextField } from './TextField.tsx'
import { useField } from './useField.tsx'

/** What is still missing, the conclusion, and the end; then what is on the phone and what has arrived. */
export function FinishPart({ view, items }: { view: FieldView; items: readonly ChecklistItem[] }) {
  const { t } = useTranslation('field')
  const finished = view.entries.get('finish')
  return (
    <section className={css.card} aria-label={t('finish.title')}>
      <h2>{t('finish.title')}</h2>
      {finished === undefined ? <Ending view={view} items={items} /> : <Ended view={view} />}
    </section>
  )
}

function Ending({ view, items }: { view: FieldView; items: readonly ChecklistItem[] }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { write, syncer } = useField()
  const found = entriesOf(view, 'problem').length > 0 || progressOf(view, items).against > 0
  const [chosen, setChosen] = useState<FieldConclusion>()
  const [reason, setReason] = useState('')
  const conclusion = chosen ?? (found ? 'problem' : 'no-problem')
  const missing = missingFor(view, items, conclusion, reason)
  return (
    <>
      <fieldset className={css.form} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>{t('finish.conclusion')}</legend>
        {fieldConclusions.map((one) => (
          <label key={one} className={css.check}>
            <input
              type="radio"
              name="conclusion"
              checked={conclusion === one}
              onChange={() => setChosen(one)}
            />
            {official(fieldConclusionTitles[one])}
          </label>
        ))}
      </fieldset>
      {conclusion === 'could-not-inspect' && (
        <TextField label={t('finish.reason')} value={reason} onChange={setReason} long />
      )}
      {conclusion === 'problem' && entriesOf(view, 'problem').length === 0 && (
        <p className={css.warn}>{t('finish.noteProblem')}</p>
      )}
      {conclusion === 'no-problem' && found && <p className={css.warn}>{t('finish.butFound')}</p>}
      {missing.length > 0 && (
        <div role="status">
          <p className={css.bad}>{t('finish.missing')}</p>
          <ul className={css.plainList}>
            {missing.map((one) => (
              <li key={one}>{t(`missing.${one}`)}</li>
            ))}
          </ul>
        </div>
      )}
      <button
        type="button"
        className={css.primary}
        disabled={missing.length > 0}
        onClick={() =>
          void write({
            taskId: view.task.id,
            kind: 'finish',
            payload: { conclusion, ...(reason.trim() !== '' && { reason: reason.trim() }) },
            baseVersion: view.version,
          }).then(() => syncer.run())
        }
      >
        {t('finish.do')}
      </button>
    </>
  )
}

function Ended({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { files } = useField()
  const finished = view.entries.get('finish')
  if (finished === undefined) return null
  const waiting =
    view.open.length + files.filter((file) => file.taskId === view.task.id && file.state === 'waiting').length
  const conclusion = fieldConclusions.find((one) => one === finished.value.conclusion)
  return (
    <>
      <p className={css.good}>{t('finish.done', { at: shortTime(finished.at) })}</p>
      {conclusion !== undefined && <p>{official(fieldConclusionTitles[conclusion])}</p>}
      <p className={waiting > 0 ? css.warn : css.good}>
        {waiting > 0 ? t('finish.waiting', { count: waiting }) : t('finish.arrived')}
      </p>
      {waiting === 0 && view.serverWaitsFor.length > 0 && (
        <div role="alert">
          <p className={css.bad}>{t('finish.serverMissing')}</p>
          <ul className={css.plainList}>
            {view.serverWaitsFor.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      <p className={css.muted}>{t('finish.after')}</p>
    </>
  )
}
