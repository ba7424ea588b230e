import { Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'

interface Props {
  readonly title: string
  /** What will happen. */
  readonly children: ReactNode
  readonly pending: boolean
  readonly error: unknown
  readonly onDone: (reason: string) => void
  readonly onCancel: () => void
}

/** Says what will happen and asks why. */
export function ReasonDialog({ title, children, pending, error, onDone, onCancel }: Props) {
  const { t } = useTranslation('problems')
  const [reason, setReason] = useState('')
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: reason.trim().length < 2, loading: pending }}
      onOk={() => onDone(reason.trim())}
      onCancel={onCancel}
    >
      {children}
      <Input.TextArea
        autoFocus
        aria-label={t('reason')}
        placeholder={t('reason')}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {error !== null && <ErrorPanel error={error} what={title} />}
    </Modal>
  )
}
