import type { Complaint, ComplaintDetail, SimilarComplaint } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMergeComplaint } from '../../../../api/complaints.ts'
import { newId } from '../../../../api/newId.ts'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx'
import { Panel } from '../../../../components/Page.tsx'
import { shortTime } from '../../../../format/time.ts'
import css from '../complaints.module.css'
import { ComplaintState } from '../list/complaintColumns.tsx'

/** What is handled together with it, and what may be about the same; a person decides. */
export function SimilarPart({ detail }: { detail: ComplaintDetail }) {
  const { t } = useTranslation('complaints')
  const [into, setInto] = useState<SimilarComplaint>()
  const { similar, children, allowed } = detail
  const mayMerge = allowed.includes('merge')
  if (similar.length === 0 && children.length === 0) return null
  return (
    <Panel title={t('similar.title')}>
      {children.length > 0 && (
        <>
          <h3>{t('similar.children', { count: children.length })}</h3>
          <ul className={css.rows}>
            {children.map((one) => (
              <li key={one.id} className={css.row}>
                <Ticket complaint={one} />
                {one.named && one.answeredAt === null && (
                  <span className="worse">{t('similar.notAnswered')}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {similar.length > 0 && (
        <>
          <h3>{t('similar.maybe')}</h3>
          <ul className={css.rows}>
            {similar.map((one) => (
              <li key={one.complaint.id} className={css.row}>
                <Ticket complaint={one.complaint} />
                <span className="muted">{one.reasons.join('、')}</span>
                {mayMerge && one.mergeable && (
                  <span>
                    <Button size="small" onClick={() => setInto(one)}>
                      {t('merge.button')}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {into !== undefined && <MergeDialog detail={detail} into={into} onClose={() => setInto(undefined)} />}
    </Panel>
  )
}

function Ticket({ complaint }: { complaint: Complaint }) {
  const search = useCarriedSearch()
  return (
    <span>
      <Link to={{ pathname: `/matters/complaints/${complaint.id}`, search }}>{complaint.number}</Link>{' '}
      {complaint.title} <ComplaintState complaint={complaint} />{' '}
      <span className="muted">{shortTime(complaint.receivedAt)}</span>
    </span>
  )
}

interface MergeProps {
  readonly detail: ComplaintDetail
  readonly into: SimilarComplaint
  readonly onClose: () => void
}

function MergeDialog({ detail, into, onClose }: MergeProps) {
  const { t } = useTranslation('complaints')
  const [reason, setReason] = useState('')
  const commandId = useRef(newId())
  const { complaint } = detail
  const merge = useMergeComplaint(complaint.id)
  return (
    <Modal
      open
      title={t('merge.title', { number: into.complaint.number })}
      okText={t('merge.send')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: reason.trim().length < 4, loading: merge.isPending }}
      onOk={() =>
        merge.mutate(
          {
            version: complaint.version,
            into: into.complaint.id,
            reason: reason.trim(),
            commandId: commandId.current,
          },
          { onSuccess: onClose },
        )
      }
      onCancel={onClose}
    >
      <div className={css.form}>
        <p>{t('merge.hint', { from: complaint.number, into: into.complaint.number })}</p>
        <p className="muted">{into.reasons.join('、')}</p>
        <Input.TextArea
          aria-label={t('merge.reason')}
          placeholder={t('merge.reason')}
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {merge.error !== null && <ErrorPanel error={merge.error} what={t('merge.button')} />}
      </div>
    </Modal>
  )
}
