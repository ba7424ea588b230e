import type { Report } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../api/client.ts'
import { useReportAction } from '../../../api/reports.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useSession } from '../../../session/session.tsx'

/** What can be done with a report; freezing says what will happen before it does. */
export function ReportTools({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const { may } = useSession()
  const action = useReportAction(report.id)
  const draft = report.status === 'draft'
  return (
    <>
      {draft && may('report:write') && (
        <Button size="small" loading={action.isPending} onClick={() => action.mutate({ type: 'refresh' })}>
          {t('report.refresh')}
        </Button>
      )}
      {draft && may('report:freeze') && <Freeze report={report} />}
      <Button size="small" type="primary" href={urlOf(`/reports/${report.id}.docx`)} download>
        {t('report.download')}
      </Button>
      {action.isError && <ErrorPanel error={action.error} what={t('report.refresh')} />}
    </>
  )
}

function Freeze({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const action = useReportAction(report.id)
  const freeze = (): void =>
    action.mutate(
      { type: 'freeze', version: report.version, reason: reason.trim() },
      { onSuccess: () => setAsking(false) },
    )
  return (
    <>
      <Button
        size="small"
        disabled={report.staleFigures > 0}
        title={report.staleFigures > 0 ? t('report.freezeStale') : ''}
        onClick={() => setAsking(true)}
      >
        {t('report.freeze')}
      </Button>
      <Modal
        open={asking}
        title={t('report.freezeTitle')}
        okText={t('report.freeze')}
        cancelText={t('report.cancel')}
        confirmLoading={action.isPending}
        onOk={freeze}
        onCancel={() => setAsking(false)}
      >
        <p>{t('report.freezeText', { figures: report.figures })}</p>
        <Input.TextArea
          aria-label={t('report.reason')}
          placeholder={t('report.reason')}
          value={reason}
          maxLength={400}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
        {action.isError && <ErrorPanel error={action.error} what={t('report.freeze')} />}
      </Modal>
    </>
  )
}
