import {
  type AnswerVerdict,
  answerVerdicts,
  answerVerdictTitles,
  type ChecklistItem,
  checklistThemes,
} from '@shanshui/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../../components/states.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { CaptureButton } from './CaptureButton.tsx'
import css from './field.module.css'
import { answerOf, type FieldView, progressOf } from './fieldView.ts'
import { Teaching } from './Teaching.tsx'
import { useField } from './useField.tsx'
import { useTyped } from './useTyped.ts'

interface Props {
  readonly view: FieldView
  readonly items: readonly ChecklistItem[]
  /** 1 … number of items. */
  readonly at: number
  readonly onAt: (at: number) => void
  readonly onDone: () => void
}

/** The checklist, one item a screen. */
export function CheckPart({ view, items, at, onAt, onDone }: Props) {
  const { t } = useTranslation('field')
  const item = items[at - 1]
  const progress = progressOf(view, items)
  if (item === undefined) return <Empty title={t('check.none')} hint={t('check.noneHint')} />
  const last = at === items.length
  return (
    <>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={t('check.progress')}
        aria-valuemin={0}
        aria-valuemax={items.length}
        aria-valuenow={progress.answered}
      >
        <div style={{ width: `${(progress.answered / items.length) * 100}%` }} />
      </div>
      <Item key={item.id} view={view} item={item} at={at} of={items.length} />
      <details className={css.teach}>
        <summary>{t('check.all', { answered: progress.answered, of: progress.of })}</summary>
        <div>
          <ol className={css.dots}>
            {items.map((one, index) => {
              const verdict = answerOf(view, one.id)?.verdict
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    className={css.dot}
                    data-verdict={verdict}
                    aria-current={index + 1 === at ? 'step' : undefined}
                    title={one.question}
                    aria-label={`${index + 1} ${one.question}`}
                    onClick={() => onAt(index + 1)}
                  >
                    {index + 1}
                  </button>
                </li>
              )
            })}
          </ol>
        </div>
      </details>
      <div className={`${css.row} ${css.step}`}>
        <button type="button" className={css.button} disabled={at === 1} onClick={() => onAt(at - 1)}>
          {t('check.back')}
        </button>
        <button type="button" className={css.primary} onClick={() => (last ? onDone() : onAt(at + 1))}>
          {t(last ? 'check.toRecord' : 'check.next')}
        </button>
      </div>
    </>
  )
}

function Item({ view, item, at, of }: { view: FieldView; item: ChecklistItem; at: number; of: number }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { write, files } = useField()
  const question = useId()
  const answer = answerOf(view, item.id)
  const part = (payload: { verdict?: AnswerVerdict; note?: string; photos?: readonly string[] }) => ({
    taskId: view.task.id,
    kind: 'answer' as const,
    payload: { item: item.id, ...payload },
    baseVersion: view.version,
  })
  const note = useTyped(answer?.note ?? '', (text) => part({ note: text }))
  const photos = files.filter(
    (file) => file.taskId === view.task.id && answer?.photos.includes(file.sha256) === true,
  )
  return (
    <section className={css.form} aria-labelledby={question}>
      <p className={css.muted}>
        {official(checklistThemes[item.theme])} · {at} / {of}
      </p>
      <h2 id={question} className={css.question}>
        {item.question}
      </h2>
      <fieldset className={css.verdicts} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className="visually-hidden">{t('check.verdict')}</legend>
        {answerVerdicts
          .filter((verdict) => verdict !== 'not-checked')
          .map((verdict) => (
            <button
              key={verdict}
              type="button"
              className={css.verdict}
              data-verdict={verdict}
              aria-pressed={answer?.verdict === verdict}
              onClick={() => void write(part({ verdict }))}
            >
              {official(answerVerdictTitles[verdict])}
            </button>
          ))}
      </fieldset>
      <Teaching item={item} />
      <label className={css.label}>
        {t('check.note')}
        <textarea
          className={css.input}
          value={note.text}
          placeholder={t('check.noteHint')}
          onChange={(event) => note.type(event.target.value)}
          onBlur={note.leave}
        />
      </label>
      <CaptureButton
        view={view}
        kind="photo"
        label={t('capture.photo')}
        title={item.question}
        onTaken={(sha256) => void write(part({ photos: [sha256] }))}
      />
      {photos.length > 0 && (
        <ul className={css.thumbs}>
          {photos.map((file) => (
            <li key={file.key}>
              {file.thumb !== null && <img src={file.thumb} alt={file.title} />}
              <span className={css.small}>{t(`evidence.state.${file.state}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {answer === undefined && (
        <button
          type="button"
          className={css.button}
          onClick={() => void write(part({ verdict: 'not-checked' }))}
        >
          {t('check.skip')}
        </button>
      )}
    </section>
  )
}
