import {
  complaintThemes,
  complaintVerdicts,
  type PublicComplaintStatus,
  publicComplaintStates,
} from '@shanshui/contract'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReportStatus } from '../../../api/public.ts'
import { fullTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { PublicFault } from '../PublicFault.tsx'
import css from '../public.module.css'

/** With the year: a receipt is kept for long. */
const minuteOf = (time: string): string => fullTime(time).slice(0, 16)

/** Number and code in, the state in plain words out; neither stands in the address. */
export function StatusPage() {
  const { t } = useTranslation('public')
  const [number, setNumber] = useState('')
  const [code, setCode] = useState('')
  const look = useReportStatus()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (number.trim() !== '' && code.trim() !== '') look.mutate({ number: number.trim(), code: code.trim() })
  }
  return (
    <>
      <h1>{t('status.title')}</h1>
      <form className={css.sheet} onSubmit={send} aria-label={t('status.title')}>
        <div className={css.field}>
          <label htmlFor="number">{t('receipt.number')}</label>
          <small id="number-hint">{t('status.numberHint')}</small>
          <input
            id="number"
            required
            maxLength={40}
            autoCapitalize="characters"
            autoComplete="off"
            aria-describedby="number-hint"
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </div>
        <div className={css.field}>
          <label htmlFor="code">{t('receipt.code')}</label>
          <small id="code-hint">{t('status.codeHint')}</small>
          <input
            id="code"
            required
            maxLength={40}
            autoCapitalize="characters"
            autoComplete="off"
            aria-describedby="code-hint"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <div className={css.buttons}>
          <button type="submit" className={`${css.button} ${css.primary}`} disabled={look.isPending}>
            {t('status.look')}
          </button>
        </div>
        {look.error !== null && <PublicFault error={look.error} />}
      </form>
      {look.data !== undefined && <StatusPart key={look.submittedAt} status={look.data} />}
    </>
  )
}

function StatusPart({ status }: { status: PublicComplaintStatus }) {
  const { t } = useTranslation('public')
  const official = useOfficial()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { informBy, acceptedAt, finishBy, finishedAt, reviewUntil, verdict, answers } = status
  return (
    <section className={css.sheet} aria-labelledby="state">
      <h2 id="state" ref={heading} tabIndex={-1}>
        {official(publicComplaintStates[status.state])}
      </h2>
      <p>{t(`nextStep.${status.state}`)}</p>
      <dl className={css.facts}>
        <dt>{t('receipt.number')}</dt>
        <dd>{status.number}</dd>
        <dt>{t('field.theme')}</dt>
        <dd>{official(complaintThemes[status.theme])}</dd>
        <dt>{t('status.receivedAt')}</dt>
        <dd>{minuteOf(status.receivedAt)}</dd>
        <Fact name={t('status.informBy')} value={acceptedAt === null ? informBy : null} />
        <Fact name={t('status.acceptedAt')} value={acceptedAt === null ? null : minuteOf(acceptedAt)} />
        <Fact
          name={t(status.extended ? 'status.finishByExtended' : 'status.finishBy')}
          value={finishedAt === null ? finishBy : null}
        />
        <Fact
          name={t('status.verdict')}
          value={verdict === null ? null : official(complaintVerdicts[verdict])}
        />
        <Fact name={t('status.finishedAt')} value={finishedAt === null ? null : minuteOf(finishedAt)} />
        <Fact name={t('status.reviewUntil')} value={reviewUntil} />
      </dl>
      {answers.length > 0 && (
        <>
          <h2>{t('status.answers')}</h2>
          {answers.map((answer) => (
            <div key={answer.at} className={css.answer}>
              <small>{minuteOf(answer.at)}</small>
              <p>{answer.text}</p>
            </div>
          ))}
        </>
      )}
    </section>
  )
}

function Fact({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
