import type { DossierPermit } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import { Empty } from '../../../components/states.tsx'
import { StateTag } from '../parts/StateTag.tsx'
import css from './enterprise.module.css'

const tones = { valid: 'good', expiring: 'warn', expired: 'bad' } as const

/** The permits of the plant, the one in force first. */
export function PermitPart({ permits }: { permits: readonly DossierPermit[] }) {
  const { t } = useTranslation('enterprises')
  return (
    <Panel title={t('permit.title')}>
      {permits.length === 0 ? (
        <Empty title={t('permit.none')} />
      ) : (
        <ul className={css.outlets}>
          {permits.map((permit) => (
            <li key={permit.id}>
              <div className={css.outletHead}>
                <span className="mono">{permit.code}</span>
                <StateTag tone={tones[permit.state]} text={t(`permit.state.${permit.state}`)} />
              </div>
              <p className="muted">
                {t('permit.validity', { from: permit.issuedOn ?? '—', to: permit.expiresOn ?? '—' })} ·{' '}
                {permit.authority}
              </p>
              {permit.totals.length > 0 && (
                <p>
                  {t('permit.totals')}{' '}
                  {permit.totals.map(({ pollutant, tonnes }) => `${pollutant} ${tonnes} t`).join('、')}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
