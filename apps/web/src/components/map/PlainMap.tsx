import type { MapProps } from './MapView.tsx'
import css from './map.module.css'
import { boundsOf, labelPoint, ringsOf } from './mapPlace.ts'

const WIDTH = 1000

/** The map without WebGL: boundaries and places in an equirectangular drawing, true at the city's latitude. */
export function PlainMap({ regions, places, onOpen, selected }: MapProps) {
  const bounds = boundsOf(regions, places)
  if (bounds === undefined) return null
  const { west, south, east, north } = bounds
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const spanX = Math.max(1e-6, (east - west) * squeeze)
  const spanY = Math.max(1e-6, north - south)
  const height = Math.round((WIDTH * spanY) / spanX)
  const x = (lon: number): number => (((lon - west) * squeeze) / spanX) * WIDTH
  const y = (lat: number): number => ((north - lat) / spanY) * height
  const percent = (lon: number, lat: number) => ({
    left: `${(x(lon) / WIDTH) * 100}%`,
    top: `${(y(lat) / height) * 100}%`,
  })
  return (
    <div className={css.plainOuter}>
      <div className={css.plain} style={{ aspectRatio: `${WIDTH} / ${height}`, maxHeight: '100%' }}>
        <svg viewBox={`0 0 ${WIDTH} ${height}`} width="100%" height="100%" aria-hidden="true">
          {regions.features.map((feature, index) => (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: boundaries are never reordered
              key={index}
              d={ringsOf(feature.geometry)
                .map(
                  (ring) =>
                    `M${ring.map(([lon, lat]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`,
                )
                .join('')}
              fill="#fff"
              fillOpacity="0.85"
              stroke="#8a96a3"
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        {regions.features.map((feature) => {
          const at = labelPoint(feature)
          const { name, level } = feature.properties
          if (at === undefined || typeof name !== 'string' || level === 'city' || level === 'province')
            return null
          return (
            <span key={name} className={`${css.region} ${css.plainAt}`} style={percent(...at)}>
              {name}
            </span>
          )
        })}
        {places.map((place) => (
          <button
            key={place.id}
            type="button"
            className={`${css.place} ${css.plainPlace} ${selected === place.id ? css.selected : ''}`}
            style={percent(place.lon, place.lat)}
            title={place.label}
            onClick={() => onOpen(place.id)}
          >
            <span
              className={css.chip}
              style={{ background: place.colour ?? '#fff', color: place.dark ? '#fff' : '#000' }}
            >
              {place.text}
            </span>
            <span className={css.name}>{place.name}</span>
            <span className="visually-hidden">{place.words}</span>
          </button>
        ))}
      </div>
    </div>
  )
}
