import { drillForms } from '@shanshui/contract'
import { Button, Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateField, Field, NumberField, TextField } from '../../sources/totals/Field.tsx'
import css from '../work.module.css'
import { noMoment, noProblem, type TrainingDraft } from './draft.ts'
import { WordField } from './WordField.tsx'

interface Props {
  readonly draft: TrainingDraft
  readonly onChange: (patch: Partial<TrainingDraft>) => void
}

/** What a drill has beyond a training: scenario, what happened when, judgement, problems. */
export function DrillFields({ draft, onChange }: Props) {
  const { t } = useTranslation('bureau')
  return (
    <>
      <WordField
        label={t('drill.form')}
        words={drillForms}
        value={draft.form}
        onChange={(form) => onChange({ form })}
      />
      <TextField
        label={t('drill.scenario')}
        maxLength={500}
        value={draft.scenario}
        onChange={(scenario) => onChange({ scenario })}
      />
      <TextField
        label={t('drill.planVersion')}
        maxLength={100}
        value={draft.planVersion}
        onChange={(planVersion) => onChange({ planVersion })}
      />
      <Rows
        title={(number) => t('drill.moment', { number })}
        add={t('drill.addMoment')}
        rows={draft.timeline}
        none={noMoment}
        onChange={(timeline) => onChange({ timeline })}
      >
        {(row, change) => (
          <>
            <TextField
              label={t('drill.what')}
              maxLength={100}
              value={row.what}
              onChange={(what) => change({ what })}
            />
            <NumberField
              label={t('drill.target')}
              value={row.targetMinutes}
              onChange={(targetMinutes) => change({ targetMinutes })}
            />
            <NumberField
              label={t('drill.actual')}
              value={row.actualMinutes}
              onChange={(actualMinutes) => change({ actualMinutes })}
            />
          </>
        )}
      </Rows>
      <Field label={t('drill.evaluation')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={4000}
            value={draft.evaluation}
            onChange={(event) => onChange({ evaluation: event.target.value })}
          />
        )}
      </Field>
      <Rows
        title={(number) => t('drill.problem', { number })}
        add={t('drill.addProblem')}
        rows={draft.problems}
        none={noProblem}
        onChange={(problems) => onChange({ problems })}
      >
        {(row, change) => (
          <>
            <TextField
              label={t('drill.text')}
              maxLength={500}
              value={row.text}
              onChange={(text) => change({ text })}
            />
            <TextField
              label={t('drill.revision')}
              maxLength={500}
              value={row.revision}
              onChange={(revision) => change({ revision })}
            />
            <DateField
              label={t('drill.closedOn')}
              value={row.closedOn}
              onChange={(closedOn) => change({ closedOn })}
            />
          </>
        )}
      </Rows>
    </>
  )
}

interface RowsProps<R> {
  readonly title: (number: number) => string
  readonly add: string
  readonly rows: readonly R[]
  readonly none: R
  readonly onChange: (rows: readonly R[]) => void
  readonly children: (row: R, change: (patch: Partial<R>) => void) => ReactNode
}

const LONGEST = 50

/** Rows of a form that may be added; one left blank is not sent. */
function Rows<R>({ title, add, rows, none, onChange, children }: RowsProps<R>) {
  return (
    <>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end and have no name of their own
        <fieldset key={index} className={css.part}>
          <legend>{title(index + 1)}</legend>
          {children(row, (patch) =>
            onChange(rows.map((one, at) => (at === index ? { ...one, ...patch } : one))),
          )}
        </fieldset>
      ))}
      <div>
        <Button size="small" disabled={rows.length >= LONGEST} onClick={() => onChange([...rows, none])}>
          {add}
        </Button>
      </div>
    </>
  )
}
