import type { SourceOutlet } from '@shanshui/contract'
import { facilityOf } from '@shanshui/standards'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Panel } from '../../../components/Page.tsx'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { outletTone } from '../online/useOutletColumns.tsx'
import { StateTag } from '../parts/StateTag.tsx'
import css from './outlet.module.css'

/** What somebody has to know of an outlet before reading its curve. */
export function OutletFacts({ outlet }: { outlet: SourceOutlet }) {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  return (
    <Panel label={t('outlet.title')}>
      <dl className={css.facts}>
        <Fact name={t('online.state')}>
          <StateTag tone={outletTone(outlet.state)} text={t(`outletState.${outlet.state}`)} />
        </Fact>
        <Fact name={t('online.hour')}>{outlet.latest === null ? '–' : shortTime(outlet.latest.hour)}</Fact>
        <Fact name={t('medium.title')}>{t(`medium.${outlet.medium}`)}</Fact>
        <Fact name={t('outlet.facility')}>{facilityOf(outlet.facility)?.zh ?? outlet.facility}</Fact>
        <Fact name={t('operator')}>{outlet.operator ?? '–'}</Fact>
        <Fact name={t('online.days30')}>
          <span className={outlet.exceedanceDays30 > 0 ? 'worse' : ''}>{outlet.exceedanceDays30}</span>
        </Fact>
        <Fact name={t('online.openMarks')}>
          {outlet.openMarks === 0 ? '0' : <Link to="/sources/marks?view=review">{outlet.openMarks}</Link>}
        </Fact>
        {may('registry:read') && (
          <Fact name={t('plant')}>
            <Link to={`/sources/enterprises/${outlet.enterprise.id}`}>{outlet.enterprise.name}</Link>
          </Fact>
        )}
      </dl>
    </Panel>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
