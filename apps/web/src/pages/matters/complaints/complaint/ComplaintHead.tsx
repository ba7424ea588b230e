import {
  type ComplaintDetail,
  complaintChannels,
  complaintNatures,
  complaintThemes,
  complaintVerdicts,
} from '@shanshui/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { Panel } from '../../../../components/Page.tsx'
import { shortTime } from '../../../../format/time.ts'
import { useOfficial } from '../../../../i18n/useOfficial.ts'
import css from '../complaints.module.css'
import { ComplaintState } from '../list/complaintColumns.tsx'
import { ComplaintDue, ComplaintMarks } from '../marks.tsx'
import { ChangeDrawer } from './ChangeDrawer.tsx'

/** Where it stands, whose turn it is, until when; where it came from. */
export function ComplaintHead({ detail }: { detail: ComplaintDetail }) {
  const { t } = useTranslation('complaints')
  const official = useOfficial()
  const search = useCarriedSearch()
  const [changing, setChanging] = useState(false)
  const { complaint, allowed, occurredOn } = detail
  const waits = complaint.matter?.waitsFor.join('、') ?? ''
  return (
    <Panel
      label={t('one')}
      tools={
        allowed.includes('change') && (
          <Button size="small" onClick={() => setChanging(true)}>
            {t('change.title')}
          </Button>
        )
      }
    >
      <p className={css.standing}>
        <ComplaintState complaint={complaint} />
        <ComplaintDue due={complaint.due} withTitle />
        {waits !== '' && <strong>{t('waitsFor', { who: waits })}</strong>}
        {complaint.verdict !== null && <span>{official(complaintVerdicts[complaint.verdict])}</span>}
        <ComplaintMarks complaint={complaint} />
      </p>
      <p className={css.standing}>
        <span>{official(complaintThemes[complaint.theme])}</span>
        <span>{official(complaintChannels[complaint.channel])}</span>
        <span>{official(complaintNatures[complaint.nature])}</span>
        <span>
          {complaint.regionName} {complaint.place}
        </span>
        {complaint.enterprise !== null && (
          <Link to={{ pathname: `/sources/enterprises/${complaint.enterprise.id}`, search }}>
            {complaint.enterprise.name}
          </Link>
        )}
        {complaint.problem !== null && (
          <Link to={{ pathname: `/matters/problems/${complaint.problem.id}`, search }}>
            {t('problem', { number: complaint.problem.number })}
          </Link>
        )}
        {complaint.mergedInto !== null && (
          <Link to={{ pathname: `/matters/complaints/${complaint.mergedInto.id}`, search }}>
            {t('mark.merged', { number: complaint.mergedInto.number })}
          </Link>
        )}
        <span className="muted">
          {t('received', { at: shortTime(complaint.receivedAt) })}
          {occurredOn !== null && ` · ${t('occurred', { date: occurredOn })}`}
          {complaint.outerNumber !== null && ` · ${t('column.outerNumber')} ${complaint.outerNumber}`}
          {complaint.platformNumber !== null &&
            ` · ${t('column.platformNumber')} ${complaint.platformNumber}`}
        </span>
      </p>
      {changing && <ChangeDrawer complaint={complaint} onClose={() => setChanging(false)} />}
    </Panel>
  )
}
