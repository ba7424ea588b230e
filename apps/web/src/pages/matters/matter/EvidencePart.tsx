import type { MatterDetail, MatterEvidenceDemand } from '@shanshui/contract'
import { evidenceKindTitles } from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './matter.module.css'

interface Props {
  readonly detail: MatterDetail
  readonly def: WorkflowDefinition
}

/** What proves the work: what the next steps ask for as a checklist, then everything that was handed in. */
export function EvidencePart({ detail, def }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const steps = Map.groupBy(detail.evidence, ({ transition }) => transition)
  return (
    <Panel title={t('evidence.title')}>
      {[...steps].map(([transition, demands]) => {
        const step = def.transitions.find(({ id }) => id === transition)
        return (
          <section key={transition} className={css.demands}>
            <h3>{t('evidence.for', { step: step === undefined ? transition : official(step.title) })}</h3>
            <EvidenceChecklist detail={detail} demands={demands} />
          </section>
        )
      })}
    </Panel>
  )
}

/** Each demand: met or what is missing, always in words. */
export function EvidenceChecklist({
  demands,
}: {
  detail: MatterDetail
  demands: readonly MatterEvidenceDemand[]
}) {
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
            {one.basis !== null && ` · ${one.basis.text}`}{' '}
            {one.basis !== null && one.basis.status !== 'primary' && <Unverified source={one.basis.text} />}
          </p>
        </li>
      ))}
    </ul>
  )
}
