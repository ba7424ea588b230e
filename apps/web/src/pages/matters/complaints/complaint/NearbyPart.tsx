import { type ComplaintDetail, complaintSourceKm } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { Panel } from '../../../../components/Page.tsx'
import css from '../complaints.module.css'

/** Sources near by, those first against which something is open: where to look, not who did it. */
export function NearbyPart({ detail }: { detail: ComplaintDetail }) {
  const { t } = useTranslation('complaints')
  const search = useCarriedSearch()
  const { nearby, complaint } = detail
  if (complaint.lon === null) return null
  return (
    <Panel title={t('nearby.title', { km: complaintSourceKm })}>
      {nearby.length === 0 && <p className="muted">{t('nearby.none')}</p>}
      <ul className={css.rows}>
        {nearby.map((one) => (
          <li
            key={one.featureId}
            className={`${css.row} ${one.openLeads.length + one.exceedances > 0 ? css.lead : ''}`}
          >
            <span>
              <Link to={{ pathname: `/sources/outlets/${one.featureId}`, search }}>
                {one.enterprise?.name} {one.name}
              </Link>
            </span>
            <span className="muted">{one.hint}</span>
            {one.openLeads.map((lead) => (
              <Link key={lead.id} to={{ pathname: '/leads', search: `${search}&lead=${lead.id}` }}>
                {lead.ruleTitle} {lead.factorName ?? ''}
              </Link>
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
