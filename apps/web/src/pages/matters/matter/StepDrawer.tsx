import type { MatterDetail, MatterRefusal } from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { Button, Drawer, Input, InputNumber } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isConflict, useStepMatter } from '../../../api/matters.ts'
import { newId } from '../../../api/newId.ts'
import { isProblem } from '../../../api/problem.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { FieldsForm } from '../form/FieldsForm.tsx'
import { FieldValue } from '../form/FieldValue.tsx'
import { PartiesForm } from '../form/PartiesForm.tsx'
import { BasisBadge, BasisText } from '../parts/BasisText.tsx'
import { EvidenceChecklist, HandIn } from './EvidencePart.tsx'
import css from './matter.module.css'
import { missingLines } from './options.ts'
import {
  isReady,
  missingOf,
  nothingTyped,
  overtaken,
  type StepForm,
  stepBody,
  stepForm,
  type Typed,
  valuesOf,
} from './stepForm.ts'

interface Props {
  readonly detail: MatterDetail
  readonly def: WorkflowDefinition
  readonly transition: string
  readonly onClose: () => void
}

/** One step of a matter: a form made from its definition. What was typed outlives a conflict. */
export function StepDrawer({ detail, def, transition, onClose }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const form = stepForm(def, detail, transition)
  return (
    <Drawer
      open
      size="large"
      title={form === undefined ? t('step.unknown') : official(form.step.title)}
      onClose={onClose}
    >
      {form === undefined ? (
        <p>{t('step.unknownHint', { step: transition })}</p>
      ) : (
        <Step detail={detail} form={form} onClose={onClose} />
      )}
    </Drawer>
  )
}

interface StepProps {
  readonly detail: MatterDetail
  readonly form: StepForm
  readonly onClose: () => void
}

function Step({ detail, form, onClose }: StepProps) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const [typed, setTyped] = useState<Typed>(nothingTyped)
  const [tried, setTried] = useState(false)
  const [opened] = useState(detail.fields)
  // one act, however often its sending is tried
  const commandId = useRef(newId())
  const step = useStepMatter(detail.matter.id)
  const option = detail.options.find((one) => one.transition === form.step.id)
  if (option === undefined) {
    return (
      <div className={css.form}>
        <p role="alert">
          {t('step.gone', { state: official(detail.matter.stateTitle), step: official(form.step.title) })}
        </p>
        <Kept typed={typed} form={form} />
      </div>
    )
  }
  const missing = missingOf(form, option, detail, typed)
  const evidenceMissing = new Set(missing.evidence.map(({ demand }) => demand))
  // what the form itself can mend is said where it is mended
  const standing = option.refusals.filter(
    ({ code, what }) => code !== 'evidence' || what === undefined || !evidenceMissing.has(what),
  )
  const send = () => {
    setTried(true)
    if (!isReady(missing) || standing.length > 0) return
    step.mutate(stepBody(form, detail, typed, commandId.current), { onSuccess: onClose })
  }
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p className="muted">
        {t('action.leadsTo', { state: official(option.toTitle) })}
        {form.step.basis !== undefined && ' · '}
        <BasisText basis={form.step.basis} />
      </p>
      <Refusals refusals={standing} />
      <Conflict step={step} form={form} opened={opened} detail={detail} typed={typed} />
      {form.parties.length > 0 && (
        <PartiesForm
          parties={form.parties}
          required={form.neededParties}
          value={typed.parties}
          onChange={(parties) => setTyped({ ...typed, parties })}
          tried={tried}
        />
      )}
      <FieldsForm
        form={form.fields}
        values={valuesOf(detail, typed)}
        onChange={(values) => setTyped({ ...typed, fields: touched(values, detail, typed) })}
        tried={tried}
      />
      {option.lookBackMonths !== null && (
        <LookBack
          range={option.lookBackMonths}
          value={typed.lookBackMonths}
          onChange={(months) => setTyped(withMonths(typed, months))}
        />
      )}
      {form.evidence.length > 0 && (
        <section aria-label={t('evidence.title')}>
          <h3>{t('evidence.title')}</h3>
          <EvidenceChecklist demands={form.evidence} />
          {detail.canAddEvidence && <HandIn detail={detail} demands={form.evidence} />}
        </section>
      )}
      {option.reason && (
        <Reason
          value={typed.reason}
          onChange={(reason) => setTyped({ ...typed, reason })}
          missing={tried && missing.reason}
        />
      )}
      {tried && !isReady(missing) && (
        <p className="worse" role="alert">
          {t('step.incomplete')}
        </p>
      )}
      <div className={css.buttons}>
        <Button type="primary" htmlType="submit" disabled={standing.length > 0} loading={step.isPending}>
          {official(form.step.title)}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}

/** Of the values on screen those that differ from what the matter has, or were typed before. */
function touched(
  values: Readonly<Record<string, unknown>>,
  detail: MatterDetail,
  typed: Typed,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).filter(([id, value]) => id in typed.fields || value !== detail.fields[id]),
  )
}

function withMonths(typed: Typed, months: number | undefined): Typed {
  const { lookBackMonths: _, ...others } = typed
  return months === undefined ? others : { ...others, lookBackMonths: months }
}

function Refusals({ refusals }: { refusals: readonly MatterRefusal[] }) {
  const { t } = useTranslation('matters')
  if (refusals.length === 0) return null
  return (
    <div className={css.missing} role="alert">
      <p>{t('action.missing')}</p>
      <ul>
        {missingLines(refusals).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

interface ConflictProps extends Pick<StepProps, 'detail' | 'form'> {
  readonly step: ReturnType<typeof useStepMatter>
  readonly opened: Readonly<Record<string, unknown>>
  readonly typed: Typed
}

/** Somebody was faster: the matter was read afresh, what was typed is kept, what they wrote is shown beside it. */
function Conflict({ step, form, opened, detail, typed }: ConflictProps) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  if (step.error === null) return null
  const refused = isProblem(step.error) ? step.error.problem.refusals : undefined
  if (Array.isArray(refused)) return <Refusals refusals={refused as MatterRefusal[]} />
  if (!isConflict(step.error)) return <ErrorPanel error={step.error} what={official(form.step.title)} />
  const changed = overtaken(form, opened, detail, typed)
  const last = detail.history.at(-1)
  return (
    <div className={css.missing} role="alert">
      <p>
        {t('step.conflict', {
          who: last?.by?.name ?? t('platform'),
          what: last === undefined ? '' : official(last.title),
        })}
      </p>
      {changed.length > 0 && (
        <ul>
          {changed.map(({ field, now }) => (
            <li key={field.field.id}>
              {t('step.theirs', { field: official(field.field.title) })}{' '}
              <FieldValue field={field.field} value={now} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What was typed for a step that is no longer possible: to be copied, not to be lost. */
function Kept({ typed, form }: { typed: Typed; form: StepForm }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const kept = form.fields.filter(({ field }) => field.id in typed.fields)
  if (kept.length === 0 && typed.reason === '') return null
  return (
    <section>
      <h3>{t('step.kept')}</h3>
      <dl className={css.list}>
        {kept.map(({ field }) => (
          <div key={field.id}>
            <dt>{official(field.title)}</dt>
            <dd>
              <FieldValue field={field} value={typed.fields[field.id]} />
            </dd>
          </div>
        ))}
        {typed.reason !== '' && (
          <div>
            <dt>{t('form.reason')}</dt>
            <dd>{typed.reason}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

function Reason(props: { value: string; onChange: (reason: string) => void; missing: boolean }) {
  const { t } = useTranslation('matters')
  const id = useId()
  return (
    <div className={css.reasonField}>
      <label htmlFor={id}>
        {t('form.reason')} <span className="worse">*</span>
      </label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={4000}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.missing && (
        <p className="worse" role="alert">
          {t('form.fault.missing')}
        </p>
      )}
    </div>
  )
}

interface LookBackProps {
  readonly range: NonNullable<MatterDetail['options'][number]['lookBackMonths']>
  readonly value: number | undefined
  readonly onChange: (months: number | undefined) => void
}

/** When the remedy is looked at again. */
function LookBack({ range, value, onChange }: LookBackProps) {
  const { t } = useTranslation('matters')
  const id = useId()
  return (
    <div className={css.reasonField}>
      <label htmlFor={id}>
        {t('step.lookBack', { min: range.min, max: range.max })} <BasisBadge basis={range.basis} />
      </label>
      <InputNumber<number>
        id={id}
        min={range.min}
        max={range.max}
        precision={0}
        suffix={t('step.months')}
        value={value ?? range.default}
        onChange={(next) => onChange(next ?? undefined)}
      />
    </div>
  )
}
