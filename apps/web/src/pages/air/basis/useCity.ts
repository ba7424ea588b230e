import type { Feature } from '@shanshui/contract'
import { useFeatures } from '../../../api/registry.ts'
import { regionCovers, useScope } from '../../../app/layout/useScope.ts'

/** The city whose air the pages show: the first of the chosen region, else the first of one's own. */
export function useCity() {
  const query = useFeatures('air-city')
  const [scope] = useScope()
  const items = query.data?.items ?? []
  const city: Feature | undefined =
    items.find((entry) => regionCovers(scope.region, entry.regionCode)) ?? items[0]
  return { query, city, id: city?.id, regionChosen: scope.region !== 0 }
}
