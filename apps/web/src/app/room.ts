import type { Permission } from '@shanshui/contract'
import type { ComponentType } from 'react'

/** One page of a room. Its title is `nav.<path>` of the common locale file. */
export interface PageEntry {
  /** Address below `/`; may hold parameters, `air/stations/:id`. */
  readonly path: string
  readonly permission: Permission
  /** Pages reached only from other pages stay out of the navigation. */
  readonly inNavigation: boolean
  /** Heading between room and page, `nav.group.<group>`. */
  readonly group?: string
  /** Locale files of the page besides `common`: fetched together with its code. */
  readonly words?: readonly string[]
  readonly load: () => Promise<ComponentType>
}

/** A room of the navigation; its title is `nav.room.<key>`. */
export interface Room {
  readonly key: string
  readonly pages: readonly PageEntry[]
}
