import type { Lead } from '@shanshui/contract'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { age, toMs } from '../../../format/time.ts'
import { outletName } from '../../sources/parts/names.ts'
import { LevelMark } from './LeadMarks.tsx'
import css from './triage.module.css'
import type { LeadGroup, Triage } from './useTriage.ts'

/** Which three do I act on now? By plant, the most urgent first. */
export function LeadList({ triage, canDecide }: { triage: Triage; canDecide: boolean }) {
  const { t } = useTranslation('leads')
  return (
    <div className={css.list}>
      {triage.groups.map((group) => (
        <section key={group.key} aria-label={group.title ?? t('list')}>
          {group.title !== undefined && <GroupHead group={group} triage={triage} canDecide={canDecide} />}
          <ol className={css.rows}>
            {group.leads.map((lead) => (
              <Row
                key={lead.id}
                lead={lead}
                triage={triage}
                canDecide={canDecide}
                withPlant={group.title === undefined}
              />
            ))}
          </ol>
          {group.count > group.leads.length && (
            <p className={css.rest}>{t('restOfPlant', { count: group.count - group.leads.length })}</p>
          )}
        </section>
      ))}
      {triage.paging.next !== null && (
        <Button size="small" loading={triage.paging.loading} onClick={triage.paging.onMore}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

interface HeadProps {
  readonly group: LeadGroup
  readonly triage: Triage
  readonly canDecide: boolean
}

function GroupHead({ group, triage, canDecide }: HeadProps) {
  const { t } = useTranslation('leads')
  const ids = group.leads.map((lead) => lead.id)
  const all = ids.every((id) => triage.ticked.has(id))
  return (
    <header className={css.groupHead}>
      {canDecide && (
        <input
          type="checkbox"
          aria-label={t('tickPlant', { name: group.title })}
          checked={all}
          onChange={() => triage.tick(ids, !all)}
        />
      )}
      <h3>{group.title}</h3>
      <span className="muted">{t('countOfPlant', { count: group.count })}</span>
    </header>
  )
}

interface RowProps {
  readonly lead: Lead
  readonly triage: Triage
  readonly canDecide: boolean
  readonly withPlant: boolean
}

function Row({ lead, triage, canDecide, withPlant }: RowProps) {
  const { t } = useTranslation('leads')
  const chosen = triage.state.lead === lead.id
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const where = [
    withPlant ? lead.enterprise?.name : undefined,
    outletName(lead.feature.name, lead.enterprise?.name ?? ''),
    lead.factorName,
  ]
    .filter((part) => part != null && part !== '')
    .join(' · ')
  return (
    <li ref={row} className={`${css.row} ${chosen ? css.chosen : ''}`} aria-current={chosen || undefined}>
      {canDecide && (
        <input
          type="checkbox"
          aria-label={t('tick', { rule: lead.rule.title, name: lead.feature.name })}
          checked={triage.ticked.has(lead.id)}
          onChange={(event) => triage.tick([lead.id], event.target.checked)}
        />
      )}
      <button type="button" className={`plain-button ${css.rowButton}`} onClick={() => triage.open(lead.id)}>
        <span className={css.rowFirst}>
          <LevelMark level={lead.level} />
          <strong>{lead.rule.title}</strong>
          <span className={css.score}>{lead.score.toFixed(2)}</span>
        </span>
        <span className={css.rowSecond}>
          <span className={css.where}>{where}</span>
          <Age lead={lead} />
        </span>
      </button>
    </li>
  )
}

function Age({ lead }: { lead: Lead }) {
  const { t, i18n } = useTranslation('leads')
  const { value, unit } = age(toMs(lead.openedAt), Date.now())
  const text = new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto', style: 'short' }).format(
    -value,
    unit,
  )
  return (
    <span className={lead.overdue ? css.overdue : 'muted'}>
      {lead.overdue ? `${t('overdue')} · ${text}` : text}
    </span>
  )
}
