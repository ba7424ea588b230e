import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import css from './field.module.css'
import { distanceM, entriesOf, type FieldView } from './fieldView.ts'
import { currentFix, FixError, type FixFault } from './fix.ts'
import { useField } from './useField.tsx'

/** Further than this from the place on file, the page asks whether it is the right gate; metres. A platform setting. */
const FAR_M = 1000

/** Where and when the officers arrived, with the accuracy of the position. */
export function Arrival({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const { write } = useField()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<FixFault>()
  const [arrived] = entriesOf(view, 'arrive')
  const note = (place: { lon: number; lat: number; accuracyM: number | null }) =>
    write({ taskId: view.task.id, kind: 'arrive', payload: place, baseVersion: view.version })
  const arrive = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const { lon, lat, accuracyM } = await currentFix()
      await note({ lon, lat, accuracyM })
    } catch (error) {
      setFault(error instanceof FixError ? error.fault : 'unavailable')
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={css.card} aria-label={t('arrive.title')}>
      <h2>{t('arrive.title')}</h2>
      {arrived === undefined ? (
        <button type="button" className={css.primary} disabled={busy} onClick={() => void arrive()}>
          {t(busy ? 'arrive.locating' : 'arrive.do')}
        </button>
      ) : (
        <Arrived view={view} />
      )}
      {fault !== undefined && (
        <div role="alert" className={css.form}>
          <p className={css.warn}>{t(`arrive.fault.${fault}`)}</p>
          <ByHand onDone={(place) => void note(place).then(() => setFault(undefined))} />
        </div>
      )}
    </section>
  )
}

function Arrived({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const [entry] = entriesOf(view, 'arrive')
  if (entry === undefined) return null
  const { lon, lat, accuracyM } = entry.value
  const known = typeof lon === 'number' && typeof lat === 'number'
  const away = known ? distanceM({ lon, lat }, view.task.place) : null
  return (
    <>
      <p className={css.good}>{t('arrive.done', { at: shortTime(entry.at) })}</p>
      {known && (
        <p className={css.muted}>
          {lon.toFixed(5)}, {lat.toFixed(5)}
          {typeof accuracyM === 'number'
            ? ` · ${t('arrive.accuracy', { metres: accuracyM })}`
            : ` · ${t('arrive.byHand')}`}
        </p>
      )}
      {away !== null && away > FAR_M && (
        <p className={css.warn}>{t('arrive.far', { km: (away / 1000).toFixed(1) })}</p>
      )}
    </>
  )
}

/** Coordinates read elsewhere, without an accuracy: the record shows that nobody measured it. */
function ByHand({ onDone }: { onDone: (place: { lon: number; lat: number; accuracyM: null }) => void }) {
  const { t } = useTranslation('field')
  const [lon, setLon] = useState('')
  const [lat, setLat] = useState('')
  const valid = (text: string, most: number): boolean => text.trim() !== '' && Math.abs(Number(text)) <= most
  return (
    <details className={css.teach}>
      <summary>{t('arrive.typeIt')}</summary>
      <div>
        <label className={css.label}>
          {t('arrive.lon')}
          <input
            className={css.input}
            inputMode="decimal"
            value={lon}
            onChange={(event) => setLon(event.target.value)}
          />
        </label>
        <label className={css.label}>
          {t('arrive.lat')}
          <input
            className={css.input}
            inputMode="decimal"
            value={lat}
            onChange={(event) => setLat(event.target.value)}
          />
        </label>
        <button
          type="button"
          className={css.button}
          disabled={!valid(lon, 180) || !valid(lat, 90)}
          onClick={() => onDone({ lon: Number(lon), lat: Number(lat), accuracyM: null })}
        >
          {t('arrive.noteIt')}
        </button>
      </div>
    </details>
  )
}
