import type { Dossier } from '@shanshui/contract'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useKinds } from '../../../api/registry.ts'
import { Panel } from '../../../components/Page.tsx'
import { useSession } from '../../../session/session.tsx'
import { FeatureDrawer } from '../../data/registry/FeatureDrawer.tsx'
import { useEnterpriseLabels } from '../enterprises/useEnterpriseLabels.ts'
import { StateTag } from '../parts/StateTag.tsx'
import css from './enterprise.module.css'

/** Who they are, what they may, and what is open. */
export function DossierHead({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('enterprises')
  const { may } = useSession()
  const { label } = useEnterpriseLabels()
  const kinds = useKinds()
  const [editing, setEditing] = useState(false)
  const { summary, feature } = dossier
  const kind = kinds.data?.items.find((one) => one.kind === 'enterprise')
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('list.code'),
      <span key="code" className="mono">
        {summary.code}
      </span>,
    ],
    [t('list.region'), summary.regionName],
    [t('list.park'), summary.parkName],
    [t('list.industry'), `${summary.industryName} ${summary.industry}`],
    [t('dossier.sector'), label('enterprise', 'sector', summary.sector)],
    [t('list.permitClass'), label('enterprise', 'permitClass', summary.permitClass)],
    [t('dossier.legal'), dossier.legalRepresentative],
    [
      t('dossier.contact'),
      [dossier.contact, dossier.phone].filter((part) => part !== null).join(' ') || null,
    ],
    [t('dossier.address'), dossier.address],
    [t('dossier.processes'), dossier.processes.join('、') || null],
    [t('dossier.operators'), dossier.operators.join('、') || null],
    [t('dossier.owner'), feature.ownerName],
    [t('dossier.formerNames'), summary.formerNames.join('、') || null],
    [t('dossier.formerCodes'), dossier.formerCodes.join('、') || null],
  ]
  return (
    <Panel>
      <div className={css.head}>
        <div className={css.open}>
          {summary.open.map(({ kind: what, count }) => (
            <StateTag key={what} tone={count > 0 ? 'bad' : 'good'} text={t(`open.${what}`, { count })} />
          ))}
          {summary.autoMonitored && <StateTag tone="quiet" text={t('dossier.autoMonitored')} />}
          {may('matter:open') && (
            <Link className="no-print" to={`/matters/all?new=&new.enterprise=${summary.id}`}>
              {t('dossier.openMatter')}
            </Link>
          )}
          {may('inspection:read') && (
            <Link className="no-print" to={`/inspections/off-site/${summary.id}`}>
              {t('dossier.offSite')}
            </Link>
          )}
          {may('registry:write') && kind !== undefined && (
            <span className={css.edit}>
              <Button size="small" onClick={() => setEditing(true)}>
                {t('dossier.edit')}
              </Button>
            </span>
          )}
        </div>
        <dl className={css.facts}>
          {facts
            .filter(([, value]) => value !== null && value !== '')
            .map(([title, value]) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </div>
      {editing && kind !== undefined && (
        <FeatureDrawer kind={kind} feature={feature} onClose={() => setEditing(false)} />
      )}
    </Panel>
  )
}
