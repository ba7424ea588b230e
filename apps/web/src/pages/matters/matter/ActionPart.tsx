import type { MatterDetail, MatterOption } from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { waitsForText } from '../list/matterColumns.tsx'
import { BasisText } from '../parts/BasisText.tsx'
import { CommentDialog } from './CommentDialog.tsx'
import css from './matter.module.css'
import { actionsOf, missingLines, stepsOfRound } from './options.ts'

interface Props {
  readonly detail: MatterDetail
  readonly def: WorkflowDefinition
  readonly onStep: (transition: string) => void
}

/** What comes next, as one button; what stands in its way, in words. */
export function ActionPart({ detail, def, onStep }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const [commenting, setCommenting] = useState(false)
  const { primary, others, foreign } = actionsOf(
    detail.options,
    stepsOfRound(detail.history, detail.matter.round),
  )
  const waits = waitsForText(detail.matter, official, t('platform'))
  return (
    <Panel title={t('action.title')} className={`${css.action} no-print`}>
      {primary !== undefined && <PrimaryAction option={primary} def={def} onStep={onStep} />}
      {primary === undefined && (waits !== '' || others.length === 0) && (
        <p className={css.waits}>{waits === '' ? t('action.over') : t('action.waits', { who: waits })}</p>
      )}
      <div className={css.buttons}>
        {others.map((option) => (
          <OtherAction key={option.transition} option={option} onStep={onStep} />
        ))}
        {detail.canComment && <Button onClick={() => setCommenting(true)}>{t('comment.button')}</Button>}
      </div>
      {foreign.length > 0 && (
        <details className={css.foreign}>
          <summary>{t('action.foreign', { count: foreign.length })}</summary>
          <ul>
            {foreign.map((option) => (
              <li key={option.transition}>
                <strong>{official(option.title)}</strong>{' '}
                <span className="muted">{missingLines(option.refusals).join('；')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {commenting && <CommentDialog matterId={detail.matter.id} onClose={() => setCommenting(false)} />}
    </Panel>
  )
}

function PrimaryAction({ option, def, onStep }: { option: MatterOption } & Pick<Props, 'def' | 'onStep'>) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const missing = useId()
  const lines = missingLines(option.refusals)
  const basis = def.transitions.find(({ id }) => id === option.transition)?.basis
  return (
    <div className={css.primary}>
      <Button
        type="primary"
        size="large"
        disabled={lines.length > 0}
        {...(lines.length > 0 ? { 'aria-describedby': missing } : {})}
        onClick={() => onStep(option.transition)}
      >
        {official(option.title)}
      </Button>
      <span className="muted">
        {t('action.leadsTo', { state: official(option.toTitle) })}
        {basis !== undefined && ' · '}
        <BasisText basis={basis} />
      </span>
      {lines.length > 0 && (
        <div id={missing} className={css.missing}>
          <p>{t('action.missing')}</p>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function OtherAction({ option, onStep }: { option: MatterOption; onStep: Props['onStep'] }) {
  const official = useOfficial()
  const missing = useId()
  const lines = missingLines(option.refusals)
  return (
    <span className={css.other}>
      <Button
        disabled={lines.length > 0}
        {...(lines.length > 0 ? { 'aria-describedby': missing } : {})}
        onClick={() => onStep(option.transition)}
      >
        {official(option.title)}
      </Button>
      {lines.length > 0 && (
        <span id={missing} className={css.otherMissing}>
          {lines.join('；')}
        </span>
      )}
    </span>
  )
}
