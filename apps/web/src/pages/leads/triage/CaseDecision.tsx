import {
  type DismissalReason,
  dismissalReasonNames,
  dismissalReasons,
  type LeadDetail,
} from '@shanshui/contract'
import { Button, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LeadCommand, useDecideLead } from '../../../api/leads.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import type { Writing } from './LeadCase.tsx'
import css from './triage.module.css'
import type { Triage } from './useTriage.ts'

interface Props {
  readonly detail: LeadDetail
  readonly triage: Triage
  readonly writing: Writing | undefined
  readonly onWrite: (writing: Writing | undefined) => void
}

/** Acknowledge, watch, confirm, dismiss: one click where nothing must be said, a line where something must. */
export function CaseDecision({ detail, triage, writing, onWrite }: Props) {
  const { t } = useTranslation('leads')
  const decide = useDecideLead()
  const { lead, allowed } = detail
  if (allowed.length === 0) return null
  const run = (command: LeadCommand) =>
    decide.mutate(
      { id: lead.id, version: lead.version, command },
      {
        onSuccess: () => {
          onWrite(undefined)
          // twenty in ten minutes: what is decided makes room for the next
          if (command.kind === 'dismiss' || command.kind === 'watch') triage.stepFrom(lead.id)
        },
      },
    )
  const opened = writing !== undefined && allowed.includes(writing) ? writing : undefined
  return (
    <section className={`${css.decision} no-print`} aria-label={t('decision')}>
      <div className={css.buttons}>
        {allowed.includes('confirm') && (
          <Button type="primary" onClick={() => onWrite('confirm')}>
            {t('do.confirm')} <kbd>Enter</kbd>
          </Button>
        )}
        {allowed.includes('acknowledge') && (
          <Button loading={decide.isPending} onClick={() => run({ kind: 'acknowledge' })}>
            {t('do.acknowledge')} <kbd>a</kbd>
          </Button>
        )}
        {allowed.includes('watch') && (
          <Button loading={decide.isPending} onClick={() => run({ kind: 'watch' })}>
            {t('do.watch')} <kbd>w</kbd>
          </Button>
        )}
        {allowed.includes('dismiss') && (
          <Button onClick={() => onWrite('dismiss')}>
            {t('do.dismiss')} <kbd>d</kbd>
          </Button>
        )}
        {allowed.includes('outcome') && <Button onClick={() => onWrite('outcome')}>{t('do.outcome')}</Button>}
        {allowed.includes('reopen') && <Button onClick={() => onWrite('reopen')}>{t('do.reopen')}</Button>}
      </div>
      {opened !== undefined && (
        <WritePart
          key={`${lead.id} ${opened}`}
          writing={opened}
          pending={decide.isPending}
          onDone={run}
          onCancel={() => onWrite(undefined)}
        />
      )}
      {decide.error !== null && <ErrorPanel error={decide.error} what={t('decision')} />}
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
  const { t, i18n } = useTranslation('leads')
  const [text, setText] = useState('')
  const [reason, setReason] = useState<DismissalReason>()
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('confirmed')
  const english = i18n.language === 'en'
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
      {writing === 'dismiss' && (
        <Select<DismissalReason>
          autoFocus
          defaultOpen
          aria-label={t('reason')}
          placeholder={t('reason')}
          value={reason}
          onChange={setReason}
          options={dismissalReasonNames.map((value) => ({
            value,
            label: english ? dismissalReasons[value].en : dismissalReasons[value].zh,
          }))}
        />
      )}
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
