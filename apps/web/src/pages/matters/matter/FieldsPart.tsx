import type { MatterDetail } from '@shanshui/contract'
import type { FieldDefinition, WorkflowDefinition } from '@shanshui/workflow'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { FieldValue } from '../form/FieldValue.tsx'
import formCss from '../form/form.module.css'
import { isBlank } from '../form/formValues.ts'
import { type FieldChange, fieldHistory } from './fieldHistory.ts'
import css from './matter.module.css'

/** What has been filled in, and what stood there before. */
export function FieldsPart({ detail, def }: { detail: MatterDetail; def: WorkflowDefinition }) {
  const { t } = useTranslation('matters')
  const changes = useMemo(() => fieldHistory(detail.history), [detail.history])
  const filled = def.fields.filter(({ id }) => !isBlank(detail.fields[id]))
  return (
    <Panel title={t('fields.title')}>
      {filled.length === 0 && <p className="muted">{t('fields.none')}</p>}
      <dl className={css.list}>
        {filled.map((field) => (
          <Field
            key={field.id}
            field={field}
            value={detail.fields[field.id]}
            before={(changes.get(field.id) ?? []).slice(0, -1)}
          />
        ))}
      </dl>
    </Panel>
  )
}

interface FieldProps {
  readonly field: FieldDefinition
  readonly value: unknown
  readonly before: readonly FieldChange[]
}

function Field({ field, value, before }: FieldProps) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  return (
    <div>
      <dt>
        {official(field.title)}
        {field.internal === true && <span className={formCss.internal}>{t('form.internal')}</span>}
      </dt>
      <dd>
        <FieldValue field={field} value={value} />
        {before.length > 0 && (
          <details className="no-print">
            <summary>{t('fields.before', { count: before.length })}</summary>
            <ul className={css.before}>
              {before.map((one) => (
                <li key={one.step.seq}>
                  <span className="muted">
                    {shortTime(one.step.at)} {one.step.by?.name ?? t('platform')} {official(one.step.title)}
                  </span>{' '}
                  <FieldValue field={field} value={one.value} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </dd>
    </div>
  )
}
