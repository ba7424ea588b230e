/** A kind of feature, declared once: from it come validation, forms, lists, import, export and who may edit. */
import type { Permission } from '@shanshui/contract'
import type { TObject } from 'typebox'

export interface FeatureKind {
  readonly kind: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Name of an icon of the web application. */
  readonly icon: string
  readonly geometry: 'point' | 'any' | 'none'
  /** Whether it may have observations. */
  readonly series: boolean
  /** Schema of `properties`; `title` is the Chinese label, `x-en` the English one. */
  readonly properties: TObject
  readonly editors: Permission
}
