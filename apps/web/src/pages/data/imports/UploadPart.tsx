import type { Import } from '@shanshui/contract'
import { Select } from 'antd'
import { type DragEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Upload, useUpload } from '../../../api/imports.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { FileButton } from '../../../components/FileButton.tsx'
import css from './imports.module.css'

const kinds: readonly Import['kind'][] = ['air-hours', 'peer-indexes']
const labels: readonly Upload['hourLabel'][] = ['end', 'start']

/** Choose or drop a file; the page of the import then shows how it goes. */
export function UploadPart() {
  const { t } = useTranslation('data')
  const navigate = useNavigate()
  const upload = useUpload()
  const [kind, setKind] = useState<Import['kind']>('air-hours')
  const [hourLabel, setHourLabel] = useState<Upload['hourLabel']>('end')
  const [over, setOver] = useState(false)
  const kindId = useId()
  const labelId = useId()

  function send(file: File | undefined): void {
    if (file === undefined) return
    upload.mutate(
      { file, kind, hourLabel },
      { onSuccess: (created) => void navigate(`/data/imports/${created.id}`) },
    )
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    send(event.dataTransfer.files[0])
  }

  return (
    <>
      <div className={css.options}>
        <label htmlFor={kindId}>{t('imports.kind')}</label>
        <Select
          id={kindId}
          size="small"
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`imports.kinds.${value}`) }))}
          onChange={setKind}
        />
        {kind === 'air-hours' && (
          <>
            <label htmlFor={labelId}>{t('imports.hourLabel')}</label>
            <Select
              id={labelId}
              size="small"
              value={hourLabel}
              options={labels.map((value) => ({ value, label: t(`imports.hourLabels.${value}`) }))}
              onChange={setHourLabel}
            />
          </>
        )}
      </div>
      <section
        aria-label={t('imports.drop')}
        className={`${css.drop} ${over ? css.over : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileButton
          primary
          label={t('imports.choose')}
          accept=".csv,.txt,.xlsx"
          busy={upload.isPending}
          onFile={send}
        />
        <span className="muted">{t(`imports.hint.${kind}`)}</span>
      </section>
      {upload.isError && <ErrorPanel error={upload.error} what={t('imports.upload')} />}
    </>
  )
}
