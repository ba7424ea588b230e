import type { DossierOutlet, OutletState } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Panel } from '../../../components/Page.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { Empty } from '../../../components/states.tsx'
import { useSession } from '../../../session/session.tsx'
import { useEnterpriseLabels } from '../enterprises/useEnterpriseLabels.ts'
import { factorInfo } from '../parts/factor.ts'
import { outletName } from '../parts/names.ts'
import { StateTag, type StateTone } from '../parts/StateTag.tsx'
import css from './enterprise.module.css'

const tones: Readonly<Record<OutletState['state'], StateTone>> = {
  normal: 'good',
  exceeding: 'bad',
  abnormal: 'warn',
  stopped: 'quiet',
  offline: 'warn',
  unknown: 'quiet',
}

/** Every outlet with its state; devices and facilities open below it. */
export function OutletsPart({ outlets, plant }: { outlets: readonly DossierOutlet[]; plant: string }) {
  const { t } = useTranslation('enterprises')
  return (
    <Panel title={t('outlets.title', { count: outlets.length })}>
      {outlets.length === 0 ? (
        <Empty title={t('outlets.none')} hint={t('outlets.noneHint')} />
      ) : (
        <ul className={css.outlets}>
          {outlets.map((outlet) => (
            <OutletLine key={outlet.id} outlet={outlet} plant={plant} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function OutletLine({ outlet, plant }: { outlet: DossierOutlet; plant: string }) {
  const { t } = useTranslation('enterprises')
  const { may } = useSession()
  // The page is the plant's: its name need not stand before every outlet.
  const title = `${outlet.number} ${outletName(outlet.name, plant)}`
  const traits = [
    t(`outlets.${outlet.medium}`),
    outlet.main ? t('outlets.main') : t('outlets.general'),
    outlet.ultraLow ? t('outlets.ultraLow') : outlet.special ? t('outlets.special') : '',
    outlet.referenceO2 === null ? '' : t('outlets.oxygen', { value: outlet.referenceO2 }),
  ].filter((part) => part !== '')
  const below = outlet.devices.length + outlet.facilities.length
  return (
    <li>
      <div className={css.outletHead}>
        {may('source:read') ? <Link to={`/sources/outlets/${outlet.id}`}>{title}</Link> : <b>{title}</b>}
        {outlet.current !== null && (
          <StateTag tone={tones[outlet.current.state]} text={t(`outlets.state.${outlet.current.state}`)} />
        )}
      </div>
      <p className="muted">
        {traits.join(' · ')} · {outlet.factors.map((code) => factorInfo(code).name).join('、')}
      </p>
      {outlet.current?.text != null && outlet.current.state !== 'normal' && <p>{outlet.current.text}</p>}
      {below > 0 && (
        <details>
          <summary>
            {t('outlets.below', { devices: outlet.devices.length, facilities: outlet.facilities.length })}
          </summary>
          {outlet.facilities.map((facility) => (
            <Facility key={facility.id} facility={facility} />
          ))}
          {outlet.devices.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </details>
      )}
    </li>
  )
}

function Facility({ facility }: { facility: DossierOutlet['facilities'][number] }) {
  const { t } = useTranslation('enterprises')
  const { label } = useEnterpriseLabels()
  const efficiency =
    facility.designEfficiency === null ? '' : t('outlets.efficiency', { value: facility.designEfficiency })
  return (
    <p>
      <b>{facility.name}</b> {label('treatment-facility', 'type', facility.type)} · {facility.process}{' '}
      {efficiency}
    </p>
  )
}

function Device({ device }: { device: DossierOutlet['devices'][number] }) {
  const { t } = useTranslation('enterprises')
  const dates = [
    [t('outlets.accepted'), device.acceptedOn],
    [t('outlets.calibrated'), device.lastCalibratedOn],
    [t('outlets.verified'), device.lastVerifiedOn],
  ].filter(([, day]) => day !== null)
  return (
    <div className={css.device}>
      <p>
        <b>{device.name}</b> {device.manufacturer} {device.model} · {device.operator}
        {device.mn !== null && <span className="mono"> {device.mn}</span>}
      </p>
      {dates.length > 0 && (
        <p className="muted">{dates.map(([title, day]) => `${title} ${day}`).join(' · ')}</p>
      )}
      <ScrollRegion label={t('outlets.parameters', { name: device.name })} className={css.scroll ?? ''}>
        <table className={css.parameters}>
          <caption className="visually-hidden">{t('outlets.parameters', { name: device.name })}</caption>
          <thead>
            <tr>
              {['factor', 'range', 'slope', 'intercept', 'k', 'o2', 'limit'].map((key) => (
                <th key={key} scope="col">
                  {t(`outlets.parameter.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {device.parameters.map((one) => (
              <tr key={one.factor}>
                <th scope="row">{factorInfo(one.factor).name}</th>
                <td>
                  {one.rangeHigh} {one.unit}
                </td>
                <td>{one.slope}</td>
                <td>{one.intercept}</td>
                <td>{one.k ?? '—'}</td>
                <td>{one.referenceO2 ?? '—'}</td>
                <td>{one.detectionLimit ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}
