import type { ConfigEntry, Job } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useConfig, useHealth, useJobs } from '../../../api/system.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { fullTime } from '../../../format/time.ts'
import css from './status.module.css'

/** Does the platform itself run as it should, and how is it set up? */
export function StatusPage() {
  const { t } = useTranslation('system')
  return (
    <Page title={t('status.title')}>
      <HealthPart />
      <JobsPart />
      <ConfigPart />
    </Page>
  )
}

function HealthPart() {
  const { t } = useTranslation('system')
  const query = useHealth()
  return (
    <Panel title={t('status.health')}>
      <Async query={query} what={t('status.health')} rows={2}>
        {(data) => (
          <ul className={css.checks}>
            {Object.entries(data.checks).map(([name, check]) => (
              <li key={name}>
                <b className={check.ok ? 'better' : 'worse'}>
                  {t(check.ok ? 'status.ok' : 'status.failing')}
                </b>
                <span>{t(`status.check.${name}`, { defaultValue: name })}</span>
                <span className="muted">{check.detail}</span>
              </li>
            ))}
            <li className="muted">{t('status.version', { version: data.version })}</li>
          </ul>
        )}
      </Async>
    </Panel>
  )
}

function JobsPart() {
  const { t } = useTranslation('system')
  const query = useJobs()
  const columns = useMemo<readonly Column<Job>[]>(
    () => [
      { key: 'id', title: t('job.id'), value: (row) => row.id, decimals: 0, width: 70 },
      { key: 'title', title: t('job.title'), value: (row) => row.title },
      {
        key: 'state',
        title: t('job.state'),
        value: (row) => t(`common:job.state.${row.state}`),
        choices: true,
      },
      {
        key: 'progress',
        title: t('job.progress'),
        value: (row) => (row.total === null ? String(row.progress) : `${row.progress} / ${row.total}`),
      },
      { key: 'message', title: t('job.message'), value: (row) => row.error?.detail ?? row.message },
      { key: 'by', title: t('job.by'), value: (row) => row.createdByName },
      { key: 'at', title: t('job.at'), value: (row) => fullTime(row.createdAt) },
    ],
    [t],
  )
  return (
    <Panel title={t('status.jobs')}>
      <Async query={query} what={t('status.jobs')}>
        {(data) => (
          <DataTable
            id="jobs"
            caption={t('status.jobs')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            maxHeight={260}
          />
        )}
      </Async>
    </Panel>
  )
}

function ConfigPart() {
  const { t } = useTranslation('system')
  const query = useConfig()
  const columns = useMemo<readonly Column<ConfigEntry>[]>(
    () => [
      {
        key: 'key',
        title: t('config.key'),
        value: (row) => row.key,
        render: (row) => <span className="mono">{row.key}</span>,
      },
      { key: 'value', title: t('config.value'), value: (row) => row.value },
      { key: 'unit', title: t('config.unit'), value: (row) => row.unit, width: 70 },
      {
        key: 'source',
        title: t('config.source'),
        value: (row) => t(`config.sources.${row.source}`),
        choices: true,
        width: 110,
      },
      { key: 'description', title: t('config.description'), value: (row) => row.description },
      { key: 'environment', title: t('config.environment'), value: (row) => row.environment, hidden: true },
    ],
    [t],
  )
  return (
    <Panel title={t('status.config')}>
      <Async query={query} what={t('status.config')}>
        {(data) => (
          <DataTable
            id="config"
            caption={t('status.config')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.key}
            exportName={t('status.config')}
          />
        )}
      </Async>
    </Panel>
  )
}
