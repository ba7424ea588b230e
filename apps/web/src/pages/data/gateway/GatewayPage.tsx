import type { GatewayStatus } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useGatewayStatus } from '../../../api/gateway.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { formatNumber } from '../../../format/number.ts'
import { fullTime } from '../../../format/time.ts'
import { CommandsPart } from './CommandsPart.tsx'
import { ConnectionsPart } from './ConnectionsPart.tsx'
import css from './gateway.module.css'
import { StationsPart } from './StationsPart.tsx'

/** Is everything arriving, how fast, and from whom not? */
export function GatewayPage() {
  const { t } = useTranslation('data')
  const query = useGatewayStatus()
  return (
    <Page title={t('gateway.title')} note={query.data !== undefined && <Line status={query.data} />}>
      <Async query={query} what={t('gateway.title')} rows={2}>
        {(status) => <Numbers status={status} />}
      </Async>
      <StationsPart />
      <div className={css.columns}>
        <ConnectionsPart />
        <CommandsPart />
      </div>
    </Page>
  )
}

function Line({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation('data')
  if (!status.running) {
    return (
      <span className="worse">
        {t('gateway.stopped', { at: status.beatAt === null ? '—' : fullTime(status.beatAt) })}
      </span>
    )
  }
  return t('gateway.running', {
    address: status.address ?? '—',
    at: status.startedAt === null ? '—' : fullTime(status.startedAt),
  })
}

function Numbers({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation('data')
  const numbers: readonly (readonly [string, number, number])[] = [
    ['connections', status.connections, 0],
    ['framesPerSecond', status.framesPerSecond, 1],
    ['framesTotal', status.framesTotal, 0],
    ['acknowledged', status.acknowledged, 0],
    ['duplicates', status.duplicates, 0],
    ['revised', status.revised, 0],
    ['quarantined', status.quarantined, 0],
    ['rejected', status.rejected, 0],
    ['queueFrames', status.queueFrames, 0],
    ['ackMsP50', status.ackMsP50, 1],
    ['ackMsP99', status.ackMsP99, 1],
    ['memory', status.memoryBytes / 1_048_576, 0],
  ]
  return (
    <Panel>
      <dl className={css.numbers}>
        {numbers.map(([key, value, decimals]) => (
          <div key={key}>
            <dt title={t(`gateway.hint.${key}`, { defaultValue: '' })}>{t(`gateway.number.${key}`)}</dt>
            <dd>{formatNumber(value, decimals)}</dd>
          </div>
        ))}
      </dl>
      {status.lastError !== null && <p className="worse">{status.lastError}</p>}
    </Panel>
  )
}
