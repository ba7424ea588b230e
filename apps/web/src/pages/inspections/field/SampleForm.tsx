import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../../api/newId.ts'
import { fullTime } from '../../../format/time.ts'
import css from './field.module.css'
import { entriesOf, type FieldView } from './fieldView.ts'
import { TextField } from './TextField.tsx'
import { useField } from './useField.tsx'

const lines = ['point', 'kind', 'amount', 'container', 'preservation', 'seal', 'note'] as const
type Line = (typeof lines)[number]
const needed: readonly Line[] = ['point', 'kind', 'amount', 'container', 'seal']
const empty: Readonly<Record<Line, string>> = {
  point: '',
  kind: '',
  amount: '',
  container: '',
  preservation: '',
  seal: '',
  note: '',
}

/** The sampling sheet: where, what, how much, in what, sealed with which number. */
export function SampleForm({ view }: { view: FieldView }) {
  const { t } = useTranslation('field')
  const { write } = useField()
  const [sheet, setSheet] = useState(empty)
  const samples = entriesOf(view, 'sample')
  const ready = needed.every((line) => sheet[line].trim() !== '')
  const keep = async () => {
    const { preservation, note, ...rest } = sheet
    await write({
      taskId: view.task.id,
      kind: 'sample',
      payload: {
        sampleId: newId(),
        ...rest,
        ...(preservation !== '' && { preservation }),
        ...(note !== '' && { note }),
        takenAt: new Date().toISOString(),
      },
      baseVersion: view.version,
    })
    setSheet(empty)
  }
  return (
    <details className={css.teach}>
      <summary>{t('sample.title', { count: samples.length })}</summary>
      <div>
        {samples.map(({ key, value, at }) => (
          <p key={key}>
            {String(value.point)} · {String(value.kind)} · {String(value.amount)} · {t('sample.line.seal')}{' '}
            {String(value.seal)} · {fullTime(at)}
          </p>
        ))}
        {lines.map((line) => (
          <TextField
            key={line}
            label={`${t(`sample.line.${line}`)}${needed.includes(line) ? '' : t('optional')}`}
            value={sheet[line]}
            onChange={(value) => setSheet({ ...sheet, [line]: value })}
          />
        ))}
        <button type="button" className={css.primary} disabled={!ready} onClick={() => void keep()}>
          {t('sample.keep')}
        </button>
      </div>
    </details>
  )
}
