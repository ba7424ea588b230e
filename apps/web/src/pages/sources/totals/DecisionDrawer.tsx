import type { AllowanceAccount, AllowanceApplication } from '@shanshui/contract'
import { Button, Drawer, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDecision } from '../../../api/totals.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { formatNumber } from '../../../format/number.ts'
import { useSession } from '../../../session/session.tsx'
import { TextField } from './Field.tsx'
import css from './totals.module.css'

interface Props {
  readonly application: AllowanceApplication
  readonly accounts: readonly AllowanceAccount[]
  readonly onClose: () => void
}

/** What a new project needs, from which accounts it is taken, and the decision. */
export function DecisionDrawer({ application, accounts, onClose }: Props) {
  const { t } = useTranslation('totals')
  const { may } = useSession()
  return (
    <Drawer open title={application.projectName} size="large" onClose={onClose}>
      <div className={css.form}>
        <ul className={css.steps}>
          {application.needs.map((need) => (
            <li key={need.pollutant}>
              <b>{need.pollutant}</b>{' '}
              {t('allowance.needLine', { increment: need.increment, ratio: need.ratio, needed: need.needed })}{' '}
              <span className="muted">{need.basis}</span>{' '}
              {need.status === 'unverified' && <Unverified source={t('allowance.ruleSource')} />}
            </li>
          ))}
        </ul>
        {application.sources.length > 0 && (
          <>
            <h3>{t('allowance.sources')}</h3>
            <ul className={css.steps}>
              {application.sources.map((source) => (
                <li key={source.accountId}>
                  {source.accountName} {source.pollutant} {formatNumber(source.tonnes, 3)} t
                </li>
              ))}
            </ul>
          </>
        )}
        {application.reason !== null && <p>{application.reason}</p>}
        {application.state === 'applied' && may('total:review') && (
          <DecisionForm application={application} accounts={accounts} onClose={onClose} />
        )}
      </div>
    </Drawer>
  )
}

function DecisionForm({ application, accounts, onClose }: Props) {
  const { t } = useTranslation('totals')
  const decide = useDecision()
  const [amounts, setAmounts] = useState<Readonly<Record<number, number>>>({})
  const [reason, setReason] = useState('')
  const wanted = new Set(application.needs.map((need) => need.pollutant))
  const usable = accounts.filter((account) => wanted.has(account.pollutant))
  const sources = Object.entries(amounts).flatMap(([id, tonnes]) =>
    tonnes > 0 ? [{ accountId: Number(id), tonnes }] : [],
  )
  const send = (decision: 'approve' | 'refuse') =>
    decide.mutate(
      {
        id: application.id,
        version: application.version,
        decision,
        ...(decision === 'approve' ? { sources } : {}),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      },
      { onSuccess: onClose },
    )
  return (
    <>
      <h3>{t('allowance.take')}</h3>
      <ul className={css.steps}>
        {usable.map((account) => (
          <li key={account.id} className={css.row}>
            <span>
              {account.name} {account.pollutant}（{t('allowance.balance')} {formatNumber(account.balance, 3)}{' '}
              t）
            </span>
            <InputNumber
              min={0}
              step={0.001}
              aria-label={`${account.name} ${account.pollutant}`}
              value={amounts[account.id] ?? null}
              onChange={(value) => setAmounts({ ...amounts, [account.id]: value ?? 0 })}
            />
          </li>
        ))}
      </ul>
      <TextField label={t('reductions.reason')} maxLength={1000} value={reason} onChange={setReason} />
      <div className={css.row}>
        <Button
          type="primary"
          disabled={sources.length === 0}
          loading={decide.isPending}
          onClick={() => send('approve')}
        >
          {t('allowance.approve')}
        </Button>
        <Button
          danger
          disabled={reason.trim().length < 2}
          loading={decide.isPending}
          onClick={() => send('refuse')}
        >
          {t('allowance.refuse')}
        </Button>
      </div>
      {decide.isError && <ErrorPanel error={decide.error} what={application.projectName} />}
    </>
  )
}
