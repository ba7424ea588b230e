import type { ImportError } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { type ImportDetail, isRunning, useCancelImport, useImport } from '../../../api/imports.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { fullTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import css from './import.module.css'

/** Did this file arrive whole, and if not, which lines and why? */
export function ImportPage() {
  const { t } = useTranslation('data')
  const id = Number(useParams().id)
  const query = useImport(id)
  return (
    <Page
      title={query.data?.fileName ?? t('import.title')}
      note={query.data !== undefined && t(`imports.kinds.${query.data.kind}`)}
      tools={<Link to="/data/imports">{t('import.back')}</Link>}
    >
      <Async query={query} what={t('import.what', { id })}>
        {(data) => (
          <>
            <Panel>
              <Progress data={data} />
              <Facts data={data} />
            </Panel>
            {data.unknownCodes.length > 0 && (
              <Panel title={t('import.unknown', { count: data.unknownCodes.length })}>
                <p>{t('import.unknownHint')}</p>
                <p className="mono">{data.unknownCodes.join('  ')}</p>
              </Panel>
            )}
            {data.errors > 0 && <Errors data={data} />}
          </>
        )}
      </Async>
    </Page>
  )
}

function Progress({ data }: { data: ImportDetail }) {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const cancel = useCancelImport(data.id)
  const share = data.linesTotal === null || data.linesTotal === 0 ? undefined : data.lines / data.linesTotal
  return (
    <div className={css.progress}>
      <b>{t(`imports.states.${data.state}`)}</b>
      {isRunning(data) && (
        <>
          <progress aria-label={t('import.progress')} {...(share === undefined ? {} : { value: share })} />
          <span>{t('import.lines', { lines: data.lines, total: data.linesTotal ?? '—' })}</span>
          {may('import:write') && (
            <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('import.cancel')}
            </Button>
          )}
        </>
      )}
      {data.message !== null && (
        <span className={data.state === 'failed' ? 'worse' : 'muted'}>{data.message}</span>
      )}
      {cancel.isError && <ErrorPanel error={cancel.error} what={t('import.cancel')} />}
    </div>
  )
}

function Facts({ data }: { data: ImportDetail }) {
  const { t } = useTranslation('data')
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['layout', data.layout],
    ['encoding', data.encoding],
    ['lines', data.lines],
    ['rows', data.rows],
    ['inserted', data.inserted],
    ['revised', data.revised],
    ['unchanged', data.unchanged],
    ['errors', data.errors],
    ['by', data.uploadedBy],
    ['at', fullTime(data.uploadedAt)],
    ['finished', data.finishedAt === null ? null : fullTime(data.finishedAt)],
    ['sha256', data.sha256],
    ['block', data.block],
  ]
  return (
    <dl className={css.facts}>
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`import.fact.${key}`)}</dt>
          <dd className={key === 'sha256' ? 'mono' : undefined}>{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  )
}

function Errors({ data }: { data: ImportDetail }) {
  const { t } = useTranslation('data')
  const columns = useMemo<readonly Column<ImportError>[]>(
    () => [
      { key: 'line', title: t('import.line'), value: (row) => row.line, decimals: 0, width: 90 },
      { key: 'column', title: t('import.column'), value: (row) => row.column, width: 120, choices: true },
      { key: 'value', title: t('import.value'), value: (row) => row.value, width: 200 },
      { key: 'reason', title: t('import.reason'), value: (row) => row.reason },
    ],
    [t],
  )
  return (
    <Panel
      title={t('import.errors', { count: data.errors })}
      tools={
        <Button size="small" href={`/api/v1/imports/${data.id}/errors.csv`} download>
          {t('import.download')}
        </Button>
      }
    >
      <p className="muted">{t('import.errorsHint')}</p>
      <DataTable
        id="errors"
        caption={t('import.errors', { count: data.errors })}
        columns={columns}
        rows={data.firstErrors}
        rowKey={(row) => `${row.line} ${row.column}`}
        exportName={`${data.fileName} ${t('imports.errorFile')}`}
      />
    </Panel>
  )
}
