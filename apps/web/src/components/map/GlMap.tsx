import type { FeatureCollection } from '@shanshui/contract'
import type { FeatureCollection as GeoJsonCollection } from 'geojson'
import {
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MapProps } from './MapView.tsx'
import css from './map.module.css'
import { type Bounds, boundsOf, firstView, labelPoint, type MapPlace } from './mapPlace.ts'

setWorkerUrl(workerUrl)

/** MapLibre with a style that asks the network for nothing: no tiles, no glyphs, no sprites. */
export function GlMap({ regions, places, onOpen, onUnable, selected }: MapProps & { onUnable: () => void }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<MapLibre>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once for its boundaries
  useEffect(() => {
    if (box.current === null) return
    let made: MapLibre
    try {
      made = create(box.current, regions, places)
    } catch {
      onUnable()
      return
    }
    made.on('load', () => setMap(made))
    return () => {
      setMap(undefined)
      made.remove()
    }
  }, [regions])

  const show = (bounds: Bounds | undefined): void => {
    if (map === undefined || bounds === undefined) return
    map.fitBounds([bounds.west, bounds.south, bounds.east, bounds.north], { padding: 24, animate: false })
  }
  const placed = places.map((place) => place.id).join(',')
  // biome-ignore lint/correctness/useExhaustiveDependencies: seen afresh only when other places are shown
  useEffect(() => show(firstView(regions, places)), [map, placed])

  useEffect(() => {
    if (map === undefined) return
    const markers = [
      ...regions.features.flatMap((feature) => regionLabel(feature) ?? []),
      ...places.map((place) => placeMarker(place, selected === place.id, onOpen)),
    ]
    for (const marker of markers) marker.addTo(map)
    return () => {
      for (const marker of markers) marker.remove()
    }
  }, [map, regions, places, selected, onOpen])

  return (
    <>
      <div ref={box} className={css.canvas} />
      <div className={`${css.views} no-print`}>
        <button type="button" onClick={() => show(firstView(regions, places))}>
          {t('map.places')}
        </button>
        <button type="button" onClick={() => show(boundsOf(regions, places))}>
          {t('map.whole')}
        </button>
      </div>
    </>
  )
}

function create(
  container: HTMLDivElement,
  regions: FeatureCollection,
  places: readonly MapPlace[],
): MapLibre {
  const bounds = firstView(regions, places)
  const map = new MapLibre({
    container,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
    fadeDuration: 0,
    style: {
      version: 8,
      sources: { regions: { type: 'geojson', data: regions as unknown as GeoJsonCollection } },
      layers: [
        { id: 'ground', type: 'background', paint: { 'background-color': '#eef1f4' } },
        { id: 'region', type: 'fill', source: 'regions', paint: { 'fill-color': '#ffffff' } },
        {
          id: 'border',
          type: 'line',
          source: 'regions',
          paint: { 'line-color': '#8a96a3', 'line-width': 1 },
        },
      ],
    },
    ...(bounds === undefined
      ? {}
      : {
          bounds: new LngLatBounds([bounds.west, bounds.south], [bounds.east, bounds.north]),
          fitBoundsOptions: { padding: 12, animate: false },
        }),
  })
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
  return map
}

function regionLabel(feature: FeatureCollection['features'][number]): Marker | undefined {
  const at = labelPoint(feature)
  const { name, level } = feature.properties
  if (at === undefined || typeof name !== 'string' || level === 'city' || level === 'province')
    return undefined
  const element = document.createElement('span')
  element.className = css.region ?? ''
  element.textContent = name
  return new Marker({ element }).setLngLat(at)
}

function placeMarker(place: MapPlace, selected: boolean, onOpen: (id: number) => void): Marker {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = `${css.place} ${selected ? css.selected : ''}`
  element.title = place.label
  const chip = document.createElement('span')
  chip.className = css.chip ?? ''
  chip.textContent = place.text
  chip.style.background = place.colour ?? '#fff'
  chip.style.color = place.dark ? '#fff' : '#000'
  const name = document.createElement('span')
  name.className = css.name ?? ''
  name.textContent = place.name
  const words = document.createElement('span')
  words.className = 'visually-hidden'
  words.textContent = place.words
  element.append(chip, name, words)
  element.addEventListener('click', () => onOpen(place.id))
  return new Marker({ element, anchor: 'bottom' }).setLngLat([place.lon, place.lat])
}
