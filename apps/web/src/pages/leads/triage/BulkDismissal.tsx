import type { DismissalReason } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDismissMany } from '../../../api/leads.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { DismissalReasonSelect } from './DismissalReasonSelect.tsx'
import css from './triage.module.css'
import type { Triage } from './useTriage.ts'

/** Puts the ticked leads aside with one reason; those that changed meanwhile are named, not forced. */
export function BulkDismissal({ triage }: { triage: Triage }) {
  const { t } = useTranslation('leads')
  const [opened, setOpened] = useState(false)
  const [reason, setReason] = useState<DismissalReason>()
  const [note, setNote] = useState('')
  const dismiss = useDismissMany()
  const chosen = triage.order.filter((lead) => triage.ticked.has(lead.id))
  const close = () => {
    setOpened(false)
    dismiss.reset()
  }
  const ready = reason !== undefined && (reason !== 'other' || note.trim().length >= 2)
  const send = () => {
    if (reason === undefined) return
    dismiss.mutate(
      {
        leads: chosen.map(({ id, version }) => ({ id, version })),
        reason,
        ...(note.trim() !== '' && { note: note.trim() }),
      },
      {
        onSuccess: ({ refused }) => {
          triage.untick()
          if (refused.length === 0) close()
        },
      },
    )
  }
  const refused = dismiss.data?.refused ?? []
  if (chosen.length === 0 && !opened) return null
  return (
    <>
      <Button onClick={() => setOpened(true)}>{t('bulk', { count: chosen.length })}</Button>
      <Modal
        open={opened}
        title={t('bulk', { count: chosen.length })}
        okText={t('do.dismiss')}
        cancelText={t('cancel')}
        okButtonProps={{ disabled: !ready || chosen.length === 0, loading: dismiss.isPending }}
        onOk={send}
        onCancel={close}
      >
        <div className={css.bulk}>
          <p>{t('bulkNote')}</p>
          <DismissalReasonSelect value={reason} onChange={setReason} />
          <Input
            aria-label={t('say.dismiss')}
            placeholder={t('say.dismiss')}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {refused.length > 0 && (
            <ul role="alert">
              {refused.map((one) => (
                <li key={one.id}>
                  #{one.id} {one.detail}
                </li>
              ))}
            </ul>
          )}
          {dismiss.error !== null && <ErrorPanel error={dismiss.error} what={t('decision')} />}
        </div>
      </Modal>
    </>
  )
}
