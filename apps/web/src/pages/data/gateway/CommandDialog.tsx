import type { CommandKind, GatewayStation } from '@shanshui/contract'
import { Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CommandOrder, useSendCommand } from '../../../api/gateway.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { addDays, today, typedTime } from '../../../format/time.ts'
import css from './gateway.module.css'

interface Props {
  readonly station: GatewayStation
  readonly kind: CommandKind
  readonly onClose: () => void
}

/** Says what will be sent to whom before it is sent. */
export function CommandDialog({ station, kind, onClose }: Props) {
  const { t } = useTranslation('data')
  const send = useSendCommand()
  const [from, setFrom] = useState(`${addDays(today(), -1)}T00:00`)
  const [to, setTo] = useState(`${today()}T00:00`)
  const ranged = kind === 'query-hours'
  const order: CommandOrder = ranged
    ? { mn: station.mn, kind, from: typedTime(from), to: typedTime(to) }
    : { mn: station.mn, kind }
  return (
    <Modal
      open
      title={t('command.title', { command: t(`command.${kind}`), station: station.pointName })}
      okText={t('command.send')}
      cancelText={t('command.cancel')}
      okButtonProps={{ disabled: ranged && from >= to }}
      confirmLoading={send.isPending}
      onOk={() => send.mutate(order, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{t(`command.text.${kind}`)}</p>
      {ranged && (
        <div className={css.range}>
          <Moment label={t('command.from')} value={from} onChange={setFrom} />
          <Moment label={t('command.to')} value={to} onChange={setTo} />
        </div>
      )}
      {send.isError && <ErrorPanel error={send.error} what={t(`command.${kind}`)} />}
    </Modal>
  )
}

function Moment({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (text: string) => void
}) {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        step={3600}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
