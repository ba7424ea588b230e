import { type SignatureRole, signatureRoleTitles } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import css from './field.module.css'
import { type FieldView, recordOf } from './fieldView.ts'
import { SignaturePad } from './SignaturePad.tsx'
import { TextField } from './TextField.tsx'
import { useField } from './useField.tsx'

const signers: readonly SignatureRole[] = ['inspected', 'officer', 'second-officer', 'witness']

/** Signatures on the spot; who refuses is noted with the reason and a witness. */
export function SignPart({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  return (
    <section className={`${css.card} no-print`} aria-label={t('sign.title')}>
      <h2>{t('sign.title')}</h2>
      <p className={css.muted}>{t('sign.hint')}</p>
      {signers.map((role) => (
        <Signer key={role} view={view} role={role} />
      ))}
      <Refusal view={view} />
    </section>
  )
}

function Signer({ view, role }: { view: FieldView; role: SignatureRole }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { write } = useField()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState<string>()
  const expected = useExpectedName(view, role)
  const name = typed ?? expected
  const entry = view.entries.get(`signature:${role}`)
  const title = official(signatureRoleTitles[role])
  if (!open)
    return (
      <div className={css.form}>
        {typeof entry?.value.png === 'string' && (
          <img
            className={css.signature}
            src={`data:image/png;base64,${entry.value.png}`}
            alt={`${title} ${String(entry.value.name ?? '')}`}
          />
        )}
        <button type="button" className={css.button} onClick={() => setOpen(true)}>
          {title}
          {entry === undefined ? '' : ` ✓ ${String(entry.value.name ?? '')}`} ·{' '}
          {t(entry === undefined ? 'sign.do' : 'sign.redo')}
        </button>
      </div>
    )
  return (
    <div className={css.form}>
      <TextField label={t('sign.name', { role: title })} value={name} onChange={setTyped} />
      {name.trim() !== '' && (
        <SignaturePad
          label={t('sign.pad', { role: title })}
          onDone={(png) => {
            void write({
              taskId: view.task.id,
              kind: 'signature',
              payload: { role, name: name.trim(), png },
              baseVersion: view.version,
            })
            setOpen(false)
          }}
        />
      )}
      <button type="button" className={css.button} onClick={() => setOpen(false)}>
        {t('sign.close')}
      </button>
    </div>
  )
}

/** The officers are known, and who answers for the unit stands in the record. */
function useExpectedName(view: FieldView, role: SignatureRole): string {
  const { session } = useSession()
  const { officers } = view.task
  const own = officers.find(({ userId }) => userId === session.user.id)
  if (role === 'officer') return own?.name ?? ''
  if (role === 'second-officer') return officers.find((one) => one !== own)?.name ?? ''
  return role === 'inspected' ? recordOf(view, 'person-in-charge') : ''
}

function Refusal({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const { write } = useField()
  const [reason, setReason] = useState('')
  const [witness, setWitness] = useState('')
  const [unit, setUnit] = useState('')
  const refused = view.entries.get('refusal')
  return (
    <details className={css.teach}>
      <summary>{t('refusal.title')}</summary>
      <div>
        {refused !== undefined && (
          <p className={css.good}>
            {t('refusal.done', {
              reason: String(refused.value.reason),
              witness: String(refused.value.witness),
            })}
          </p>
        )}
        <TextField label={t('refusal.reason')} value={reason} onChange={setReason} long />
        <TextField label={t('refusal.witness')} value={witness} onChange={setWitness} />
        <TextField label={t('refusal.unit')} value={unit} onChange={setUnit} />
        <button
          type="button"
          className={css.button}
          disabled={reason.trim().length < 2 || witness.trim() === ''}
          onClick={() =>
            void write({
              taskId: view.task.id,
              kind: 'refusal',
              payload: {
                reason: reason.trim(),
                witness: witness.trim(),
                ...(unit.trim() !== '' && { witnessUnit: unit.trim() }),
              },
              baseVersion: view.version,
            })
          }
        >
          {t('refusal.keep')}
        </button>
      </div>
    </details>
  )
}
