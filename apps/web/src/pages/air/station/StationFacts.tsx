import type { Feature } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'

/** Code, place and role of the station in one line. */
export function StationFacts({ feature }: { feature: Feature }) {
  const { t } = useTranslation('station')
  const { nationalCode, siteRole, zoneClass, mn } = feature.properties
  const parts = [
    typeof nationalCode === 'string' ? nationalCode : feature.code,
    feature.regionName ?? String(feature.regionCode),
    typeof siteRole === 'string' ? t(`role.${siteRole}`, siteRole) : undefined,
    zoneClass === 1 || zoneClass === 2 ? t(`zone.${zoneClass}`) : undefined,
    typeof mn === 'string' && mn !== '' ? `MN ${mn}` : undefined,
  ]
  return <>{parts.filter((part) => part !== undefined).join(' · ')}</>
}
