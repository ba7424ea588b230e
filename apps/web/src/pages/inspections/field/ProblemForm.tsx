import { checklistThemes } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../../api/newId.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './field.module.css'
import { entriesOf, type FieldView } from './fieldView.ts'
import { fixOrNothing } from './fix.ts'
import { TextField } from './TextField.tsx'
import { useField } from './useField.tsx'

/** A problem that was found gets its number when it arrives at the server, and is followed to its end there. */
export function ProblemForm({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { write, states } = useField()
  const { task } = view
  const themes = task.checklists.length > 0 ? task.checklists : ['permit']
  const [title, setTitle] = useState('')
  const [detail, setDetail] = useState('')
  const [theme, setTheme] = useState(themes[0] ?? 'permit')
  const problems = entriesOf(view, 'problem')
  const numbers = new Map((states.get(task.id)?.problems ?? []).map(({ key, number }) => [key, number]))
  const keep = async () => {
    const fix = await fixOrNothing()
    await write({
      taskId: task.id,
      kind: 'problem',
      payload: {
        problemKey: newId(),
        title: title.trim(),
        detail: detail.trim(),
        theme,
        featureId: task.enterprise?.id ?? null,
        lon: fix?.lon ?? null,
        lat: fix?.lat ?? null,
      },
      baseVersion: view.version,
    })
    setTitle('')
    setDetail('')
  }
  return (
    <details className={css.teach} open={problems.length > 0}>
      <summary>{t('problem.title', { count: problems.length })}</summary>
      <div>
        {problems.map(({ key, value, saved }) => (
          <p key={key}>
            <strong className={css.bad}>{String(value.title)}</strong> {String(value.detail ?? '')}{' '}
            <span className={css.muted}>
              {numbers.get(key) ?? t(saved === 'server' ? 'problem.sent' : 'problem.kept')}
            </span>
          </p>
        ))}
        <TextField label={t('problem.what')} value={title} onChange={setTitle} />
        <TextField label={t('problem.detail')} value={detail} onChange={setDetail} long />
        <label className={css.label}>
          {t('problem.theme')}
          <select className={css.input} value={theme} onChange={(event) => setTheme(event.target.value)}>
            {themes.map((one) => (
              <option key={one} value={one}>
                {one in checklistThemes
                  ? official(checklistThemes[one as keyof typeof checklistThemes])
                  : one}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className={css.primary}
          disabled={title.trim().length < 2}
          onClick={() => void keep()}
        >
          {t('problem.keep')}
        </button>
      </div>
    </details>
  )
}
