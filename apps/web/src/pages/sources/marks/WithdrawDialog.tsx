import type { SourceMark } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeMark } from '../../../api/sources.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import css from './marks.module.css'
import { periodText } from './periodText.ts'

/** Takes a mark back before it was decided: says what follows and asks why. */
export function WithdrawDialog({ mark, onClose }: { mark: SourceMark; onClose: () => void }) {
  const { t } = useTranslation('monitoring')
  const [reason, setReason] = useState('')
  const change = useChangeMark()
  return (
    <Modal open title={t('marks.withdrawTitle')} footer={null} onCancel={onClose}>
      <p className={css.consequence}>{t('marks.withdrawConsequence')}</p>
      <p>
        {mark.outletName} {periodText(mark.from, mark.to, true)} <b>{mark.itemName}</b>
      </p>
      <Input.TextArea
        rows={2}
        aria-label={t('marks.withdrawWhy')}
        placeholder={t('marks.needReason')}
        value={reason}
        maxLength={400}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={css.decide}>
        <Button
          type="primary"
          disabled={reason.trim().length < 2}
          loading={change.isPending}
          onClick={() => change.mutate({ withdraw: mark.id, reason: reason.trim() }, { onSuccess: onClose })}
        >
          {t('marks.withdraw')}
        </Button>
      </div>
      {change.error !== null && <ErrorPanel error={change.error} what={t('marks.withdrawTitle')} />}
    </Modal>
  )
}
