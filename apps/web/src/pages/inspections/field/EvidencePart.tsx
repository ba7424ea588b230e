import { useTranslation } from 'react-i18next'
import { fullTime } from '../../../format/time.ts'
import { CaptureButton } from './CaptureButton.tsx'
import css from './field.module.css'
import type { FieldView } from './fieldView.ts'
import { ProblemForm } from './ProblemForm.tsx'
import { SampleForm } from './SampleForm.tsx'
import { useField } from './useField.tsx'

const MEGA = 1_048_576

/** Photos, video, sound, samples, and the problems that were found. */
export function EvidencePart({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const { files } = useField()
  const own = files.filter((file) => file.taskId === view.task.id).sort((a, b) => a.takenMs - b.takenMs)
  const title = view.task.enterprise?.name ?? view.task.title
  return (
    <>
      <section className={css.card} aria-label={t('evidence.title')}>
        <h2>{t('evidence.title')}</h2>
        <p className={css.muted}>{t('evidence.hint')}</p>
        <div className={css.row}>
          <CaptureButton view={view} kind="photo" label={t('capture.photo')} title={title} />
          <CaptureButton view={view} kind="video" label={t('capture.video')} title={title} />
          <CaptureButton view={view} kind="audio" label={t('capture.audio')} title={title} />
        </div>
        <ul className={css.thumbs}>
          {own.map((file) => (
            <li key={file.key}>
              {file.thumb !== null && <img src={file.thumb} alt={file.title} />}
              <div className={css.small}>
                <strong className={file.state === 'sent' ? css.good : css.warn}>
                  {t(`evidence.state.${file.state}`)}
                </strong>{' '}
                {file.thumb === null && file.name} {(file.bytes / MEGA).toFixed(1)} MB
                <br />
                {fullTime(file.takenMs)}
                <br />
                {file.lon === null || file.lat === null
                  ? t('evidence.noPlace')
                  : `${file.lon.toFixed(5)}, ${file.lat.toFixed(5)}`}
                <br />
                <span title={file.sha256}>SHA-256 {file.sha256.slice(0, 12)}…</span>
              </div>
            </li>
          ))}
        </ul>
      </section>
      <SampleForm view={view} />
      <ProblemForm view={view} />
    </>
  )
}
