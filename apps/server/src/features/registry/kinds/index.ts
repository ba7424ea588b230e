import { AppError } from '../../../platform/errors.ts'
import { airCity } from './air-city.ts'
import { airStation } from './air-station.ts'
import { enterprise } from './enterprise.ts'
import type { CheckedFeature, FeatureKind, FieldFault, KindReference } from './kind.ts'
import { mine } from './mine.ts'
import { monitoringDevice } from './monitoring-device.ts'
import { outlet } from './outlet.ts'
import { park } from './park.ts'
import { peerCity } from './peer-city.ts'
import { permit } from './permit.ts'
import { treatmentFacility } from './treatment-facility.ts'

/** A new kind is one file and one line here. */
export const kinds: readonly FeatureKind[] = [
  airStation,
  airCity,
  peerCity,
  enterprise,
  park,
  outlet,
  monitoringDevice,
  treatmentFacility,
  permit,
  mine,
]

const byName = new Map(kinds.map((kind) => [kind.kind, kind]))

/** Errors: `registry.kind-unknown`. */
export function kindNamed(name: string): FeatureKind {
  const kind = byName.get(name)
  if (kind === undefined) throw new AppError('registry.kind-unknown', { detail: `没有对象类型 ${name}` })
  return kind
}

export type { CheckedFeature, FeatureKind, FieldFault, KindReference }
