import type { MergeProposal } from '@shanshui/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDeclareDistinct, useMergeProposals } from '../../../api/enterprises.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { MergeDrawer } from './MergeDrawer.tsx'
import { MergesPart } from './MergesPart.tsx'
import css from './mergers.module.css'
import { ReasonModal } from './ReasonModal.tsx'

/** Which registrations are one plant, and what was done about it? */
export function MergersPage() {
  const { t } = useTranslation('enterprises')
  const query = useMergeProposals()
  const distinct = useDeclareDistinct()
  const [merging, setMerging] = useState<MergeProposal>()
  const [parting, setParting] = useState<MergeProposal>()
  return (
    <Page title={t('merge.title')} note={t('merge.note')}>
      {distinct.isError && <ErrorPanel error={distinct.error} what={t('merge.distinct')} />}
      <Panel title={t('merge.proposals', { count: query.data?.total ?? 0 })}>
        <Async
          query={query}
          what={t('merge.title')}
          isEmpty={(data) => data.items.length === 0}
          empty={<Empty title={t('merge.none')} hint={t('merge.noneHint')} />}
        >
          {(data) => (
            <ul className={css.proposals}>
              {data.items.map((proposal) => (
                <li key={`${proposal.keep.id} ${proposal.drop.id}`}>
                  <Proposal
                    proposal={proposal}
                    onMerge={() => setMerging(proposal)}
                    onPart={() => setParting(proposal)}
                  />
                </li>
              ))}
            </ul>
          )}
        </Async>
      </Panel>
      <MergesPart />
      {merging !== undefined && <MergeDrawer proposal={merging} onClose={() => setMerging(undefined)} />}
      {parting !== undefined && (
        <ReasonModal
          title={t('merge.distinct')}
          text={t('merge.distinctText', { a: parting.keep.name, b: parting.drop.name })}
          busy={distinct.isPending}
          onCancel={() => setParting(undefined)}
          onReason={(reason) =>
            distinct.mutate(
              { aId: parting.keep.id, bId: parting.drop.id, reason },
              { onSettled: () => setParting(undefined) },
            )
          }
        />
      )}
    </Page>
  )
}

interface ProposalProps {
  readonly proposal: MergeProposal
  readonly onMerge: () => void
  readonly onPart: () => void
}

function Proposal({ proposal, onMerge, onPart }: ProposalProps) {
  const { t } = useTranslation('enterprises')
  return (
    <div className={css.proposal}>
      <div className={css.pair}>
        {[proposal.keep, proposal.drop].map((one) => (
          <div key={one.id}>
            <Link to={`/sources/enterprises/${one.id}`}>{one.name}</Link>
            <p className="mono">{one.code}</p>
            <p className="muted">
              {one.regionName} · {t('merge.below', { outlets: one.outlets, devices: one.devices })}
            </p>
          </div>
        ))}
      </div>
      <div>
        <p className={css.sure}>{t('merge.score', { percent: Math.round(proposal.score * 100) })}</p>
        <ul className={css.reasons}>
          {proposal.reasons.map((reason) => (
            <li key={reason.kind}>{reason.text}</li>
          ))}
          {proposal.against.map((text) => (
            <li key={text} className={css.against}>
              {t('merge.against')}
              {text}
            </li>
          ))}
        </ul>
      </div>
      <div className={css.actions}>
        <Button size="small" type="primary" onClick={onMerge}>
          {t('merge.merge')}
        </Button>
        <Button size="small" onClick={onPart}>
          {t('merge.distinct')}
        </Button>
      </div>
    </div>
  )
}
