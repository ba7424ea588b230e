import type { ExceedanceDetail } from '@shanshui/contract'
import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Judgement, useExceedance, useJudgeExceedance } from '../../../api/sources.ts'
import { copyText } from '../../../components/copyText.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import { formatNumber } from '../../../format/number.ts'
import { fullTime, shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { factorInfo, limitText, MULTIPLE_DECIMALS } from '../parts/factor.ts'
import { LimitLine } from './LimitReason.tsx'
import css from './outlet.module.css'

/** One exceedance: its hours, its limit, how far the evidence carries, every version, and the bureau's judgement. */
export function ExceedanceDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('monitoring')
  const query = useExceedance(id)
  return (
    <Drawer
      open={id > 0}
      size="min(620px, 100vw)"
      title={t('exceedance.open')}
      onClose={onClose}
      destroyOnHidden
    >
      {id > 0 && (
        <Async query={query} what={t('exceedance.open')}>
          {(data) => <Detail detail={data} />}
        </Async>
      )}
    </Drawer>
  )
}

function Detail({ detail }: { detail: ExceedanceDetail }) {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  const { name, unit, decimals } = factorInfo(detail.factor)
  return (
    <>
      <p>
        <b>{name}</b> {shortTime(detail.from)} – {shortTime(detail.to)}，
        <b className="worse">
          {formatNumber(detail.maxValue, decimals)} {unit}
        </b>
        ，{t('now.multiple', { multiple: formatNumber(detail.multiple, MULTIPLE_DECIMALS) })}
      </p>
      <p>
        <LimitLine limit={detail.limit} />
      </p>
      <p>
        {t('exceedance.grade')} <b>{detail.grade}</b>{' '}
        <span className="muted">{detail.gradeReasons.join('；')}</span>
      </p>
      <p>
        {t('exceedance.state')} <b>{t(`exceedance.states.${detail.state}`)}</b>{' '}
        <span className="muted">{detail.stateReason ?? ''}</span>
      </p>
      {may('source:judge') && detail.state !== 'withdrawn' && <Judge detail={detail} />}
      <h3 className={css.section}>{t('exceedance.values')}</h3>
      <table className={css.plain}>
        <caption className="visually-hidden">{t('exceedance.values')}</caption>
        <tbody>
          {detail.hourValues.map((one) => (
            <tr key={one.hour}>
              <td>{shortTime(one.hour)}</td>
              <td className={css.number}>{formatNumber(one.value, decimals)}</td>
              <td className={css.number}>{one.limit === null ? '–' : limitText(one.limit)}</td>
              <td className={css.number}>{formatNumber(one.multiple, MULTIPLE_DECIMALS)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className={css.section}>
        {t('exceedance.message')}{' '}
        <Button size="small" onClick={() => void copyText(detail.message)}>
          {t('exceedance.copy')}
        </Button>
      </h3>
      <p className={css.frame}>{detail.message}</p>
      <h3 className={css.section}>{t('exceedance.versions')}</h3>
      <table className={css.plain}>
        <caption className="visually-hidden">{t('exceedance.versions')}</caption>
        <tbody>
          {detail.versions.map((one) => (
            <tr key={one.version}>
              <td>{fullTime(one.at)}</td>
              <td>{one.by}</td>
              <td>{t(`exceedance.states.${one.state}`)}</td>
              <td className={css.number}>{formatNumber(one.maxValue, decimals)}</td>
              <td>{one.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Judge({ detail }: { detail: ExceedanceDetail }) {
  const { t } = useTranslation('monitoring')
  const [reason, setReason] = useState('')
  const judge = useJudgeExceedance()
  const offered: readonly Judgement['decision'][] =
    detail.state === 'candidate' ? ['confirm', 'exempt'] : ['reopen']
  return (
    <>
      <h3 className={css.section}>{t('exceedance.judge')}</h3>
      <Input.TextArea
        rows={2}
        aria-label={t('exceedance.opinion')}
        placeholder={t('exceedance.opinion')}
        value={reason}
        maxLength={400}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={css.controls} style={{ marginTop: 8 }}>
        {offered.map((decision, index) => (
          <Button
            key={decision}
            type={index === 0 ? 'primary' : 'default'}
            disabled={reason.trim().length < 2}
            loading={judge.isPending}
            onClick={() =>
              judge.mutate(
                { id: detail.id, decision, reason: reason.trim(), version: detail.version },
                { onSuccess: () => setReason('') },
              )
            }
          >
            {t(`exceedance.${decision}`)}
          </Button>
        ))}
      </div>
      {judge.error !== null && <ErrorPanel error={judge.error} what={t('exceedance.judge')} />}
    </>
  )
}
