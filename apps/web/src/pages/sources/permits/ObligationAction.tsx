import type { Obligation } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEvidence, useWaiver } from '../../../api/permits.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useSession } from '../../../session/session.tsx'
import css from './permits.module.css'
import { isManualTask, ResultForm } from './ResultForm.tsx'

const byStatement = new Set(['ledger', 'disclosure', 'renewal'])

/** The holder names the proof; the bureau may waive, with the reason. */
export function ObligationAction({ obligation, onClose }: { obligation: Obligation; onClose: () => void }) {
  const { t } = useTranslation('permits')
  const { may } = useSession()
  const evidence = useEvidence()
  const waiver = useWaiver()
  const [text, setText] = useState('')
  const id = useId()
  const waives = may('permit:write')
  const states = may('permit:submit') && byStatement.has(obligation.kind)
  const measures = may('permit:submit') && isManualTask(obligation)
  const ready = text.trim().length >= 2
  const failed = evidence.error ?? waiver.error
  return (
    <Modal open title={obligation.title} footer={null} onCancel={onClose}>
      <div className={css.ask}>
        <p className="muted">{t('dueLine', { day: obligation.dueOn, clause: obligation.clause })}</p>
        {measures && <ResultForm obligation={obligation} onDone={onClose} />}
        {!states && !waives && !measures && <p>{t(`how.${obligation.kind}`)}</p>}
        {(states || waives) && (
          <>
            <label htmlFor={id}>{waives ? t('waiverReason') : t('evidenceText')}</label>
            <Input.TextArea
              id={id}
              rows={3}
              maxLength={400}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </>
        )}
        {states && (
          <Button
            type="primary"
            disabled={!ready}
            loading={evidence.isPending}
            onClick={() =>
              evidence.mutate({ id: obligation.id, evidence: text.trim() }, { onSuccess: onClose })
            }
          >
            {t('submitEvidence')}
          </Button>
        )}
        {waives && (
          <Button
            disabled={!ready}
            loading={waiver.isPending}
            onClick={() => waiver.mutate({ id: obligation.id, reason: text.trim() }, { onSuccess: onClose })}
          >
            {t('waive')}
          </Button>
        )}
        {failed !== null && <ErrorPanel error={failed} what={obligation.title} />}
      </div>
    </Modal>
  )
}
