import { type ChecklistItem, type RecordField, recordFieldNames, recordFields } from '@shanshui/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './field.module.css'
import { entriesOf, type FieldView, factsDraft, recordOf } from './fieldView.ts'
import { RecordSheet } from './RecordSheet.tsx'
import { SignPart } from './SignPart.tsx'
import { useField } from './useField.tsx'
import { useTyped } from './useTyped.ts'

const long: readonly RecordField[] = [
  'production',
  'treatment',
  'facts',
  'rights',
  'party-opinion',
  'attachments',
]

/** The on-site record: filled in, read, signed and printed here, with or without signal. */
export function RecordPart({ view, items }: { view: FieldView; items: readonly ChecklistItem[] }) {
  const { t } = useTranslation('field')
  return (
    <>
      <section className={`${css.card} no-print`} aria-label={t('record.title')}>
        <h2>{t('record.title')}</h2>
        <p className={css.muted}>{t('record.hint')}</p>
        {recordFieldNames.map((field) => (
          <RecordLine key={field} view={view} items={items} field={field} />
        ))}
      </section>
      <SignPart view={view} />
      <section className={css.card} aria-label={t('record.preview')}>
        <h2 className="no-print">{t('record.preview')}</h2>
        <button type="button" className={`${css.primary} no-print`} onClick={() => window.print()}>
          {t('record.print')}
        </button>
        <RecordSheet view={view} items={items} />
      </section>
    </>
  )
}

interface LineProps {
  readonly view: FieldView
  readonly items: readonly ChecklistItem[]
  readonly field: RecordField
}

function RecordLine({ view, items, field }: LineProps) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const line = useTyped(recordOf(view, field), (value) => ({
    taskId: view.task.id,
    kind: 'record',
    payload: { field, value },
    baseVersion: view.version,
  }))
  const offers = useOffers(view, items, field)
  const id = useId()
  const input = {
    id,
    className: css.input,
    value: line.text,
    onBlur: line.leave,
  }
  return (
    <div className={css.form}>
      <div className={css.label}>
        <label htmlFor={id}>{official(recordFields[field])}</label>
        {long.includes(field) ? (
          <textarea {...input} onChange={(event) => line.type(event.target.value)} />
        ) : (
          <input
            {...input}
            {...(field === 'person-phone' && { inputMode: 'tel' as const })}
            onChange={(event) => line.type(event.target.value)}
          />
        )}
      </div>
      {line.text === '' &&
        offers.map((offer) => (
          <button
            key={offer.label}
            type="button"
            className={`${css.button} ${css.small52}`}
            onClick={() => line.type(offer.text)}
          >
            {t('record.use', { what: offer.label })}
          </button>
        ))}
    </div>
  )
}

/** What the phone knows already and the officer need not type; it is read before it is signed. */
function useOffers(
  view: FieldView,
  items: readonly ChecklistItem[],
  field: RecordField,
): { label: string; text: string }[] {
  const { t } = useTranslation('field')
  const { kept } = useField()
  const { enterprise } = view.task
  const arrived = entriesOf(view, 'arrive')[0]?.at
  const template = (id: string) => kept?.pack.templates.find((one) => one.id === id)
  const now = () => fieldTime(Date.now()).replace('T', ' ')
  const offer = (label: string, text: string | null | undefined) =>
    text == null || text === '' ? [] : [{ label, text }]
  switch (field) {
    case 'start-time':
      return offer(t('record.arrival'), arrived === undefined ? null : fieldTime(arrived).replace('T', ' '))
    case 'end-time':
      return offer(t('record.now'), now())
    case 'place':
      return offer(t('brief.address'), enterprise?.address ?? enterprise?.name)
    case 'person-in-charge':
      return offer(t('brief.person'), enterprise?.person)
    case 'person-phone':
      return offer(t('brief.phone'), enterprise?.phone)
    case 'rights':
      return offer(template('site-record')?.title ?? '', template('site-record')?.text)
    case 'party-opinion':
      return offer(template('closing')?.title ?? '', template('closing')?.text)
    case 'facts':
      return offer(t('record.fromAnswers'), factsDraft(view, items))
    default:
      return []
  }
}
