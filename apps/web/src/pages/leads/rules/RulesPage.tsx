import type { LeadRule } from '@shanshui/contract'
import { Button, Tooltip } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useLeadRules, useStartScan } from '../../../api/leadRules.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { Outcomes } from './Outcomes.tsx'
import { precisionText } from './precisionText.ts'
import { RuleDrawer } from './RuleDrawer.tsx'
import css from './rules.module.css'
import { Trend } from './Trend.tsx'

const views = ['rules', 'operators', 'regions'] as const
const params = {
  view: choiceParam(views, 'rules'),
  rule: textParam(''),
  job: integerParam(0, 0),
} as const

/** Which rules are worth the time of an officer, and which are not? */
export function RulesPage() {
  const { t } = useTranslation('rules')
  const { may } = useSession()
  const [state, change] = useAddress(params)
  const query = useLeadRules()
  const scan = useStartScan()
  const opened = query.data?.items.find((rule) => rule.id === state.rule)
  return (
    <Page
      title={t('title')}
      note={t('note')}
      tools={
        <div className={css.tools}>
          <ViewSwitch
            label={t('view.label')}
            views={views}
            view={state.view}
            name={(view) => t(`view.${view}`)}
            onChange={(view) => change({ view })}
          />
          {may('rule:write') && (
            <Button
              size="small"
              loading={scan.isPending}
              onClick={() => scan.mutate({}, { onSuccess: ({ jobId }) => change({ job: jobId }) })}
            >
              {t('scan')}
            </Button>
          )}
        </div>
      }
    >
      {state.job !== 0 && <JobProgress jobId={state.job} />}
      {scan.error !== null && <ErrorPanel error={scan.error} what={t('scan')} />}
      <Panel>
        {state.view === 'rules' ? (
          <Async query={query} what={t('title')} isEmpty={(data) => data.items.length === 0}>
            {(data) => (
              <RuleTable
                rules={data.items}
                selected={state.rule}
                onOpen={(rule) => change({ rule: rule.id })}
              />
            )}
          </Async>
        ) : (
          <Outcomes by={state.view} />
        )}
      </Panel>
      {opened !== undefined && (
        <RuleDrawer
          key={`${opened.id}/${opened.version}`}
          rule={opened}
          onClose={() => change({ rule: '' })}
        />
      )}
    </Page>
  )
}

interface TableProps {
  readonly rules: readonly LeadRule[]
  readonly selected: string
  readonly onOpen: (rule: LeadRule) => void
}

function RuleTable({ rules, selected, onOpen }: TableProps) {
  const { t, i18n } = useTranslation('rules')
  const english = i18n.language === 'en'
  const columns = useMemo<readonly Column<LeadRule>[]>(
    () => [
      { key: 'id', title: t('column.id'), value: (rule) => rule.id, oneLine: true },
      {
        key: 'title',
        title: t('column.title'),
        value: (rule) => (english ? rule.titleEn : rule.title),
        render: (rule) => (
          <span className={rule.enabled ? css.title : css.off}>
            {english ? rule.titleEn : rule.title}{' '}
            {(rule.status === 'unverified' || rule.status === 'one-source') && (
              <Unverified source={rule.clause} />
            )}
          </span>
        ),
      },
      {
        key: 'kind',
        title: t('column.kind'),
        value: (rule) => t(`kind.${rule.kind}`),
        choices: true,
        oneLine: true,
      },
      {
        key: 'family',
        title: t('column.family'),
        value: (rule) => t(`family.${rule.family}`),
        choices: true,
      },
      {
        key: 'enabled',
        title: t('column.enabled'),
        value: (rule) => t(rule.enabled ? 'on' : 'off'),
        choices: true,
      },
      { key: 'weight', title: t('column.weight'), decimals: 2, value: (rule) => rule.weight },
      { key: 'hits', title: t('column.hits'), decimals: 0, value: (rule) => rule.statistics.hits },
      { key: 'open', title: t('column.open'), decimals: 0, value: (rule) => rule.statistics.open },
      {
        key: 'precision',
        title: t('column.precision'),
        align: 'right',
        oneLine: true,
        value: (rule) => rule.statistics.precision,
        render: (rule) => precisionText(rule.statistics),
      },
      {
        key: 'judged',
        title: t('column.judged'),
        align: 'right',
        oneLine: true,
        value: (rule) => rule.statistics.confirmed + rule.statistics.notConfirmed,
        render: (rule) => `${rule.statistics.confirmed} / ${rule.statistics.notConfirmed}`,
      },
      {
        key: 'trend',
        title: t('column.trend'),
        value: (rule) => rule.statistics.trend.map((month) => month.hits).join(' '),
        render: (rule) => <Trend months={rule.statistics.trend} />,
      },
      {
        key: 'last',
        title: t('column.last'),
        oneLine: true,
        value: (rule) => rule.statistics.lastHitAt,
        render: (rule) => (rule.statistics.lastHitAt === null ? '–' : shortTime(rule.statistics.lastHitAt)),
      },
      {
        key: 'suggestion',
        title: t('column.suggestion'),
        value: (rule) =>
          rule.statistics.suggestion === null ? '' : t(`suggestion.${rule.statistics.suggestion}`),
        render: ({ statistics }) =>
          statistics.suggestion === null ? (
            ''
          ) : (
            <Tooltip title={statistics.suggestionText}>
              <span>{t(`suggestion.${statistics.suggestion}`)}</span>
            </Tooltip>
          ),
      },
      { key: 'clause', title: t('column.clause'), value: (rule) => rule.clause, hidden: true },
      {
        key: 'status',
        title: t('column.status'),
        value: (rule) => t(`status.${rule.status}`),
        hidden: true,
        choices: true,
      },
    ],
    [t, english],
  )
  return (
    <DataTable
      id="rules"
      caption={t('title')}
      columns={columns}
      rows={rules}
      rowKey={(rule) => rule.id}
      selectedKey={selected}
      onRow={onOpen}
      exportName={t('title')}
    />
  )
}
