import type { LeadRule, LeadRuleInput, RuleParameter } from '@shanshui/contract'
import { Button, Drawer, Input, InputNumber, Switch } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeLeadRule, useLeadRuleHistory } from '../../../api/leadRules.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import css from './rules.module.css'

interface Props {
  readonly rule: LeadRule
  readonly onClose: () => void
}

/** A threshold that the rule's own method holds is shown, not asked for. */
const isFixed = (parameter: RuleParameter) => parameter.min !== null && parameter.min === parameter.max

/** What a rule looks at, where it comes from, how it fares; thresholds, and who changed them. */
export function RuleDrawer({ rule, onClose }: Props) {
  const { t } = useTranslation('rules')
  const official = useOfficial()
  const { may } = useSession()
  const fixed = rule.parameters.filter(isFixed)
  return (
    <Drawer
      open
      size="large"
      title={`${rule.id} ${official({ zh: rule.title, en: rule.titleEn })}`}
      onClose={onClose}
    >
      <dl className={css.explain}>
        <dt className="muted">{t('what')}</dt>
        <dd>{rule.description}</dd>
        <dt className="muted">{t('condition')}</dt>
        <dd>{rule.conditionText}</dd>
        <dt className="muted">{t('column.clause')}</dt>
        <dd>
          {rule.clause}{' '}
          {(rule.status === 'unverified' || rule.status === 'one-source') && (
            <Unverified source={rule.clause} />
          )}
        </dd>
        <dt className="muted">{t('column.status')}</dt>
        <dd>{t(`status.${rule.status}`)}</dd>
        {rule.statistics.suggestionText !== null && (
          <>
            <dt className="muted">{t('column.suggestion')}</dt>
            <dd>{rule.statistics.suggestionText}</dd>
          </>
        )}
      </dl>
      {fixed.length > 0 && (
        <details className={css.fixed}>
          <summary>{t('fixed', { count: fixed.length })}</summary>
          <ul>
            {fixed.map((parameter) => (
              <li key={parameter.name}>
                {parameter.zh}：{parameter.value} {parameter.unit}
              </li>
            ))}
          </ul>
        </details>
      )}
      {may('rule:write') && <RuleForm rule={rule} onDone={onClose} />}
      <RuleHistory id={rule.id} />
    </Drawer>
  )
}

function RuleForm({ rule, onDone }: { rule: LeadRule; onDone: () => void }) {
  const { t } = useTranslation('rules')
  const official = useOfficial()
  const id = useId()
  const change = useChangeLeadRule()
  const own = rule.parameters.filter((parameter) => !isFixed(parameter))
  const [values, setValues] = useState(() => new Map(own.map((p) => [p.name, p.value])))
  const [enabled, setEnabled] = useState(rule.enabled)
  const [weight, setWeight] = useState<number | null>(rule.weight)
  const [calm, setCalm] = useState<number | null>(rule.calmAfterHours)
  const [followUp, setFollowUp] = useState<number | null>(rule.followUpHours)
  const [escalate, setEscalate] = useState<number | null>(rule.escalateHours)
  const [reason, setReason] = useState('')
  const complete =
    weight !== null && calm !== null && followUp !== null && escalate !== null && reason.trim().length >= 2

  function save(): void {
    if (weight === null || calm === null || followUp === null || escalate === null) return
    const body: LeadRuleInput = {
      version: rule.version,
      enabled,
      weight,
      calmAfterHours: calm,
      followUpHours: followUp,
      escalateHours: escalate,
      parameters: Object.fromEntries(values),
      reason: reason.trim(),
    }
    change.mutate({ id: rule.id, body }, { onSuccess: onDone })
  }

  const number = (
    name: string,
    label: string,
    value: number | null,
    set: (value: number | null) => void,
    limits: { min?: number; max?: number },
  ) => (
    <>
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <InputNumber id={`${id}-${name}`} value={value} onChange={set} style={{ width: '100%' }} {...limits} />
    </>
  )
  return (
    <>
      <div className={css.form}>
        <label htmlFor={`${id}-on`}>{t('column.enabled')}</label>
        <Switch id={`${id}-on`} checked={enabled} onChange={setEnabled} />
        {own.map((parameter) => (
          <div key={parameter.name} style={{ display: 'contents' }}>
            {number(
              parameter.name,
              `${official(parameter)}${parameter.unit === '' ? '' : `（${parameter.unit}）`}`,
              values.get(parameter.name) ?? parameter.value,
              (value) =>
                setValues((before) => new Map(before).set(parameter.name, value ?? parameter.default)),
              { min: parameter.min ?? -1e9, max: parameter.max ?? 1e9 },
            )}
          </div>
        ))}
        {number('weight', t('column.weight'), weight, setWeight, { min: 0.01, max: 0.6 })}
        {number('calm', t('calmAfter'), calm, setCalm, { min: 0, max: 2160 })}
        {number('follow', t('followUp'), followUp, setFollowUp, { min: 1, max: 2160 })}
        {number('escalate', t('escalate'), escalate, setEscalate, { min: 1, max: 2160 })}
        <label htmlFor={`${id}-why`} className={css.wide}>
          {t('reason')}
        </label>
        <Input
          id={`${id}-why`}
          className={css.wide ?? ''}
          value={reason}
          maxLength={400}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <div className={css.saved}>
        <Button type="primary" disabled={!complete} loading={change.isPending} onClick={save}>
          {t('save')}
        </Button>
      </div>
      {change.error !== null && <ErrorPanel error={change.error} what={t('save')} />}
    </>
  )
}

function RuleHistory({ id }: { id: string }) {
  const { t } = useTranslation('rules')
  const query = useLeadRuleHistory(id)
  return (
    <section aria-label={t('history')}>
      <h3>{t('history')}</h3>
      <Async query={query} what={t('history')} rows={3} isEmpty={(data) => data.items.length === 0}>
        {(data) => (
          <ol className={css.history}>
            {data.items.map((revision) => (
              <li key={revision.version}>
                {shortTime(revision.changedAt)} · {revision.changedBy ?? t('system')} · {revision.reason}
                <br />
                <span className="muted">
                  {t(revision.enabled ? 'on' : 'off')} · w {revision.weight} · {revision.conditionText}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Async>
    </section>
  )
}
