import type { OutletHourDetail } from '@shanshui/contract'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOutletHour } from '../../../api/sources.ts'
import { Async } from '../../../components/states.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { formatNumber } from '../../../format/number.ts'
import { fullTime, shortTime } from '../../../format/time.ts'
import { factorInfo, MULTIPLE_DECIMALS } from '../parts/factor.ts'
import { LimitLine } from './LimitReason.tsx'
import css from './outlet.module.css'

interface Props {
  readonly outletId: number
  readonly factor: string
  /** 0 or NaN: closed. */
  readonly hourMs: number
  readonly title: string
  readonly onClose: () => void
}

/** One hour down to its frames: value, validity, reason, how it was computed, from which messages. */
export function HourDrawer({ outletId, factor, hourMs, title, onClose }: Props) {
  const open = hourMs > 0
  const hour = open ? new Date(hourMs).toISOString() : ''
  const query = useOutletHour(outletId, factor, hour)
  return (
    <Drawer
      open={open}
      size="min(620px, 100vw)"
      title={`${title} ${open ? shortTime(hourMs).slice(6) : ''}`}
      onClose={onClose}
      destroyOnHidden
    >
      {open && (
        <Async query={query} what={title}>
          {(data) => <HourDetail detail={data} />}
        </Async>
      )}
    </Drawer>
  )
}

function HourDetail({ detail }: { detail: OutletHourDetail }) {
  const { t } = useTranslation('monitoring')
  const { unit, decimals } = factorInfo(detail.factor)
  const values = [
    ['measured', detail.measured, unit, decimals],
    ['converted', detail.converted, unit, decimals],
    ['reported', detail.reported, unit, decimals],
    ['o2', detail.o2, '%', 2],
    ['flow', detail.flow, 'm³/h', 0],
    ['load', detail.load, '%', 1],
    ['mass', detail.massKg, 'kg', 2],
    ['minutes', detail.validMinutes, 'min', 0],
  ] as const
  return (
    <>
      <p>
        <b>{t(`hourState.${detail.state}`)}</b>
        {detail.reasonText !== t(`hourState.${detail.state}`) && (
          <span className="muted"> {detail.reasonText}</span>
        )}
      </p>
      <dl className={css.values}>
        {values
          .filter(([, value]) => value !== null)
          .map(([key, value, at, digits]) => (
            <div key={key}>
              <dt>{t(`detail.${key}`)}</dt>
              <dd>
                {formatNumber(value, digits)} <small className="muted">{at}</small>
              </dd>
            </div>
          ))}
      </dl>
      <p>
        {detail.limit === null ? t('limits.none') : <LimitLine limit={detail.limit} />}
        {detail.multiple !== null && (
          <b className="worse">
            {' '}
            {t('now.multiple', { multiple: formatNumber(detail.multiple, MULTIPLE_DECIMALS) })}
          </b>
        )}
      </p>
      <p className="muted">{t(`detail.methods.${detail.method}`, { defaultValue: detail.method })}</p>
      <Steps detail={detail} />
      <Marks detail={detail} />
      <Revisions detail={detail} />
      <Frames detail={detail} />
    </>
  )
}

function Steps({ detail }: { detail: OutletHourDetail }) {
  const { t } = useTranslation('monitoring')
  if (detail.trace.length === 0) return null
  return (
    <>
      <h3 className={css.section}>{t('detail.steps')}</h3>
      <table className={css.plain}>
        <caption className="visually-hidden">{t('detail.steps')}</caption>
        <tbody>
          {detail.trace.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and no name
            <tr key={index}>
              <th scope="row">{step.step}</th>
              <td>{step.input}</td>
              <td>{step.result}</td>
              <td>
                <span className="muted">{step.basis ?? ''}</span>{' '}
                {step.status === 'unverified' && <Unverified source={step.basis ?? ''} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Marks({ detail }: { detail: OutletHourDetail }) {
  const { t } = useTranslation('monitoring')
  if (detail.marks.length === 0) return null
  return (
    <>
      <h3 className={css.section}>{t('detail.marks')}</h3>
      <ul className={css.legend}>
        {detail.marks.map((mark) => (
          <li key={mark.id}>
            {t(`origin.${mark.origin}`)}：{mark.text} <span className="muted">#{mark.id}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Revisions({ detail }: { detail: OutletHourDetail }) {
  const { t } = useTranslation('monitoring')
  const { decimals } = factorInfo(detail.factor)
  if (detail.revisions.length === 0) return null
  return (
    <>
      <h3 className={css.section}>{t('detail.revisions')}</h3>
      <table className={css.plain}>
        <caption className="visually-hidden">{t('detail.revisions')}</caption>
        <tbody>
          {detail.revisions.map((one) => (
            <tr key={one.replacedAt}>
              <td>{fullTime(one.replacedAt)}</td>
              <td className={css.number}>{formatNumber(one.converted ?? one.measured, decimals)}</td>
              <td>{t(`hourState.${one.state}`)}</td>
              <td>{one.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Frames({ detail }: { detail: OutletHourDetail }) {
  const { t } = useTranslation('monitoring')
  return (
    <>
      <h3 className={css.section}>{t('detail.frames', { count: detail.msgs.length })}</h3>
      {detail.msgs.length === 0 && <p className="muted">{t('detail.noFrames')}</p>}
      {detail.messages.map((message) => (
        <div key={message.msg}>
          <p className="muted">
            #{message.msg} {fullTime(message.receivedAt)}
          </p>
          <pre className={css.frame}>{message.text}</pre>
        </div>
      ))}
      {detail.messages.length === 0 && detail.msgs.length > 0 && (
        <p className="mono">{detail.msgs.map((msg) => `#${msg}`).join(' ')}</p>
      )}
    </>
  )
}
