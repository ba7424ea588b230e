import type { MatterDetail, MatterStep } from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useVerifyMatter } from '../../../api/matters.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Panel } from '../../../components/Page.tsx'
import { fullTime, shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './matter.module.css'

/** Everything that was done, the newest first; its chain of hashes can be checked. */
export function HistoryPart({ detail, def }: { detail: MatterDetail; def: WorkflowDefinition }) {
  const { t } = useTranslation('matters')
  return (
    <Panel title={t('history.title')} tools={<Verification id={detail.matter.id} />}>
      <ol className={css.history}>
        {detail.history.toReversed().map((step) => (
          <Step key={step.seq} step={step} def={def} />
        ))}
      </ol>
    </Panel>
  )
}

function Verification({ id }: { id: number }) {
  const { t } = useTranslation('matters')
  const verify = useVerifyMatter()
  const { data } = verify
  return (
    <span className={css.verify}>
      <span role="status">
        {data?.ok === true && (
          <span className="better">
            {t('history.whole', { count: data.steps })}
            {data.head !== null && <code> {data.head.slice(0, 12)}</code>}
          </span>
        )}
        {data?.ok === false && (
          <span className="worse">
            {t('history.broken', { seq: data.broken?.seq ?? '–', reason: data.broken?.reason ?? '' })}
          </span>
        )}
      </span>
      <Button size="small" className="no-print" loading={verify.isPending} onClick={() => verify.mutate(id)}>
        {t('history.verify')}
      </Button>
      {verify.error !== null && <ErrorPanel error={verify.error} what={t('history.verify')} />}
    </span>
  )
}

function Step({ step, def }: { step: MatterStep; def: WorkflowDefinition }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const moved = step.from !== null && step.from !== step.to
  const filled = Object.keys(step.fields).flatMap((id) => {
    const field = def.fields.find((one) => one.id === id)
    return field === undefined ? [] : [official(field.title)]
  })
  return (
    <li>
      <p>
        <time dateTime={step.at} title={fullTime(step.at)}>
          {shortTime(step.at)}
        </time>{' '}
        <strong>{official(step.title)}</strong>
        {moved && (
          <span>
            {' '}
            {step.fromTitle !== null && `${official(step.fromTitle)} → `}
            {official(step.toTitle)}
          </span>
        )}
      </p>
      <p className="muted">
        {step.by?.name ?? t('platform')}
        {step.organization !== null && ` · ${step.organization.name}`}
        {step.round > 1 && ` · ${t('matter.round', { round: step.round })}`}
        {step.recordedAt.slice(0, 16) !== step.at.slice(0, 16) &&
          ` · ${t('history.recorded', { time: fullTime(step.recordedAt) })}`}
        {' · '}
        <code title={step.hash}>
          #{step.seq} {step.hash.slice(0, 8)}
        </code>
      </p>
      {step.reason !== null && <p className={css.reason}>{step.reason}</p>}
      {filled.length > 0 && <p className="muted">{t('history.filled', { list: filled.join('、') })}</p>}
    </li>
  )
}
