import type { ComplaintDetail } from '@shanshui/contract'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswerComplaint } from '../../../../api/complaints.ts'
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx'
import { Panel } from '../../../../components/Page.tsx'
import { shortTime } from '../../../../format/time.ts'
import css from '../complaints.module.css'

/** What was told to the complainant of this ticket. A merged one that is named has to be told by itself. */
export function AnswersPart({ detail }: { detail: ComplaintDetail }) {
  const { t } = useTranslation('complaints')
  const [answering, setAnswering] = useState(false)
  const { answers, complaint, reviewUntil, allowed } = detail
  const own = complaint.mergedInto !== null && complaint.named
  return (
    <Panel
      title={t('answers.title')}
      tools={
        allowed.includes('answer') && (
          <Button size="small" onClick={() => setAnswering(true)}>
            {t('answers.add')}
          </Button>
        )
      }
    >
      {own && <p className="muted">{t('answers.own')}</p>}
      {answers.length === 0 && <p className="muted">{t('answers.none')}</p>}
      <ol className={css.rows}>
        {answers.map((one) => (
          <li key={one.at} className={css.row}>
            <span className="muted">
              {shortTime(one.at)} · {one.way} · {one.by}
            </span>
            <p className={css.answer}>{one.text}</p>
          </li>
        ))}
      </ol>
      {reviewUntil !== null && <p className="muted">{t('answers.review', { date: reviewUntil })}</p>}
      {answering && <AnswerDialog detail={detail} onClose={() => setAnswering(false)} />}
    </Panel>
  )
}

const ways = ['phone', 'letter', 'message', 'visit'] as const

function AnswerDialog({ detail, onClose }: { detail: ComplaintDetail; onClose: () => void }) {
  const { t } = useTranslation('complaints')
  const [way, setWay] = useState<(typeof ways)[number]>('phone')
  const [text, setText] = useState('')
  const answer = useAnswerComplaint(detail.complaint.id)
  return (
    <Modal
      open
      title={t('answers.add')}
      okText={t('answers.send')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: text.trim().length < 2, loading: answer.isPending }}
      onOk={() =>
        answer.mutate(
          { version: detail.complaint.version, way: t(`way.${way}`), text: text.trim() },
          { onSuccess: onClose },
        )
      }
      onCancel={onClose}
    >
      <div className={css.form}>
        <Select
          aria-label={t('answers.way')}
          value={way}
          options={ways.map((value) => ({ value, label: t(`way.${value}`) }))}
          onChange={setWay}
        />
        <Input.TextArea
          aria-label={t('answers.text')}
          placeholder={t('answers.hint')}
          autoSize={{ minRows: 4, maxRows: 12 }}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {answer.error !== null && <ErrorPanel error={answer.error} what={t('answers.add')} />}
      </div>
    </Modal>
  )
}
