import { type ReductionType, reductionTypes } from '@shanshui/contract'
import { projectReduction, reductionKinds } from '@shanshui/standards'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFeatures } from '../../../api/registry.ts'
import { useCreateProject } from '../../../api/totals.ts'
import { Unverified } from '../../../components/Unverified.tsx'
import { formatNumber } from '../../../format/number.ts'
import { DateField, Field, NumberField, TextField } from './Field.tsx'
import { FormDrawer } from './FormDrawer.tsx'
import { PollutantField } from './PollutantField.tsx'

interface Words {
  readonly code: string
  readonly name: string
  readonly facility: string
  readonly completedOn: string
  readonly before: string
  readonly after: string
  readonly references: string
  readonly evidence: string
  readonly evidenceReference: string
}
const noWords: Words = {
  code: '',
  name: '',
  facility: '',
  completedOn: '',
  before: '',
  after: '',
  references: '',
  evidence: '',
  evidenceReference: '',
}

/** A project with its calculation; the same evaluator as the server's shows the result while it is written. */
export function ProjectForm({ year, onClose }: { year: number; onClose: (claimId?: number) => void }) {
  const { t } = useTranslation('totals')
  const create = useCreateProject()
  const outlets = useFeatures('outlet')
  const enterprises = useFeatures('enterprise')
  const [type, setType] = useState<ReductionType>('retrofit-auto')
  const [subject, setSubject] = useState<number>()
  const [pollutant, setPollutant] = useState('NOx')
  const [words, setWords] = useState<Words>(noWords)
  const [numbers, setNumbers] = useState<Readonly<Record<string, number>>>({})
  const kind = reductionKinds.value[type]
  const names = kind.monthly ? [...kind.inputs, 'months'] : kind.inputs
  const inputs = Object.fromEntries(
    names.flatMap((name) => (numbers[name] === undefined ? [] : [[name, numbers[name]]])),
  )
  const { months, ...rest } = inputs
  const outcome = projectReduction(type, rest, months)
  const ready =
    subject !== undefined && words.code.trim().length >= 2 && words.name.trim().length >= 2 && outcome.ok
  const text = (key: keyof Words, label: string) => (
    <TextField
      label={label}
      maxLength={200}
      value={words[key]}
      onChange={(value) => setWords({ ...words, [key]: value })}
    />
  )
  function save(): void {
    if (subject === undefined) return
    const evidence =
      words.evidence.trim() === '' || words.evidenceReference.trim() === ''
        ? []
        : [{ title: words.evidence.trim(), reference: words.evidenceReference.trim() }]
    const inputReferences = words.references
      .split(/[;；]/)
      .flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
    create.mutate(
      {
        project: {
          code: words.code.trim(),
          name: words.name.trim(),
          type,
          subjectId: subject,
          facility: words.facility.trim(),
          completedOn: words.completedOn === '' ? null : words.completedOn,
          processBefore: words.before === '' ? null : words.before,
          processAfter: words.after === '' ? null : words.after,
        },
        claims: [{ pollutant: pollutant.trim(), year, inputs, inputReferences, evidence }],
      },
      { onSuccess: (made) => onClose(made.claims[0]?.id) },
    )
  }
  const subjects = [...(enterprises.data?.items ?? []), ...(outlets.data?.items ?? [])]
  return (
    <FormDrawer
      what={t('form.project', { year })}
      large
      ready={ready}
      saving={create}
      onSave={save}
      onClose={() => onClose()}
    >
      {text('code', t('column.code'))}
      {text('name', t('column.project'))}
      <Field label={t('column.subject')}>
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            value={subject}
            options={subjects.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setSubject}
          />
        )}
      </Field>
      {text('facility', t('form.facility'))}
      <Field label={t('column.type')}>
        {(id) => (
          <Select<ReductionType>
            id={id}
            value={type}
            options={reductionTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
            onChange={setType}
          />
        )}
      </Field>
      <PollutantField value={pollutant} onChange={setPollutant} />
      <p className="muted">
        {formulaInWords(kind.text, kind.inputs, (name) => t(`input.${name}`))}{' '}
        <Unverified source={reductionKinds.source} />
      </p>
      {names.map((name) => (
        <NumberField
          key={name}
          label={t(`input.${name}`)}
          value={numbers[name] ?? null}
          onChange={(value) => {
            const { [name]: _, ...others } = numbers
            setNumbers(value === null ? others : { ...others, [name]: value })
          }}
        />
      ))}
      <p role="status">
        {outcome.ok
          ? t('form.result', {
              tonnes: formatNumber(outcome.value.tonnes, 3),
              next: formatNumber(outcome.value.nextYear, 3),
            })
          : t('form.incomplete')}
      </p>
      <DateField
        label={t('form.completedOn')}
        value={words.completedOn}
        onChange={(completedOn) => setWords({ ...words, completedOn })}
      />
      {text('before', t('form.before'))}
      {text('after', t('form.after'))}
      {text('references', t('form.references'))}
      {text('evidence', t('form.evidence'))}
      {text('evidenceReference', t('form.evidenceReference'))}
    </FormDrawer>
  )
}

/** The formula with the labels of its inputs, without their units. */
function formulaInWords(text: string, names: readonly string[], label: (name: string) => string): string {
  return names.reduce(
    (words, name) =>
      words.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), label(name).split(/[，,]/)[0] ?? name),
    text,
  )
}
