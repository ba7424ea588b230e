import { actLevels, leadLevels, leadLevelTitles, leadStates, leadStateTitles } from '@shanshui/contract'
import { Button, Input, Segmented, Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadRefresh, useLeadSummary } from '../../../api/leads.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { BulkDismissal } from './BulkDismissal.tsx'
import { LeadCase } from './LeadCase.tsx'
import { LeadList } from './LeadList.tsx'
import css from './triage.module.css'
import { type Decision, useDecision } from './useDecision.ts'
import { useKeys } from './useKeys.ts'
import { type Grouping, groupings, type Triage, useTriage } from './useTriage.ts'

/** Which three do I act on now? Left the list, right the case; on a phone one after the other. */
export function TriagePage() {
  const { t } = useTranslation('leads')
  const { may } = useSession()
  const canDecide = may('lead:handle')
  const triage = useTriage()
  useLeadRefresh()
  const decision = useDecision(triage)
  const { lead } = triage.state
  useFirstLead(triage)
  useTriageKeys(triage, canDecide, decision)
  return (
    <Page
      title={t('title')}
      note={<Summary level={triage.state.level} />}
      tools={<Tools triage={triage} canDecide={canDecide} />}
    >
      <div className={`${css.triage} ${lead > 0 ? css.withCase : ''}`}>
        <Panel className={css.left} label={t('list')}>
          <Async
            query={triage.query}
            what={t('list')}
            rows={12}
            isEmpty={() => triage.order.length === 0}
            empty={<Empty title={t('empty')} hint={t('emptyHint')} />}
          >
            {() => <LeadList triage={triage} canDecide={canDecide} />}
          </Async>
        </Panel>
        <Panel className={css.right} label={t('case')}>
          {lead === 0 ? (
            <Empty title={t('choose')} hint={canDecide ? t('keys') : undefined} />
          ) : (
            <>
              <nav className={css.back}>
                <Button size="small" onClick={() => triage.change({ lead: 0 })}>
                  {t('back')}
                </Button>
                <Button
                  size="small"
                  disabled={triage.order.at(-1)?.id === lead}
                  onClick={() => triage.step(1)}
                >
                  {t('next')}
                </Button>
              </nav>
              <LeadCase key={lead} id={lead} decision={decision} />
            </>
          )}
        </Panel>
      </div>
    </Page>
  )
}

/** On a wide screen the first lead is open at once; on a phone the list comes first. */
function useFirstLead(triage: Triage): void {
  const first = triage.order[0]?.id
  const { lead } = triage.state
  useEffect(() => {
    if (lead === 0 && first !== undefined && window.matchMedia('(min-width: 900px)').matches)
      triage.open(first)
  }, [lead, first, triage.open])
}

function useTriageKeys(triage: Triage, canDecide: boolean, { write, run }: Decision): void {
  const lead = triage.order.find((one) => one.id === triage.state.lead)
  useKeys({
    j: () => triage.step(1),
    k: () => triage.step(-1),
    ...(canDecide && lead !== undefined
      ? {
          d: () => write('dismiss'),
          a: () => run(lead, { kind: 'acknowledge' }),
          w: () => run(lead, { kind: 'watch' }),
          x: () => triage.tick([lead.id], !triage.ticked.has(lead.id)),
          enter: () => write('confirm'),
        }
      : {}),
  })
}

function Summary({ level }: { level: Triage['state']['level'] }) {
  const { t } = useTranslation('leads')
  const { data } = useLeadSummary()
  if (data === undefined) return null
  const active = data.open + data.acknowledged + data.watching
  return (
    <>
      {t('summary', { active, plants: data.plants, high: data.high })}
      {data.overdue > 0 && (
        <span className={css.overdue}> · {t('overdueCount', { count: data.overdue })}</span>
      )}
      {level === actLevels && data.watch > 0 && ` · ${t('watchHidden', { count: data.watch })}`}
      {` · ${t('today', { opened: data.openedToday, decided: data.decidedToday })}`}
    </>
  )
}

function Tools({ triage, canDecide }: { triage: Triage; canDecide: boolean }) {
  const { t } = useTranslation('leads')
  const official = useOfficial()
  const { state, change } = triage
  return (
    <>
      {canDecide && <BulkDismissal triage={triage} />}
      <Segmented<Grouping>
        size="small"
        aria-label={t('by.title')}
        value={triage.grouped || state.by !== 'plants' ? state.by : 'rank'}
        options={groupings.map((value) => ({
          value,
          label: t(`by.${value}`),
          disabled: value === 'plants' && state.state !== 'active',
        }))}
        onChange={(by) => change({ by })}
      />
      <Select
        size="small"
        aria-label={t('state')}
        value={state.state}
        popupMatchSelectWidth={false}
        onChange={(next) => change({ state: next, lead: 0 })}
        options={[
          { value: 'active' as const, label: t('active') },
          ...leadStates.map((value) => ({
            value,
            label: official(leadStateTitles[value]),
          })),
          { value: 'all' as const, label: t('all') },
        ]}
      />
      <Select
        size="small"
        aria-label={t('level')}
        value={state.level}
        popupMatchSelectWidth={false}
        onChange={(level) => change({ level, lead: 0 })}
        options={[
          { value: actLevels, label: t('actLevels') },
          { value: '' as const, label: t('anyLevel') },
          ...leadLevels.map((value) => ({
            value,
            label: official(leadLevelTitles[value]),
          })),
        ]}
      />
      <Input.Search
        size="small"
        className={css.search ?? ''}
        allowClear
        aria-label={t('search')}
        placeholder={t('search')}
        defaultValue={state.q}
        onSearch={(q) => change({ q: q.trim(), lead: 0 })}
      />
    </>
  )
}
