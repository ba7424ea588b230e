import type { Complaint } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { DueMark } from '../parts/MatterMarks.tsx'
import css from './complaints.module.css'

/** The nearest limit of a complaint, in the colours of every other limit. */
export function ComplaintDue({ due, withTitle = false }: { due: Complaint['due']; withTitle?: boolean }) {
  if (due === null) return <DueMark due={null} />
  const { title, at, provisional, colour, overdue } = due
  const one = { clock: '', title: { zh: title, en: title }, dueAt: at, provisional, overdue, light: colour }
  return <DueMark due={one} withTitle={withTitle} />
}

/** Named, repeated, one of several: what a clerk wants to know of a ticket at a glance. */
export function ComplaintMarks({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation('complaints')
  const { named, repeats, children, mergedInto, urgency, campaign } = complaint
  return (
    <>
      {urgency === 'urgent' && <span className={`${css.mark} ${css.repeat}`}>{t('mark.urgent')}</span>}{' '}
      {named && <span className={`${css.mark} ${css.named}`}>{t('mark.named')}</span>}{' '}
      {repeats > 0 && (
        <span className={`${css.mark} ${css.repeat}`}>{t('mark.repeat', { count: repeats + 1 })}</span>
      )}{' '}
      {children > 0 && <span className={css.mark}>{t('mark.children', { count: children })}</span>}{' '}
      {mergedInto !== null && (
        <span className={css.mark}>{t('mark.merged', { number: mergedInto.number })}</span>
      )}{' '}
      {campaign !== null && <span className={css.mark}>{campaign}</span>}
    </>
  )
}
