import type { QuarantineDetail } from '@shanshui/contract'
import { Button, Drawer, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuarantineDecision, useQuarantineDetail } from '../../../api/gateway.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import { fullTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import css from './quarantine.module.css'

/** One frame: its bytes as received, the named error, and the decision about it. */
export function FrameDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('data')
  const query = useQuarantineDetail(id)
  return (
    <Drawer open={id !== ''} size="large" title={t('quarantine.frame')} onClose={onClose} destroyOnHidden>
      <Async query={query} what={t('quarantine.frame')}>
        {(frame) => <Frame frame={frame} onDone={onClose} />}
      </Async>
    </Drawer>
  )
}

function Frame({ frame, onDone }: { frame: QuarantineDetail; onDone: () => void }) {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const [form, setForm] = useState<'text' | 'hex'>('text')
  return (
    <div className={css.frame}>
      <p>
        <b className="worse">{frame.reasonText}</b> {frame.detail}
      </p>
      <p className="muted">
        {fullTime(frame.receivedAt)} {frame.address ?? ''} {t('quarantine.size', { count: frame.raw.bytes })}
      </p>
      <Segmented<'text' | 'hex'>
        size="small"
        value={form}
        options={[
          { value: 'text', label: t('quarantine.text') },
          { value: 'hex', label: t('quarantine.hex') },
        ]}
        onChange={setForm}
      />
      <pre className={css.bytes}>
        {form === 'text' ? frame.raw.text : frame.raw.hex.replace(/(..)/g, '$1 ')}
      </pre>
      {frame.anomalies.length > 0 && <p>{t('quarantine.anomalies', { list: frame.anomalies.join('、') })}</p>}
      {frame.state === 'open'
        ? may('gateway:operate') && <Decision id={frame.id} onDone={onDone} />
        : frame.decidedAt !== null && (
            <p>
              {t(`quarantine.states.${frame.state}`)} {fullTime(frame.decidedAt)} {frame.decidedBy}{' '}
              {frame.decisionReason}
            </p>
          )}
    </div>
  )
}

function Decision({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation('data')
  const [reason, setReason] = useState('')
  const decide = useQuarantineDecision()
  const send = (action: 'release' | 'dismiss'): void =>
    decide.mutate({ action, ids: [id], reason: reason.trim() }, { onSuccess: onDone })
  return (
    <div className={css.decision}>
      <Input
        aria-label={t('quarantine.why')}
        placeholder={t('quarantine.why')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        type="primary"
        disabled={reason.trim() === ''}
        loading={decide.isPending}
        onClick={() => send('release')}
      >
        {t('quarantine.release')}
      </Button>
      <Button disabled={reason.trim() === ''} loading={decide.isPending} onClick={() => send('dismiss')}>
        {t('quarantine.dismiss')}
      </Button>
      <p className="muted">{t('quarantine.decisionHint')}</p>
      {decide.isError && <ErrorPanel error={decide.error} what={t('quarantine.frame')} />}
    </div>
  )
}
