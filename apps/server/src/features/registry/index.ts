/** Door of the registry. */
export { codesOf, type DossierDoors, type MergeMove } from './dossier.service.ts'
export type { TimelineQuery } from './dossier.timeline.ts'
export { type FeatureKind, kindNamed, kinds } from './kinds/index.ts'
export {
  type PermitDocument,
  permitLimit,
  permitOf,
  permitOn,
  permitVersions,
} from './permit-documents.ts'
export { type PointFilter, regionNames } from './registry.repository.ts'
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
export type { EnterpriseFilter, OutletFilter } from './sources.repository.ts'
export {
  type Device,
  type DeviceParameter,
  devicesOf,
  type Facility,
  facilitiesOf,
  listEnterprises,
  listOutlets,
  type Outlet,
  type ParameterChange,
  parameterChanges,
} from './sources.ts'
