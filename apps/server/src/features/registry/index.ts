/** Door of the registry. */
export { type FeatureKind, kindNamed, kinds } from './kinds/index.ts'
export type { PointFilter } from './registry.repository.ts'
export { registryRoutes } from './registry.routes.ts'
export {
  assessmentStationsOf,
  type FeatureDraft,
  listPoints,
  listRegions,
  type Point,
  pointById,
  type RegionDraft,
  upsertFeature,
  upsertRegion,
} from './registry.service.ts'
