import { complaintTextLimits } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from '../public.module.css'
import type { FieldProps } from './ReportForm.tsx'

const waitMs = 15_000

/** In words, and where the phone allows it by its position; the position is asked for only on pressing the button. */
export function PlaceField({ draft, set, fault, invalid }: FieldProps) {
  const { t } = useTranslation('public')
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle')
  const canLocate = window.isSecureContext && 'geolocation' in navigator
  const locate = () => {
    setState('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
        set({ position: { lon: round(coords.longitude), lat: round(coords.latitude) } })
        setState('idle')
      },
      () => setState('failed'),
      { enableHighAccuracy: true, timeout: waitMs },
    )
  }
  return (
    <div className={css.field}>
      <label htmlFor="place">{t('field.place')}</label>
      <small id="place-hint">{t('field.placeHint')}</small>
      <input
        id="place"
        maxLength={complaintTextLimits.place}
        value={draft.place}
        aria-describedby="place-hint"
        {...invalid('place')}
        onChange={(event) => set({ place: event.target.value })}
      />
      {fault('place')}
      {canLocate && (
        <div className={css.buttons}>
          <button type="button" className={css.button} disabled={state === 'asking'} onClick={locate}>
            {t('field.locate')}
          </button>
          {draft.position !== undefined && (
            <span role="status">
              {t('field.located', { lon: draft.position.lon.toFixed(4), lat: draft.position.lat.toFixed(4) })}{' '}
              <button type="button" className={css.button} onClick={() => set({ position: undefined })}>
                {t('remove')}
              </button>
            </span>
          )}
          {state === 'failed' && <span role="status">{t('field.notLocated')}</span>}
        </div>
      )}
    </div>
  )
}
