import type { Region } from '@shanshui/contract'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRegions } from '../../api/registry.ts'
import { useSession } from '../../session/session.tsx'
import { regionCovers, useScope } from './useScope.ts'

/** Regions inside one's own data scope; the choice narrows maps and lists. */
export function RegionChoice() {
  const { t } = useTranslation()
  const { session, may } = useSession()
  const [scope, setScope] = useScope()
  const regions = useRegions()
  if (!may('registry:read')) return null
  const own = (regions.data?.items ?? []).filter((region) => isOwn(region, session.user.scope.regions))
  return (
    <Select
      size="small"
      aria-label={t('shell.region')}
      style={{ minWidth: 110 }}
      popupMatchSelectWidth={false}
      value={scope.region}
      options={[
        { value: 0, label: t('shell.allRegions') },
        ...own.map((region) => ({ value: region.code, label: region.name })),
      ]}
      onChange={(region) => setScope({ region })}
    />
  )
}

function isOwn(region: Region, scope: readonly number[]): boolean {
  return scope.some((code) => regionCovers(code, region.code))
}
