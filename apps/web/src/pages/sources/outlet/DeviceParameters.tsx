import { useTranslation } from 'react-i18next'
import { useDossier } from '../../../api/enterprises.ts'
import { Panel } from '../../../components/Page.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { Async } from '../../../components/states.tsx'
import { useSession } from '../../../session/session.tsx'
import { factorInfo } from '../parts/factor.ts'
import { unitText } from '../parts/names.ts'
import css from './outlet.module.css'

/** How the devices are set: a value is only as good as its range and coefficients. */
export function DeviceParameters(props: { outletId: number; enterpriseId: number | undefined }) {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  const allowed = may('registry:read')
  const query = useDossier(props.enterpriseId, allowed)
  if (!allowed || props.enterpriseId === undefined) return null
  return (
    <Panel title={t('device.title')}>
      <Async query={query} what={t('device.title')} rows={3}>
        {(data) => {
          const devices = data.outlets.find((outlet) => outlet.id === props.outletId)?.devices ?? []
          if (devices.length === 0) return <p className="muted">{t('device.none')}</p>
          return (
            <ScrollRegion label={t('device.title')} style={{ overflowX: 'auto' }}>
              <table className={css.plain}>
                <caption className="visually-hidden">{t('device.title')}</caption>
                <thead>
                  <tr>
                    {[
                      'device',
                      'mn',
                      'factor',
                      'range',
                      'slope',
                      'intercept',
                      'k',
                      'o2',
                      'detection',
                      'dates',
                    ].map((key) => (
                      <th key={key} scope="col">
                        {t(`device.${key}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {devices.flatMap((device) =>
                    device.parameters.map((parameter, index) => (
                      <tr key={`${device.id} ${parameter.factor}`}>
                        <td>{index === 0 ? `${device.manufacturer} ${device.model}` : ''}</td>
                        <td className="mono">{index === 0 ? (device.mn ?? '–') : ''}</td>
                        <td>{factorInfo(parameter.factor).name}</td>
                        <td>
                          0–{parameter.rangeHigh} {unitText(parameter.unit)}
                        </td>
                        <td>{parameter.slope}</td>
                        <td>{parameter.intercept}</td>
                        <td>{parameter.k ?? '–'}</td>
                        <td>{parameter.referenceO2 ?? '–'}</td>
                        <td>{parameter.detectionLimit ?? '–'}</td>
                        <td>
                          {index === 0
                            ? `${device.lastCalibratedOn ?? '–'} / ${device.lastVerifiedOn ?? '–'}`
                            : ''}
                        </td>
                      </tr>
                    )),
                  )}
                </tbody>
              </table>
            </ScrollRegion>
          )
        }}
      </Async>
    </Panel>
  )
}
