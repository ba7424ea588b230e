import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type InstallPrompt, offlineReady, onInstallable, persistence, type Room } from './device.ts'
import css from './field.module.css'
import { useField } from './useField.tsx'
import { useWorker } from './useWorker.ts'

const MEGA = 1_048_576

/** Whether this device is ready for a day without signal, and how to leave it. */
export function DevicePanel() {
  const { t } = useTranslation('field')
  const { kept } = useField()
  const worker = useWorker()
  const [install, setInstall] = useState<InstallPrompt>()
  const [room, setRoom] = useState<Room>()
  useEffect(() => onInstallable(setInstall), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the pack has changed
  useEffect(() => {
    void persistence().then(setRoom)
  }, [kept])
  const ready = offlineReady({ secure: window.isSecureContext, worker: worker.state, hasPack: kept != null })
  return (
    <section className={css.card} aria-label={t('device.title')}>
      <h2>{t('device.title')}</h2>
      {worker.update !== undefined && (
        <div className={css.row} role="alert">
          <span>{t('device.newVersion')}</span>
          <button type="button" className={css.primary} onClick={worker.update}>
            {t('device.takeNew')}
          </button>
        </div>
      )}
      <p className={ready === 'ready' ? css.good : css.warn}>{t(`device.ready.${ready}`)}</p>
      {room !== undefined && (
        <p className={css.muted}>
          {t('device.room', {
            used: (room.usedBytes / MEGA).toFixed(1),
            free: Math.floor(room.freeBytes / MEGA),
          })}{' '}
          {t(room.persistent ? 'device.persistent' : 'device.notPersistent')}
        </p>
      )}
      {install !== undefined && (
        <button
          type="button"
          className={css.button}
          onClick={() => void install.prompt().then(() => setInstall(undefined))}
        >
          {t('device.install')}
        </button>
      )}
      <p className={css.muted}>{t('device.leave')}</p>
    </section>
  )
}
