import { findingDecisions, findingDecisionTitles, type OffSiteFinding } from '@shanshui/contract'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FindingStep, useFindingStep } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import css from './off-site.module.css'

/** What comes next for a finding: verify it, hear the enterprise, decide. */
export function FindingSteps({ finding }: { finding: OffSiteFinding }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const { may } = useSession()
  const [note, setNote] = useState('')
  const [decision, setDecision] = useState<string>(findingDecisions[0])
  const step = useFindingStep()
  const needed = finding.state === 'verified' ? 'matter:handle' : 'lead:handle'
  if (finding.state === 'closed' || !may(needed)) return null
  const text = note.trim()
  const command: FindingStep =
    finding.state === 'raised'
      ? { step: 'verify', note: text }
      : finding.state === 'verified'
        ? { step: 'explain', explanation: text }
        : { step: 'decide', decision, note: text }
  return (
    <div className={css.line}>
      {command.step === 'decide' && (
        <select
          aria-label={t('finding.decision')}
          value={decision}
          onChange={(event) => setDecision(event.target.value)}
        >
          {findingDecisions.map((one) => (
            <option key={one} value={one}>
              {official(findingDecisionTitles[one])}
            </option>
          ))}
        </select>
      )}
      <Input
        className={css.grow ?? ''}
        aria-label={t(`finding.note.${command.step}`)}
        placeholder={t(`finding.note.${command.step}`)}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button
        size="small"
        type="primary"
        disabled={text.length < 2}
        loading={step.isPending}
        onClick={() =>
          step.mutate({ id: finding.id, version: finding.version, command }, { onSuccess: () => setNote('') })
        }
      >
        {t(`finding.do.${command.step}`)}
      </Button>
      {step.error !== null && <ErrorPanel error={step.error} what={finding.title} />}
    </div>
  )
}
