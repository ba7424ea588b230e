import { complaintTextLimits } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from '../public.module.css'

const largest = complaintTextLimits.photoMb * 1_048_576
const most = complaintTextLimits.photos
const kinds = ['image/jpeg', 'image/png']

/** Up to three pictures; they are sent after the report has its number, so that a bad line does not lose the report. */
export function PhotoField({
  photos,
  onChange,
}: {
  photos: readonly File[]
  onChange: (photos: readonly File[]) => void
}) {
  const { t } = useTranslation('public')
  const [refused, setRefused] = useState<readonly string[]>([])
  const add = (files: readonly File[]) => {
    const fit = files.filter((file) => kinds.includes(file.type) && file.size <= largest)
    setRefused(files.filter((file) => !fit.includes(file)).map(({ name }) => name))
    onChange([...photos, ...fit].slice(0, most))
  }
  return (
    <div className={css.field}>
      <label htmlFor="photos">{t('field.photos')}</label>
      <small id="photos-hint">{t('field.photosHint', { most, size: complaintTextLimits.photoMb })}</small>
      {photos.length < most && (
        <input
          id="photos"
          type="file"
          accept={kinds.join(',')}
          multiple
          aria-describedby="photos-hint"
          onChange={(event) => {
            add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      )}
      {refused.length > 0 && (
        <span className={css.fault} role="alert">
          {t('field.photoRefused', { names: refused.join('、') })}
        </span>
      )}
      <ul>
        {photos.map((file, index) => (
          <li key={`${file.name} ${file.size} ${file.lastModified}`}>
            {file.name}{' '}
            <button
              type="button"
              className={css.button}
              aria-label={t('removeOne', { name: file.name })}
              onClick={() => onChange(photos.filter((_, at) => at !== index))}
            >
              {t('remove')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
