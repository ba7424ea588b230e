import type { Feature } from '@shanshui/contract'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRegisterStation } from '../../../api/registry.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import css from './registry.module.css'

/** Lets a station report: its MN and password on the gateway's list of those it trusts. */
export function RegisterStation({ station }: { station: Feature }) {
  const { t } = useTranslation('data')
  const register = useRegisterStation()
  const [mn, setMn] = useState(typeof station.properties.mn === 'string' ? station.properties.mn : '')
  const [password, setPassword] = useState('')
  const [reason, setReason] = useState('')
  const ids = { mn: useId(), password: useId(), reason: useId() }
  return (
    <section className={css.gateway}>
      <h3>{t('registry.gateway')}</h3>
      <div className={css.form}>
        <label htmlFor={ids.mn}>{t('registry.mn')} *</label>
        <Input id={ids.mn} value={mn} maxLength={40} onChange={(event) => setMn(event.target.value)} />
        <label htmlFor={ids.password}>{t('registry.password')}</label>
        <Input
          id={ids.password}
          autoComplete="off"
          value={password}
          maxLength={24}
          onChange={(event) => setPassword(event.target.value)}
        />
        <label htmlFor={ids.reason}>{t('registry.why')} *</label>
        <Input
          id={ids.reason}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <Button
        disabled={mn.trim() === '' || reason.trim() === ''}
        loading={register.isPending}
        onClick={() =>
          register.mutate({
            mn: mn.trim(),
            pointId: station.id,
            password: password.trim(),
            reason: reason.trim(),
          })
        }
      >
        {t('registry.register')}
      </Button>
      {register.isSuccess && (
        <p role="status" className="better">
          {t('registry.registered')}
        </p>
      )}
      {register.isError && <ErrorPanel error={register.error} what={t('registry.register')} />}
    </section>
  )
}
