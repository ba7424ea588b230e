import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { PasswordForm } from './PasswordPage.tsx'

/** Changing one's own password while signed in. */
export function PasswordDialog({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open title={t('session.changePassword')} footer={null} onCancel={onClose}>
      <PasswordForm onChanged={onChanged} />
    </Modal>
  )
}
