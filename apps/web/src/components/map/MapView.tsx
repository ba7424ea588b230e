import type { FeatureCollection } from '@shanshui/contract'
import { Component, lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../states.tsx'
import css from './map.module.css'
import type { MapPlace } from './mapPlace.ts'
import { PlainMap } from './PlainMap.tsx'

const AFTER_PAINT_MS = 150

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
  const [plain, setPlain] = useState(false)
  const [begun, setBegun] = useState(false)
  // The numbers first: the map is fetched, and its drawing context made, once the page has been painted.
  useEffect(() => {
    const timer = setTimeout(() => setBegun(true), AFTER_PAINT_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <section className={css.map} style={{ height: props.height }} aria-label={props.label}>
      {plain && <PlainMap {...props} />}
      {!plain && !begun && <Loading rows={4} label={t('state.loading')} />}
      {!plain && begun && (
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
