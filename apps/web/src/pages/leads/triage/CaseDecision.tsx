import type { DismissalReason, LeadDetail } from '@shanshui/contract'
import { Button, Input, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadCommand } from '../../../api/leads.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useSession } from '../../../session/session.tsx'
import { DismissalReasonSelect } from './DismissalReasonSelect.tsx'
import css from './triage.module.css'
import type { Decision, Writing } from './useDecision.ts'

const LeadConfirmation = lazy(async () => ({
  default: (await import('../../matters/open/LeadConfirmation.tsx')).LeadConfirmation,
}))

interface Props {
  readonly detail: LeadDetail
  readonly decision: Decision
}

/**
 * Acknowledge, watch, confirm, dismiss: one click where nothing must be said, a line where something must. Who may
 * register problems confirms by registering one, and opens the matter on it in the same act.
 */
export function CaseDecision({ detail, decision }: Props) {
  const { t } = useTranslation('leads')
  const { may } = useSession()
  const { writing, write, pending, error } = decision
  const { lead, allowed } = detail
  if (allowed.length === 0) return null
  const run = (command: LeadCommand) => decision.run(lead, command)
  const opened = writing !== undefined && allowed.includes(writing) ? writing : undefined
  const registers = opened === 'confirm' && may('problem:write')
  return (
    <section className={`${css.decision} no-print`} aria-label={t('decision')}>
      <div className={css.buttons}>
        {allowed.includes('confirm') && (
          <Button type="primary" onClick={() => write('confirm')}>
            {t('do.confirm')} <kbd>Enter</kbd>
          </Button>
        )}
        {allowed.includes('acknowledge') && (
          <Button loading={pending} onClick={() => run({ kind: 'acknowledge' })}>
            {t('do.acknowledge')} <kbd>a</kbd>
          </Button>
        )}
        {allowed.includes('watch') && (
          <Button loading={pending} onClick={() => run({ kind: 'watch' })}>
            {t('do.watch')} <kbd>w</kbd>
          </Button>
        )}
        {allowed.includes('dismiss') && (
          <Button onClick={() => write('dismiss')}>
            {t('do.dismiss')} <kbd>d</kbd>
          </Button>
        )}
        {allowed.includes('outcome') && <Button onClick={() => write('outcome')}>{t('do.outcome')}</Button>}
        {allowed.includes('reopen') && <Button onClick={() => write('reopen')}>{t('do.reopen')}</Button>}
      </div>
      {registers && (
        <Suspense fallback={null}>
          <LeadConfirmation detail={detail} onClose={() => write(undefined)} />
        </Suspense>
      )}
      {opened !== undefined && !registers && (
        <WritePart
          key={`${lead.id} ${opened}`}
          writing={opened}
          pending={pending}
          onDone={run}
          onCancel={() => write(undefined)}
        />
      )}
      {error !== null && <ErrorPanel error={error} what={t('decision')} />}
    </section>
  )
}

interface WriteProps {
  readonly writing: Writing
  readonly pending: boolean
  readonly onDone: (command: LeadCommand) => void
  readonly onCancel: () => void
}

const outcomes = ['confirmed', 'not-confirmed'] as const

function WritePart({ writing, pending, onDone, onCancel }: WriteProps) {
  const { t } = useTranslation('leads')
  const [text, setText] = useState('')
  const [reason, setReason] = useState<DismissalReason>()
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('confirmed')
  const textNeeded = writing !== 'dismiss' || reason === 'other'
  const ready = (!textNeeded || text.trim().length >= 2) && (writing !== 'dismiss' || reason !== undefined)
  const send = () => {
    const said = text.trim()
    if (writing === 'confirm') return onDone({ kind: 'confirm', grounds: said })
    if (writing === 'reopen') return onDone({ kind: 'reopen', note: said })
    if (writing === 'outcome') return onDone({ kind: 'outcome', outcome, grounds: said })
    if (reason !== undefined) onDone({ kind: 'dismiss', reason, ...(said !== '' && { note: said }) })
  }
  return (
    <form
      className={css.write}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
      }}
    >
      {writing === 'dismiss' && <DismissalReasonSelect value={reason} onChange={setReason} atOnce />}
      {writing === 'outcome' && (
        <Segmented
          value={outcome}
          onChange={setOutcome}
          options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
      )}
      <Input
        autoFocus={writing !== 'dismiss'}
        aria-label={t(`say.${writing}`)}
        placeholder={t(`say.${writing}`)}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!ready} loading={pending}>
        {t(`do.${writing}`)}
      </Button>
      <Button onClick={onCancel}>{t('cancel')}</Button>
    </form>
  )
}
