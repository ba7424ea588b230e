import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileKind } from '../../../offline/store.ts'
import css from './field.module.css'
import type { FieldView } from './fieldView.ts'
import { useCapture } from './useCapture.ts'

const accepts = { photo: 'image/*', video: 'video/*', audio: 'audio/*' } as const

interface Props {
  readonly view: FieldView
  readonly kind: FileKind
  readonly label: string
  readonly title: string
  readonly onTaken?: (sha256: string) => void
}

/** Opens the phone's camera or recorder; the file is on the phone, with hash, place and time, before it says so. */
export function CaptureButton({ view, kind, label, title, onTaken }: Props) {
  const { t } = useTranslation('field')
  const id = useId()
  const { busy, fault, take } = useCapture(view)
  const keep = async (files: readonly File[]) => {
    for (const file of files) {
      const sha256 = await take(file, kind, title)
      if (sha256 !== undefined) onTaken?.(sha256)
    }
  }
  return (
    <>
      <label className={css.file} htmlFor={id}>
        {busy ? t('capture.keeping') : label}
        <input
          id={id}
          type="file"
          className="visually-hidden"
          accept={accepts[kind]}
          capture="environment"
          disabled={busy}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            void keep(files)
          }}
        />
      </label>
      {fault !== undefined && (
        <p role="alert" className={css.bad}>
          {t(`capture.fault.${fault}`)}
        </p>
      )}
    </>
  )
}
