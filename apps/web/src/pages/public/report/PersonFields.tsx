import { useTranslation } from 'react-i18next'
import css from '../public.module.css'
import type { FieldProps } from './ReportForm.tsx'

/** Named or anonymous: what each means stands beside it. */
export function PersonFields({ draft, set, fault, invalid }: FieldProps) {
  const { t } = useTranslation('public')
  return (
    <>
      <fieldset className={css.field}>
        <legend>{t('field.named')}</legend>
        <div className={css.choices}>
          {[true, false].map((named) => (
            <label key={String(named)} className={css.choice}>
              <input
                type="radio"
                name="named"
                checked={draft.named === named}
                onChange={() => set({ named })}
              />
              <span>
                {t(named ? 'field.namedYes' : 'field.namedNo')}
                <small>{t(named ? 'field.namedYesHint' : 'field.namedNoHint')}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {draft.named && (
        <>
          <div className={css.field}>
            <label htmlFor="name">{t('field.name')}</label>
            <input
              id="name"
              autoComplete="name"
              maxLength={60}
              value={draft.name}
              {...invalid('name')}
              onChange={(event) => set({ name: event.target.value })}
            />
            {fault('name')}
          </div>
          <div className={css.field}>
            <label htmlFor="phone">{t('field.phone')}</label>
            <input
              id="phone"
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              maxLength={40}
              value={draft.phone}
              {...invalid('phone')}
              onChange={(event) => set({ phone: event.target.value })}
            />
            {fault('phone')}
          </div>
        </>
      )}
    </>
  )
}
