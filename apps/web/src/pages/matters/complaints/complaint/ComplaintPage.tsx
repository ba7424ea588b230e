import type { ComplaintDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { textParam, useAddress } from '../../../../address/useAddress.ts'
import { useComplaint, useComplaintRefresh } from '../../../../api/complaints.ts'
import { useMatter, useMatterRefresh, useWorkflow } from '../../../../api/matters.ts'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { EvidenceList } from '../../../../components/evidence/EvidenceList.tsx'
import { EvidenceUpload } from '../../../../components/evidence/EvidenceUpload.tsx'
import { Page, Panel } from '../../../../components/Page.tsx'
import { Async } from '../../../../components/states.tsx'
import { ActionPart } from '../../matter/ActionPart.tsx'
import { ClocksPart } from '../../matter/ClocksPart.tsx'
import { EvidencePart } from '../../matter/EvidencePart.tsx'
import { FieldsPart } from '../../matter/FieldsPart.tsx'
import { HistoryPart } from '../../matter/HistoryPart.tsx'
import { PartiesPart } from '../../matter/PartiesPart.tsx'
import { StepDrawer } from '../../matter/StepDrawer.tsx'
import css from '../complaints.module.css'
import { AnswersPart } from './AnswersPart.tsx'
import { ComplaintHead } from './ComplaintHead.tsx'
import { ContentPart } from './ContentPart.tsx'
import { NearbyPart } from './NearbyPart.tsx'
import { PersonPart } from './PersonPart.tsx'
import { SimilarPart } from './SimilarPart.tsx'

/** One ticket: what was said, what is due from whom, what was found, what was told. */
export function ComplaintPage() {
  const { t } = useTranslation('complaints')
  const id = Number(useParams().id)
  const query = useComplaint(id)
  useComplaintRefresh()
  useMatterRefresh()
  return (
    <Page title={query.data?.complaint.title ?? t('one')} note={query.data?.complaint.number}>
      <Async query={query} what={t('one')} rows={14}>
        {(detail) => <Ticket key={id} detail={detail} />}
      </Async>
    </Page>
  )
}

function Ticket({ detail }: { detail: ComplaintDetail }) {
  const { t } = useTranslation('complaints')
  const { complaint } = detail
  const subject = { kind: 'complaint', id: complaint.id } as const
  return (
    <>
      <ComplaintHead detail={detail} />
      <div className={css.columns}>
        <div className={css.column}>
          <MatterParts matterId={complaint.matter?.id ?? 0} where="left" />
          <ContentPart detail={detail} />
          <AnswersPart detail={detail} />
          <Panel title={t('evidence')}>
            <EvidenceList subject={subject} />
            <EvidenceUpload subject={subject} />
          </Panel>
          <MatterParts matterId={complaint.matter?.id ?? 0} where="below" />
        </div>
        <div className={css.column}>
          <PersonPart detail={detail} />
          <SimilarPart detail={detail} />
          <NearbyPart detail={detail} />
          <MatterParts matterId={complaint.matter?.id ?? 0} where="right" />
        </div>
      </div>
    </>
  )
}

const params = { step: textParam() } as const

/** The parts of the matter that treats the ticket: the same as on its own page. */
function MatterParts({ matterId, where }: { matterId: number; where: 'left' | 'below' | 'right' }) {
  const { t } = useTranslation('matters')
  const query = useMatter(matterId)
  const definition = useWorkflow(query.data?.matter.workflow)
  const search = useCarriedSearch()
  const [{ step }, change] = useAddress(params)
  if (matterId === 0) return null
  return (
    <Async query={query} what={t('matter.title')} rows={4}>
      {(detail) => (
        <Async query={definition} what={t('matter.definition')} rows={4}>
          {(def) => {
            if (where === 'right')
              return (
                <>
                  <ClocksPart detail={detail} />
                  <PartiesPart detail={detail} />
                </>
              )
            if (where === 'below')
              return (
                <>
                  <EvidencePart detail={detail} def={def} />
                  <FieldsPart detail={detail} def={def} />
                  <HistoryPart detail={detail} def={def} />
                  <p>
                    <Link to={{ pathname: `/matters/${matterId}`, search }}>{detail.matter.number}</Link>
                  </p>
                </>
              )
            return (
              <>
                <ActionPart detail={detail} def={def} onStep={(id) => change({ step: id })} />
                {step !== '' && (
                  <StepDrawer
                    key={step}
                    detail={detail}
                    def={def}
                    transition={step}
                    onClose={() => change({ step: '' })}
                  />
                )}
              </>
            )
          }}
        </Async>
      )}
    </Async>
  )
}
