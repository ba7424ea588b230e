import type { SandPeriod, SandProposal } from '@shanshui/contract'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSandDecision } from '../../../api/review.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { shortTime } from '../../../format/time.ts'

export type SandChange =
  | { readonly type: 'confirm'; readonly proposal: SandProposal }
  | { readonly type: 'withdraw'; readonly period: SandPeriod }

/** Confirming or withdrawing changes figures: it says so, and asks for the reason that goes into the journal. */
export function SandDialog({ change, onClose }: { change: SandChange; onClose: () => void }) {
  const { t } = useTranslation('data')
  const [reason, setReason] = useState('')
  const decide = useSandDecision()
  const period = change.type === 'confirm' ? change.proposal : change.period
  const title = t(`sand.${change.type}Title`, { from: shortTime(period.from), to: shortTime(period.to) })

  function send(): void {
    const text = reason.trim()
    const decision =
      change.type === 'confirm'
        ? {
            confirm: {
              cityId: change.proposal.cityId,
              from: change.proposal.from,
              to: change.proposal.to,
              reason: text,
            },
          }
        : { withdraw: change.period.id, reason: text }
    decide.mutate(decision, { onSuccess: onClose })
  }

  return (
    <Modal
      open
      title={title}
      okText={t(`sand.${change.type}`)}
      cancelText={t('sand.cancel')}
      okButtonProps={{ disabled: reason.trim().length < 2 }}
      confirmLoading={decide.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <p>{t(`sand.${change.type}Text`)}</p>
      <Input.TextArea
        aria-label={t('sand.why')}
        placeholder={t('sand.why')}
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {decide.isError && <ErrorPanel error={decide.error} what={title} />}
    </Modal>
  )
}
