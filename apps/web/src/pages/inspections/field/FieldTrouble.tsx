import { type FieldConflict, fieldOperationTitles } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { decideConflict } from '../../../api/field.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { fullTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './field.module.css'
import { useField } from './useField.tsx'
import { valueText } from './valueText.ts'

/** What a person has to decide: two versions of one item, and what the server did not take. */
export function FieldTrouble({ taskId }: { taskId?: number }) {
  const { kept, states, operations, files } = useField()
  const ofTask = (id: number): boolean => taskId === undefined || id === taskId
  const conflicts = (kept?.pack.tasks ?? [])
    .filter(({ id }) => ofTask(id))
    .flatMap((task) => states.get(task.id)?.conflicts ?? task.conflicts)
    .filter(({ decided }) => decided === null)
  const refused = operations.filter((one) => one.state === 'refused' && ofTask(one.taskId))
  const files_ = files.filter((one) => one.state === 'refused' && ofTask(one.taskId))
  return (
    <>
      {conflicts.map((conflict) => (
        <Conflict key={conflict.id} conflict={conflict} />
      ))}
      {refused.map((one) => (
        <Refused
          key={one.id}
          id={one.id}
          kind={one.operation.kind}
          reason={one.reason}
          value={one.operation.payload}
        />
      ))}
      {files_.map((file) => (
        <RefusedFile key={file.key} fileKey={file.key} title={file.title} reason={file.reason} />
      ))}
    </>
  )
}

/** Both versions side by side; both stay in the record, one of them counts. */
function Conflict({ conflict }: { conflict: FieldConflict }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { store, online } = useField()
  const [chosen, setChosen] = useState<string>()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const decide = async () => {
    if (chosen === undefined) return
    setBusy(true)
    setError(undefined)
    try {
      const state = await decideConflict(conflict.taskId, conflict.id, {
        operationId: chosen,
        reason: reason.trim(),
      })
      await store.conflictDecided(conflict.id)
      await store.settle([], [state])
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={css.card} aria-label={t('conflict.title', { what: conflict.title })}>
      <h2 className={css.bad}>{t('conflict.title', { what: conflict.title })}</h2>
      <p>{t('conflict.text')}</p>
      <div className={css.sides}>
        {conflict.versions.map((version) => (
          <label key={version.operationId} className={css.side}>
            <span className={css.check}>
              <input
                type="radio"
                name={`conflict-${conflict.id}`}
                checked={chosen === version.operationId}
                onChange={() => setChosen(version.operationId)}
              />
              <strong>{version.by}</strong>
            </span>
            <span className={css.muted}>{fullTime(version.at)}</span>
            <span>{valueText(version.value, official)}</span>
          </label>
        ))}
      </div>
      <label className={css.label}>
        {t('conflict.reason')}
        <input className={css.input} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {!online && <p className={css.warn}>{t('conflict.needsNetwork')}</p>}
      <button
        type="button"
        className={css.primary}
        disabled={!online || busy || chosen === undefined || reason.trim().length < 2}
        onClick={() => void decide()}
      >
        {t('conflict.decide')}
      </button>
      {error !== undefined && <ErrorPanel error={error} what={conflict.title} />}
    </section>
  )
}

interface RefusedProps {
  readonly id: string
  readonly kind: keyof typeof fieldOperationTitles
  readonly reason: string | null
  readonly value: unknown
}

/** The text stays at the server and here until the officer has read why it does not count. */
function Refused({ id, kind, reason, value }: RefusedProps) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { store } = useField()
  return (
    <section className={css.card} role="alert">
      <h2 className={css.bad}>{t('refused.title', { what: official(fieldOperationTitles[kind]) })}</h2>
      {reason !== null && <p>{reason}</p>}
      <p className={css.muted}>{valueText(value, official)}</p>
      <button type="button" className={css.button} onClick={() => void store.putAway(id)}>
        {t('refused.read')}
      </button>
    </section>
  )
}

function RefusedFile(props: { fileKey: string; title: string; reason: string | null }) {
  const { t } = useTranslation('field')
  const { store, syncer } = useField()
  return (
    <section className={css.card} role="alert">
      <h2 className={css.bad}>{t('refused.title', { what: props.title })}</h2>
      {props.reason !== null && <p>{props.reason}</p>}
      <button
        type="button"
        className={css.button}
        onClick={() => void store.fileAgain(props.fileKey).then(() => syncer.run())}
      >
        {t('refused.again')}
      </button>
    </section>
  )
}
