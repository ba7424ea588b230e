import type { MatterDetail, MatterEvidenceDemand } from '@shanshui/contract'
import { evidenceKindTitles } from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { useTranslation } from 'react-i18next'
import { EvidenceList } from '../../../components/evidence/EvidenceList.tsx'
import { EvidenceUpload } from '../../../components/evidence/EvidenceUpload.tsx'
import { Panel } from '../../../components/Page.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { BasisText } from '../parts/BasisText.tsx'
import css from './matter.module.css'

interface Props {
  readonly detail: MatterDetail
  readonly def: WorkflowDefinition
}

/** What proves the work: what the next steps ask for as a checklist, then everything that was handed in. */
export function EvidencePart({ detail, def }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const { may } = useSession()
  const subject = { kind: 'matter', id: detail.matter.id } as const
  const steps = Map.groupBy(detail.evidence, ({ transition }) => transition)
  const titles = demandTitles(def)
  return (
    <Panel title={t('evidence.title')}>
      {detail.evidence.length === 0 && <p className="muted">{t('evidence.none')}</p>}
      {[...steps].map(([transition, demands]) => {
        const step = def.transitions.find(({ id }) => id === transition)
        return (
          <section key={transition} className={css.demands}>
            <h3>{t('evidence.for', { step: step === undefined ? transition : official(step.title) })}</h3>
            <EvidenceChecklist demands={demands} />
          </section>
        )
      })}
      {may('evidence:read') && (
        <div className={css.files}>
          {detail.canAddEvidence && (
            <div className="no-print">
              <HandIn detail={detail} demands={detail.evidence} />
            </div>
          )}
          <EvidenceList
            subject={subject}
            demandTitle={(demand) => {
              const title = titles.get(demand)
              return title === undefined ? undefined : official(title)
            }}
          />
        </div>
      )}
    </Panel>
  )
}

/** What the steps call their evidence. */
function demandTitles(def: WorkflowDefinition): ReadonlyMap<string, MatterEvidenceDemand['title']> {
  return new Map(
    def.transitions.flatMap(({ evidence = [] }) => evidence.map(({ id, title }) => [id, title] as const)),
  )
}

interface HandInProps {
  readonly detail: MatterDetail
  readonly demands: readonly MatterEvidenceDemand[]
}

/** Files for what is still missing first. */
export function HandIn({ detail, demands }: HandInProps) {
  const { session } = useSession()
  // a demand that several steps share is one choice
  const choices = [...new Map(demands.map((one) => [one.demand, one])).values()]
    .toSorted((a, b) => Number(b.missing > 0) - Number(a.missing > 0))
    .map(({ demand, title, kinds, located }) => ({ id: demand, title, kinds, located }))
  return (
    <EvidenceUpload
      subject={{ kind: 'matter', id: detail.matter.id }}
      demands={choices}
      mayBeInternal={session.user.organization.type !== 'enterprise'}
    />
  )
}

/** Each demand: met or what is missing, always in words. */
export function EvidenceChecklist({ demands }: { demands: readonly MatterEvidenceDemand[] }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  return (
    <ul className={css.checklist}>
      {demands.map((one) => (
        <li key={one.demand} className={one.missing > 0 ? css.open : css.met}>
          <p>
            <strong>{official(one.title)}</strong>{' '}
            <span className={one.missing > 0 ? 'worse' : 'better'}>
              {one.missing > 0
                ? t('evidence.missing', { count: one.missing, have: one.have, min: one.min })
                : t('evidence.met', { have: one.have, min: one.min })}
            </span>
          </p>
          <p className="muted">
            {one.kinds
              .map((kind) => official(evidenceKindTitles[kind as keyof typeof evidenceKindTitles]))
              .join('、')}
            {one.located && ` · ${t('evidence.located')}`}
            {one.basis !== null && ' · '}
            <BasisText basis={one.basis} />
          </p>
        </li>
      ))}
    </ul>
  )
}
