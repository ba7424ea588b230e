import type { MatterDetail } from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useMatter, useMatterRefresh, useWorkflow } from '../../../api/matters.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { pathOf } from '../diagram/path.ts'
import { StateDiagram } from '../diagram/StateDiagram.tsx'
import { NewMatter } from '../open/NewMatter.tsx'
import { ActionPart } from './ActionPart.tsx'
import { ClocksPart } from './ClocksPart.tsx'
import { DocumentsPart } from './DocumentsPart.tsx'
import { EvidencePart } from './EvidencePart.tsx'
import { FieldsPart } from './FieldsPart.tsx'
import { HistoryPart } from './HistoryPart.tsx'
import { MatterHead } from './MatterHead.tsx'
import css from './matter.module.css'
import { PartiesPart } from './PartiesPart.tsx'
import { RelatedPart } from './RelatedPart.tsx'
import { StepDrawer } from './StepDrawer.tsx'

const params = { step: textParam() } as const

/** What is due from whom, and is it proved? */
export function MatterPage() {
  const { t } = useTranslation('matters')
  const id = Number(useParams().id)
  const query = useMatter(id)
  const definition = useWorkflow(query.data?.matter.workflow)
  useMatterRefresh()
  return (
    <Page title={query.data?.matter.title ?? t('matter.title')} note={query.data?.matter.number}>
      <Async query={query} what={t('matter.title')} rows={14}>
        {(detail) => (
          <Async query={definition} what={t('matter.definition')} rows={14}>
            {(def) => <Matter key={id} detail={detail} def={def} />}
          </Async>
        )}
      </Async>
      <NewMatter />
    </Page>
  )
}

function Matter({ detail, def }: { detail: MatterDetail; def: WorkflowDefinition }) {
  const { t } = useTranslation('matters')
  const [{ step }, change] = useAddress(params)
  const { matter } = detail
  const close = () => change({ step: '' })
  return (
    <>
      <MatterHead detail={detail} />
      <div className={css.columns}>
        <div className={css.column}>
          <ActionPart detail={detail} def={def} onStep={(id) => change({ step: id })} />
          <EvidencePart detail={detail} def={def} />
          <FieldsPart detail={detail} def={def} />
          <HistoryPart detail={detail} def={def} />
        </div>
        <div className={css.column}>
          <Panel title={t('diagram.title')}>
            <StateDiagram def={def} current={matter.state} path={pathOf(detail.history)} />
          </Panel>
          <ClocksPart detail={detail} />
          <PartiesPart detail={detail} />
          <DocumentsPart detail={detail} />
          <RelatedPart detail={detail} />
        </div>
      </div>
      {step !== '' && <StepDrawer key={step} detail={detail} def={def} transition={step} onClose={close} />}
    </>
  )
}
