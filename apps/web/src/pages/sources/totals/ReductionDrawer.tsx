import type { ReductionClaimDetail } from '@shanshui/contract'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ReductionStep, useReduction, useReductionStep } from '../../../api/totals.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { formatNumber } from '../../../format/number.ts'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { NumberField, TextField } from './Field.tsx'
import css from './totals.module.css'

/** One project's calculation, evidence and review. */
export function ReductionDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('totals')
  const query = useReduction(id)
  return (
    <Drawer open title={query.data?.name ?? t('reductions.one')} size="large" onClose={onClose}>
      <Async query={query} what={t('reductions.one')}>
        {(claim) => (
          <div className={css.form}>
            <Facts claim={claim} />
            <h3>{t('reductions.calculation')}</h3>
            <Calculation claim={claim} />
            <h3>{t('reductions.evidence')}</h3>
            {claim.evidence.length === 0 ? (
              <p className="worse">{t('reductions.noEvidence')}</p>
            ) : (
              <ul className={css.steps}>
                {claim.evidence.map((one) => (
                  <li key={`${one.title} ${one.reference}`}>
                    {one.title} <span className="muted">{one.reference}</span>
                  </li>
                ))}
              </ul>
            )}
            <h3>{t('reductions.history')}</h3>
            <ol className={css.steps}>
              {claim.history.map((one) => (
                <li key={`${one.at} ${one.event}`}>
                  {shortTime(one.at)} {one.by} {t(`event.${one.event}`)}
                  {one.tonnes !== null && ` ${formatNumber(one.tonnes, 3)} t`}
                  {one.reason !== null && `：${one.reason}`}
                </li>
              ))}
            </ol>
            <Review key={claim.version} claim={claim} />
          </div>
        )}
      </Async>
    </Drawer>
  )
}

function Facts({ claim }: { claim: ReductionClaimDetail }) {
  const { t } = useTranslation('totals')
  const { project } = claim
  return (
    <dl className={css.facts}>
      <dt>{t('column.state')}</dt>
      <dd>
        <b>{t(`state.${claim.state}`)}</b>
        {claim.reason !== null && `：${claim.reason}`}
      </dd>
      <dt>{t('column.type')}</dt>
      <dd>{t(`type.${claim.type}`)}</dd>
      <dt>{t('column.subject')}</dt>
      <dd>
        {claim.subjectName} {claim.facility}
      </dd>
      <dt>{t('reductions.dates')}</dt>
      <dd>
        {project.startsOn ?? '–'} – {project.completedOn ?? '–'}
      </dd>
      <dt>{t('reductions.process')}</dt>
      <dd>
        {project.processBefore ?? '–'} → {project.processAfter ?? '–'}
      </dd>
      <dt>{t('reductions.base')}</dt>
      <dd>
        {project.baseEmission == null ? '–' : `${formatNumber(project.baseEmission, 3)} t`}{' '}
        {project.baseSource}
      </dd>
      <dt>{t('reductions.amounts')}</dt>
      <dd>
        {t('reductions.amountLine', {
          claimed: formatNumber(claim.claimed, 3),
          verified: formatNumber(claim.verified, 3),
          recognised: formatNumber(claim.recognised, 3),
          next: formatNumber(claim.nextYear, 3),
        })}
        {claim.moved > 0 && `；${t('reductions.moved')} ${formatNumber(claim.moved, 3)} t`}
      </dd>
    </dl>
  )
}

function Calculation({ claim }: { claim: ReductionClaimDetail }) {
  const { t } = useTranslation('totals')
  return (
    <>
      <ol className={css.steps}>
        {claim.trace.map((step) => (
          <li key={step.rule}>
            <b>{step.rule}</b> <span className="mono">{step.formula}</span>{' '}
            <span className="muted">{step.clause}</span>{' '}
            {claim.coefficientStatus === 'unverified' && <Unverified source={step.clause} />}
          </li>
        ))}
      </ol>
      <dl className={css.facts}>
        {Object.entries(claim.inputs).map(([name, value]) => (
          <InputLine key={name} name={t(`input.${name}`, { defaultValue: name })} value={String(value)} />
        ))}
        <dt>{t('reductions.references')}</dt>
        <dd>{claim.inputReferences.join('；') || '–'}</dd>
      </dl>
    </>
  )
}

function InputLine({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

const nextEvents: Readonly<Record<string, readonly ReductionStep['event'][]>> = {
  planned: ['start'],
  'in-progress': ['complete'],
  completed: ['verify', 'reject'],
  verified: ['recognise', 'reject'],
}
const reviews = new Set<ReductionStep['event']>(['verify', 'recognise', 'reject'])

function Review({ claim }: { claim: ReductionClaimDetail }) {
  const { t } = useTranslation('totals')
  const { may, session } = useSession()
  const step = useReductionStep()
  const most = claim.state === 'verified' ? (claim.verified ?? 0) : claim.claimed
  const [tonnes, setTonnes] = useState<number | null>(most)
  const [reason, setReason] = useState('')
  const events = (nextEvents[claim.state] ?? []).filter((event) =>
    may(reviews.has(event) ? 'total:review' : 'total:write'),
  )
  if (events.length === 0) return null
  const reviewing = events.some((event) => reviews.has(event))
  const own = reviewing && claim.writtenBy === session.user.id
  if (own) return <p className="muted">{t('reductions.own')}</p>
  const send = (event: ReductionStep['event']) =>
    step.mutate({
      id: claim.id,
      version: claim.version,
      event,
      ...(event === 'verify' || event === 'recognise' ? { tonnes: tonnes ?? most } : {}),
      ...(reviews.has(event) && reason.trim() !== '' ? { reason: reason.trim() } : {}),
    })
  return (
    <div className={css.form}>
      {reviewing && (
        <>
          <NumberField
            label={t('reductions.reviewTonnes')}
            max={most}
            step={0.001}
            value={tonnes}
            onChange={setTonnes}
          />
          <TextField label={t('reductions.reason')} maxLength={1000} value={reason} onChange={setReason} />
        </>
      )}
      <div className={css.row}>
        {events.map((event) => (
          <Button
            key={event}
            type={event === 'reject' ? 'default' : 'primary'}
            danger={event === 'reject'}
            disabled={event === 'reject' && reason.trim().length < 2}
            loading={step.isPending}
            onClick={() => send(event)}
          >
            {t(`event.${event}`)}
          </Button>
        ))}
      </div>
      {step.isError && <ErrorPanel error={step.error} what={claim.name} />}
    </div>
  )
}
