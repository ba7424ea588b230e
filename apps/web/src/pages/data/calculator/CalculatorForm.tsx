import type { EvaluatorDetail } from '@shanshui/contract'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEvaluate } from '../../../api/evaluators.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import css from './calculator.module.css'
import { type Field, FieldFault, fieldsOf, inputOf } from './fields.ts'
import { Outcome } from './Outcome.tsx'

/** One input by hand; the command line takes whole files. */
export function CalculatorForm({ evaluator }: { evaluator: EvaluatorDetail }) {
  const { t } = useTranslation('data')
  const fields = useMemo(() => fieldsOf(evaluator.inputSchema), [evaluator.inputSchema])
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [edition, setEdition] = useState('')
  const [fault, setFault] = useState<FieldFault>()
  const evaluate = useEvaluate(evaluator.id)
  const editionId = useId()

  function submit(event: FormEvent): void {
    event.preventDefault()
    setFault(undefined)
    try {
      evaluate.mutate({ input: inputOf(fields, typed), edition })
    } catch (error) {
      if (!(error instanceof FieldFault)) throw error
      setFault(error)
    }
  }

  const outcome = evaluate.data?.outcomes[0]
  return (
    <>
      <form className={css.form} onSubmit={submit}>
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={typed[field.name] ?? ''}
            faulty={fault?.field.name === field.name}
            onChange={(text) => setTyped((before) => ({ ...before, [field.name]: text }))}
          />
        ))}
        {evaluator.editions.length > 0 && (
          <div className={css.field}>
            <label htmlFor={editionId}>{t('calculator.edition')}</label>
            <Select
              id={editionId}
              value={edition}
              options={[
                { value: '', label: t('calculator.byDate') },
                ...evaluator.editions.map((value) => ({
                  value,
                  label: t(`edition.${value}`, { defaultValue: value }),
                })),
              ]}
              onChange={setEdition}
            />
          </div>
        )}
        <div className={css.submit}>
          <Button type="primary" htmlType="submit" loading={evaluate.isPending}>
            {t('calculator.run')}
          </Button>
          {fault !== undefined && (
            <span className="worse" role="alert">
              {t('calculator.unreadable', { field: fault.field.description, text: fault.text })}
            </span>
          )}
        </div>
      </form>
      {evaluate.isError && <ErrorPanel error={evaluate.error} what={evaluator.title.zh} />}
      {outcome !== undefined && <Outcome outcome={outcome} />}
      <p className={`muted ${css.hint}`}>
        {t('calculator.commandLine')}{' '}
        <code className="mono">{`npx shanshui evaluate ${evaluator.id} < 输入.csv`}</code>
      </p>
    </>
  )
}

interface FieldProps {
  readonly field: Field
  readonly value: string
  readonly faulty: boolean
  readonly onChange: (text: string) => void
}

function FieldInput({ field, value, faulty, onChange }: FieldProps) {
  const { t } = useTranslation('data')
  const status = faulty ? ({ status: 'error' } as const) : {}
  const id = useId()
  const wide = field.kind === 'list' || field.kind === 'json'
  return (
    <div className={wide ? css.wide : css.field}>
      <label htmlFor={id}>
        {field.description}
        {field.required && <b aria-hidden="true"> *</b>}
        <span className={`mono muted ${css.id}`}>{field.name}</span>
      </label>
      {field.kind === 'choices' ? (
        <Select<string[]>
          id={id}
          mode="multiple"
          value={value === '' ? [] : value.split(',')}
          options={field.choices.map((one) => ({ value: String(one), label: String(one) }))}
          onChange={(next) => onChange(next.join(','))}
          {...status}
        />
      ) : field.kind === 'choice' || field.kind === 'boolean' ? (
        <Select
          id={id}
          allowClear
          value={value === '' ? null : value}
          options={(field.kind === 'boolean' ? ['true', 'false'] : field.choices).map((one) => ({
            value: String(one),
            label: String(one),
          }))}
          onChange={(next: string | null | undefined) => onChange(next ?? '')}
          {...status}
        />
      ) : wide ? (
        <Input.TextArea
          id={id}
          rows={3}
          placeholder={t(`calculator.placeholder.${field.kind}`)}
          value={value}
          required={field.required}
          onChange={(event) => onChange(event.target.value)}
          {...status}
        />
      ) : (
        <Input
          id={id}
          type={field.kind === 'date' ? 'date' : 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : 'text'}
          value={value}
          required={field.required}
          onChange={(event) => onChange(event.target.value)}
          {...status}
        />
      )}
    </div>
  )
}
