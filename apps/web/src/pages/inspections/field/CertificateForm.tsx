import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import css from './field.module.css'
import { entriesOf, type FieldView, officersShown } from './fieldView.ts'
import { useField } from './useField.tsx'

const ways = ['shown', 'audio', 'video'] as const

/** Two officers at least show their certificates before anything is asked (行政处罚法 42、55). */
export function CertificateForm({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const { write } = useField()
  const { task } = view
  const [absent, setAbsent] = useState<ReadonlySet<number>>(new Set())
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({})
  const [shownTo, setShownTo] = useState('')
  const [how, setHow] = useState<(typeof ways)[number]>('shown')
  const [shown] = entriesOf(view, 'certificate')
  const count = officersShown(view)
  const officers = task.officers
    .filter(({ userId }) => !absent.has(userId))
    .map(({ userId, certificate }) => ({ userId, certificate: typed[userId] ?? certificate ?? '' }))
  const ready =
    officers.length >= 2 &&
    officers.every(({ certificate }) => certificate.trim() !== '') &&
    shownTo.trim() !== ''
  return (
    <section className={css.card} aria-label={t('certificate.title')}>
      <h2>{t('certificate.title')}</h2>
      {shown !== undefined && count >= 2 ? (
        <p className={css.good}>
          {t('certificate.done', {
            at: shortTime(shown.at),
            count,
            to: String(shown.value.shownTo ?? ''),
          })}
        </p>
      ) : (
        <div className={css.form}>
          {task.officers.map((officer) => (
            <div key={officer.userId} className={css.form}>
              <label className={css.check}>
                <input
                  type="checkbox"
                  checked={!absent.has(officer.userId)}
                  onChange={(event) => {
                    const next = new Set(absent)
                    if (event.target.checked) next.delete(officer.userId)
                    else next.add(officer.userId)
                    setAbsent(next)
                  }}
                />
                {officer.name}
              </label>
              {!absent.has(officer.userId) && (
                <input
                  className={css.input}
                  aria-label={t('certificate.number', { name: officer.name })}
                  placeholder={t('certificate.number', { name: officer.name })}
                  value={typed[officer.userId] ?? officer.certificate ?? ''}
                  onChange={(event) => setTyped({ ...typed, [officer.userId]: event.target.value })}
                />
              )}
            </div>
          ))}
          <label className={css.label}>
            {t('certificate.to')}
            <input
              className={css.input}
              value={shownTo}
              onChange={(event) => setShownTo(event.target.value)}
            />
          </label>
          <label className={css.label}>
            {t('certificate.how')}
            <select
              className={css.input}
              value={how}
              onChange={(event) => setHow(ways.find((way) => way === event.target.value) ?? 'shown')}
            >
              {ways.map((way) => (
                <option key={way} value={way}>
                  {t(`certificate.way.${way}`)}
                </option>
              ))}
            </select>
          </label>
          {officers.length < 2 && <p className={css.bad}>{t('certificate.two')}</p>}
          <button
            type="button"
            className={css.primary}
            disabled={!ready}
            onClick={() =>
              void write({
                taskId: task.id,
                kind: 'certificate',
                payload: { officers, shownTo: shownTo.trim(), how },
                baseVersion: view.version,
              })
            }
          >
            {t('certificate.do')}
          </button>
        </div>
      )}
    </section>
  )
}
