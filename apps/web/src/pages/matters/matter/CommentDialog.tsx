import { Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommentMatter } from '../../../api/matters.ts'
import { newId } from '../../../api/newId.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'

/** A note in the history; it moves nothing. */
export function CommentDialog({ matterId, onClose }: { matterId: number; onClose: () => void }) {
  const { t } = useTranslation('matters')
  const [text, setText] = useState('')
  const comment = useCommentMatter(matterId)
  // one note, however often its sending is tried
  const commandId = useRef(newId())
  return (
    <Modal
      open
      title={t('comment.title')}
      okText={t('comment.send')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: text.trim() === '', loading: comment.isPending }}
      onOk={() =>
        comment.mutate({ text: text.trim(), commandId: commandId.current }, { onSuccess: () => onClose() })
      }
      onCancel={onClose}
    >
      <Input.TextArea
        autoFocus
        aria-label={t('comment.title')}
        placeholder={t('comment.placeholder')}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {comment.error !== null && <ErrorPanel error={comment.error} what={t('comment.title')} />}
    </Modal>
  )
}
