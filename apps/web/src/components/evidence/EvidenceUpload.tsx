import { type EvidenceItem, type EvidenceKindName, evidenceExtensions } from '@shanshui/contract'
import { Button, Checkbox, Progress, Select } from 'antd'
import { type DragEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type EvidenceSubject, useEvidence, useOpenUploads } from '../../api/evidence.ts'
import { useOfficial } from '../../i18n/useOfficial.ts'
import { ErrorPanel } from '../ErrorPanel.tsx'
import { deviceFix } from './deviceFix.ts'
import css from './evidence.module.css'
import { megabytes } from './megabytes.ts'
import { type UploadEntry, type Uploads, useUploads } from './useUploads.ts'

/** What a step asks for, as far as an upload has to know. */
export interface Demand {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly kinds?: readonly string[]
  readonly located?: boolean
}

interface Props {
  readonly subject: EvidenceSubject
  /** What the files can be handed in for; without any they are further material. */
  readonly demands?: readonly Demand[]
  /** The enterprise concerned cannot keep anything from itself. */
  readonly mayBeInternal?: boolean
  readonly onAdded?: (item: EvidenceItem) => void
}

const accept = evidenceExtensions.map((extension) => `.${extension}`).join(',')

/** Hands in files: by camera, by choosing or by dropping them. Shown only to those who may. */
export function EvidenceUpload({ subject, demands = [], mayBeInternal = true, onAdded }: Props) {
  const { t } = useTranslation('evidence')
  const query = useEvidence(subject)
  const uploads = useUploads(subject, onAdded)
  const [choice, setChoice] = useState<string | undefined>(undefined)
  const [internal, setInternal] = useState(false)
  const [tooLarge, setTooLarge] = useState<readonly string[]>([])
  const demand = demands.find(({ id }) => id === (choice ?? demands[0]?.id))
  if (query.data?.mayAdd !== true) return null
  const { limitBytes } = query.data

  const add = async (files: readonly File[], camera: boolean) => {
    setTooLarge(files.filter(({ size }) => size > limitBytes).map(({ name }) => name))
    const fitting = files.filter(({ size }) => size > 0 && size <= limitBytes)
    const fix = camera ? { device: await deviceFix(fitting[0]?.lastModified ?? 0) } : {}
    const kind = kindFor(demand)
    uploads.add(fitting, {
      ...fix,
      ...(choice === otherMaterial || demand === undefined ? {} : { demand: demand.id }),
      ...(kind === undefined ? {} : { kind }),
      ...(internal ? { internal } : {}),
    })
  }
  return (
    <section className={css.upload} aria-label={t('upload.title')}>
      <div className={css.options}>
        {demands.length > 0 && (
          <DemandSelect
            demands={demands}
            value={choice ?? demands[0]?.id ?? otherMaterial}
            onChange={setChoice}
          />
        )}
        {mayBeInternal && (
          <Checkbox checked={internal} onChange={(event) => setInternal(event.target.checked)}>
            {t('upload.internal')}
          </Checkbox>
        )}
      </div>
      <DropZone
        limitBytes={limitBytes}
        located={demand?.located === true}
        onFiles={(files, camera) => void add(files, camera)}
      />
      {tooLarge.length > 0 && (
        <p className="worse" role="alert">
          {t('upload.tooLarge', { names: tooLarge.join('、'), limit: megabytes(limitBytes) })}
        </p>
      )}
      <UploadList uploads={uploads} />
      <Unfinished subject={subject} running={uploads.entries} />
    </section>
  )
}

const otherMaterial = ''

/** A picture handed in where only papers are asked for is the picture of a paper. */
function kindFor(demand: Demand | undefined): EvidenceKindName | undefined {
  const kinds = demand?.kinds ?? []
  if (kinds.length === 0 || kinds.includes('photo')) return undefined
  return kinds.includes('document') ? 'document' : undefined
}

function DemandSelect({
  demands,
  value,
  onChange,
}: {
  demands: readonly Demand[]
  value: string
  onChange: (id: string) => void
}) {
  const { t } = useTranslation('evidence')
  const official = useOfficial()
  const id = useId()
  return (
    <label htmlFor={id} className={css.demand}>
      <span>{t('upload.demand')}</span>
      <Select
        id={id}
        size="small"
        value={value}
        onChange={onChange}
        popupMatchSelectWidth={false}
        options={[
          ...demands.map((one) => ({ value: one.id, label: official(one.title) })),
          { value: otherMaterial, label: t('upload.other') },
        ]}
      />
    </label>
  )
}

interface DropProps {
  readonly limitBytes: number
  readonly located: boolean
  readonly onFiles: (files: readonly File[], camera: boolean) => void
}

function DropZone({ limitBytes, located, onFiles }: DropProps) {
  const { t } = useTranslation('evidence')
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files], false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same by keyboard
    <div
      className={`${css.drop} ${over ? css.over : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={css.buttons}>
        <PickButton
          label={t('upload.choose')}
          accept={accept}
          multiple
          onFiles={(files) => onFiles(files, false)}
        />
        <PickButton
          label={t('upload.camera')}
          accept="image/jpeg,image/*"
          capture
          className={css.phone}
          onFiles={(files) => onFiles(files, true)}
        />
        <PickButton
          label={t('upload.film')}
          accept="video/*"
          capture
          className={css.phone}
          onFiles={(files) => onFiles(files, true)}
        />
        <span className={`muted ${css.desktop}`}>{t('upload.drop')}</span>
      </div>
      <p className="muted">
        {t('upload.types', { limit: megabytes(limitBytes) })}
        {located && ` ${t('upload.located')}`}
      </p>
    </div>
  )
}

interface PickProps {
  readonly label: string
  readonly accept: string
  readonly multiple?: boolean
  readonly capture?: boolean
  readonly className?: string | undefined
  readonly onFiles: (files: readonly File[]) => void
}

function PickButton({ label, accept: types, multiple, capture, className, onFiles }: PickProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <span className={className}>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        accept={types}
        multiple={multiple === true}
        {...(capture === true ? { capture: 'environment' as const } : {})}
        className="visually-hidden"
        aria-label={label}
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </span>
  )
}

function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useTranslation('evidence')
  if (uploads.entries.length === 0) return null
  return (
    <ul className={css.uploads} aria-live="polite">
      {uploads.entries.map((entry) => (
        <li key={entry.key}>
          <div className={css.line}>
            <span className={css.name}>{entry.file.name}</span>
            <span className="muted">{megabytes(entry.file.size)}</span>
            <span>{t(`phase.${entry.phase}`)}</span>
            {entry.phase === 'failed' && (
              <Button size="small" onClick={() => uploads.retry(entry.key)}>
                {t('upload.retry')}
              </Button>
            )}
            <Button size="small" type="text" onClick={() => uploads.remove(entry.key)}>
              {entry.phase === 'done' ? t('upload.clear') : t('upload.stop')}
            </Button>
          </div>
          {(entry.phase === 'hashing' || entry.phase === 'sending') && <UploadProgress entry={entry} />}
          {entry.phase === 'done' && entry.evidence !== null && (
            <p className={entry.evidence.verdict === 'differs' ? 'worse' : 'muted'}>
              {t(`result.${entry.evidence.viewable ? entry.evidence.verdict : entry.evidence.scan}`)}
            </p>
          )}
          {entry.phase === 'failed' && <ErrorPanel error={entry.error} what={entry.file.name} />}
        </li>
      ))}
    </ul>
  )
}

function UploadProgress({ entry }: { entry: UploadEntry }) {
  const percent = entry.file.size === 0 ? 0 : Math.floor((entry.done / entry.file.size) * 100)
  return <Progress percent={percent} size="small" status="active" aria-label={entry.file.name} />
}

/** Begun before a reload, or on another device: the same file chosen again goes on where it stood. */
function Unfinished({ subject, running }: { subject: EvidenceSubject; running: readonly UploadEntry[] }) {
  const { t } = useTranslation('evidence')
  const { data = [] } = useOpenUploads(true)
  const names = new Set(running.map(({ file }) => file.name))
  const open = data.filter(
    (one) => one.subject.kind === subject.kind && one.subject.id === subject.id && !names.has(one.fileName),
  )
  if (open.length === 0) return null
  return (
    <div className={css.unfinished}>
      <p>{t('upload.unfinished')}</p>
      <ul>
        {open.map((one) => (
          <li key={one.id}>
            {one.fileName}{' '}
            <span className="muted">
              {t('upload.unfinishedAt', { percent: Math.floor((one.offset / one.bytes) * 100) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
