import type { FeatureCollection } from '@shanshui/contract'
import { Component, lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../states.tsx'
import css from './map.module.css'
import type { MapPlace } from './mapPlace.ts'
import { PlainMap } from './PlainMap.tsx'

const GlMap = lazy(async () => ({ default: (await import('./GlMap.tsx')).GlMap }))

export interface MapProps {
  readonly regions: FeatureCollection
  readonly places: readonly MapPlace[]
  readonly label: string
  readonly height: number | string
  readonly onOpen: (id: number) => void
  readonly selected?: number
}

/** Own boundaries, no network. A screen without WebGL gets the same map as a plain drawing. */
export function MapView(props: MapProps) {
  const { t } = useTranslation()
  const [plain, setPlain] = useState(() => !hasWebGl())
  return (
    <section className={css.map} style={{ height: props.height }} aria-label={props.label}>
      {plain ? (
        <PlainMap {...props} />
      ) : (
        <Fallback instead={<PlainMap {...props} />}>
          <Suspense fallback={<Loading rows={4} label={t('state.loading')} />}>
            <GlMap {...props} onUnable={() => setPlain(true)} />
          </Suspense>
        </Fallback>
      )}
    </section>
  )
}

/** A map library that could not be fetched must not take the page down. */
class Fallback extends Component<{ instead: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }
  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children
  }
}

function hasWebGl(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2')
    context?.getExtension('WEBGL_lose_context')?.loseContext()
    return context !== null
  } catch {
    return false
  }
}
