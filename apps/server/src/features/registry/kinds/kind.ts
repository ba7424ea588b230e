/** A kind of feature, declared once: from it come validation, forms, lists, import, export and who may edit. */
import type { Permission } from '@shanshui/contract'
import type { TObject } from 'typebox'

export interface FieldFault {
  readonly path: string
  readonly message: string
}

/** What a kind's own rule sees of a feature. */
export interface CheckedFeature {
  readonly code: string
  readonly name: string
  readonly ownerId: number
  readonly properties: Readonly<Record<string, unknown>>
  /** Former codes of the features that it names. */
  readonly aliases?: readonly string[]
}

/** A property that holds the code of another feature. The other one must be there when it is written. */
export interface KindReference {
  readonly property: string
  readonly kind: string
  /** The feature belongs to whom the other one belongs to; a feature without owner takes it over. */
  readonly sameOwner?: boolean
}

export interface FeatureKind {
  readonly kind: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Name of an icon of the web application. */
  readonly icon: string
  readonly geometry: 'point' | 'any' | 'none'
  /** Whether it may have observations. */
  readonly series: boolean
  /** Schema of `properties`; `title` is the Chinese label, `x-en` the English one, `x-example` an example for a sheet. */
  readonly properties: TObject
  readonly editors: Permission
  /** Properties that name other features by code. */
  readonly references?: readonly KindReference[]
  /** What the schema cannot say; pure. Paths as `code` or `properties/number`. */
  readonly check?: (feature: CheckedFeature) => readonly FieldFault[]
}

/** Code of a feature that stands below another: `<code of the other>-<number>`. */
export function checkChildCode(feature: CheckedFeature, parent: unknown, number: unknown): FieldFault[] {
  const expected = `${parent}-${number}`
  return feature.code === expected ? [] : [{ path: 'code', message: `代码应为 ${expected}` }]
}
