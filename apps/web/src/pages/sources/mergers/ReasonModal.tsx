import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly title: string
  /** What will happen. */
  readonly text: string
  readonly busy: boolean
  readonly onCancel: () => void
  readonly onReason: (reason: string) => void
}

/** Says what will happen and asks why. */
export function ReasonModal({ title, text, busy, onCancel, onReason }: Props) {
  const { t } = useTranslation('enterprises')
  const [reason, setReason] = useState('')
  const id = useId()
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('merge.cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: busy }}
      onCancel={onCancel}
      onOk={() => onReason(reason.trim())}
    >
      <p>{text}</p>
      <label htmlFor={id}>{t('merge.reason')} *</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}
