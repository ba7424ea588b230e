import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../../components/Page.tsx'
import { useSession } from '../../../session/session.tsx'
import { DuePart } from './DuePart.tsx'
import { RecordDialog, type RecordDraft } from './RecordDialog.tsx'
import { RecordsPart } from './RecordsPart.tsx'

/** Which device is overdue for calibration, and what was done to it? */
export function MaintenancePage() {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  const [draft, setDraft] = useState<RecordDraft>()
  const writing = may('maintenance:write')
  return (
    <Page
      title={t('maintenance.title')}
      tools={
        writing && (
          <Button size="small" type="primary" onClick={() => setDraft({})}>
            {t('maintenance.new')}
          </Button>
        )
      }
    >
      <DuePart {...(writing ? { onWrite: (wish: RecordDraft) => setDraft(wish) } : {})} />
      <RecordsPart />
      {draft !== undefined && <RecordDialog draft={draft} onClose={() => setDraft(undefined)} />}
    </Page>
  )
}
