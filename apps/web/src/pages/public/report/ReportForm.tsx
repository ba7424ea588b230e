import {
  type ComplaintTheme,
  complaintContentHint,
  complaintTextLimits,
  complaintThemeNames,
  complaintThemes,
  type PublicComplaintForm,
  type PublicComplaintReceipt,
} from '@shanshui/contract'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../../api/problem.ts'
import { useSubmitReport } from '../../../api/public.ts'
import { today } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { PublicFault } from '../PublicFault.tsx'
import css from '../public.module.css'
import { bodyOf, emptyDraft, type FaultKey, faultsOf, type ReportDraft } from './draft.ts'
import { PersonFields } from './PersonFields.tsx'
import { PhotoField } from './PhotoField.tsx'
import { PlaceField } from './PlaceField.tsx'

interface Props {
  readonly form: PublicComplaintForm
  readonly onExpired: () => void
  readonly onHanded: (receipt: PublicComplaintReceipt, photos: readonly File[]) => void
}

export interface FieldProps {
  readonly draft: ReportDraft
  readonly set: (patch: Partial<ReportDraft>) => void
  readonly fault: (key: FaultKey) => ReactNode
  readonly invalid: (key: FaultKey) => { 'aria-invalid'?: true; 'aria-describedby'?: string }
}

export function ReportForm({ form, onExpired, onHanded }: Props) {
  const { t } = useTranslation('public')
  const [draft, setDraft] = useState(emptyDraft)
  const [photos, setPhotos] = useState<readonly File[]>([])
  const [tried, setTried] = useState(false)
  const submit = useSubmitReport()
  const element = useRef<HTMLFormElement>(null)
  const faults = tried ? faultsOf(draft, today()) : []
  const fields: FieldProps = {
    draft,
    set: (patch) => setDraft((now) => ({ ...now, ...patch })),
    fault: (key) =>
      faults.includes(key) && (
        <span className={css.fault} id={`fault-${key}`}>
          {t(`missing.${key}`)}
        </span>
      ),
    invalid: (key) =>
      faults.includes(key) ? { 'aria-invalid': true, 'aria-describedby': `fault-${key}` } : {},
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const body = bodyOf(draft, form.token)
    if (body === undefined || faultsOf(draft, today()).length > 0) {
      // After the faults stand beside their fields.
      requestAnimationFrame(() =>
        element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      )
      return
    }
    submit.mutate(body, {
      onSuccess: (receipt) => onHanded(receipt, photos),
      // What was typed stays; only the token is asked for anew.
      onError: (error) =>
        (isProblem(error, 'public.form-expired') || isProblem(error, 'public.form-used')) && onExpired(),
    })
  }
  return (
    <form ref={element} className={css.sheet} noValidate onSubmit={send} aria-label={t('report.title')}>
      <ThemeField {...fields} />
      <div className={css.field}>
        <label htmlFor="region">{t('field.regionCode')}</label>
        <select
          id="region"
          value={draft.regionCode ?? ''}
          {...fields.invalid('regionCode')}
          onChange={(event) =>
            fields.set({ regionCode: event.target.value === '' ? undefined : Number(event.target.value) })
          }
        >
          <option value="">{t('choose')}</option>
          {form.regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        {fields.fault('regionCode')}
      </div>
      <PlaceField {...fields} />
      <div className={css.field}>
        <label htmlFor="accused">{t('field.accused')}</label>
        <input
          id="accused"
          maxLength={100}
          value={draft.accused}
          onChange={(event) => fields.set({ accused: event.target.value })}
        />
      </div>
      <div className={css.field}>
        <label htmlFor="occurred">{t('field.occurredOn')}</label>
        <input
          id="occurred"
          type="date"
          max={today()}
          value={draft.occurredOn}
          {...fields.invalid('occurredOn')}
          onChange={(event) => fields.set({ occurredOn: event.target.value })}
        />
        {fields.fault('occurredOn')}
      </div>
      <ContentField {...fields} />
      <PhotoField photos={photos} onChange={setPhotos} />
      <PersonFields {...fields} />
      <div className={css.trap} aria-hidden="true">
        <label htmlFor="website">{t('field.website')}</label>
        <input
          id="website"
          tabIndex={-1}
          autoComplete="off"
          value={draft.website}
          onChange={(event) => fields.set({ website: event.target.value })}
        />
      </div>
      <p>{t('privacy')}</p>
      {faults.length > 0 && (
        <p className={css.fault} role="alert">
          {t('missing.some', { count: faults.length })}
        </p>
      )}
      {submit.error !== null && <PublicFault error={submit.error} />}
      <div className={css.buttons}>
        <button type="submit" className={`${css.button} ${css.primary}`} disabled={submit.isPending}>
          {t(submit.isPending ? 'report.sending' : 'report.send')}
        </button>
      </div>
    </form>
  )
}

function ThemeField({ draft, set, fault, invalid }: FieldProps) {
  const { t } = useTranslation('public')
  const official = useOfficial()
  return (
    <fieldset className={css.field}>
      <legend>{t('field.theme')}</legend>
      <div className={css.choices}>
        {complaintThemeNames.map((name: ComplaintTheme) => (
          <label key={name} className={css.choice}>
            <input
              type="radio"
              name="theme"
              checked={draft.theme === name}
              {...invalid('theme')}
              onChange={() => set({ theme: name })}
            />
            <span>
              {official(complaintThemes[name])}
              <small>{t(`example.${name}`)}</small>
            </span>
          </label>
        ))}
      </div>
      {fault('theme')}
    </fieldset>
  )
}

function ContentField({ draft, set, fault, invalid }: FieldProps) {
  const { t, i18n } = useTranslation('public')
  const hint = i18n.language === 'en' ? t('field.contentHint') : complaintContentHint
  return (
    <div className={css.field}>
      <label htmlFor="report-text">{t('field.content')}</label>
      <small id="text-hint">{hint}</small>
      <textarea
        id="report-text"
        maxLength={complaintTextLimits.content}
        value={draft.content}
        aria-describedby="text-hint"
        {...invalid('content')}
        onChange={(event) => set({ content: event.target.value })}
      />
      <small>{t('field.left', { count: complaintTextLimits.content - draft.content.length })}</small>
      {fault('content')}
    </div>
  )
}
