import type { AuditEntry } from '@shanshui/contract'
import { Button, Input } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useAudit, useVerifyAudit } from '../../../api/system.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { fullTime } from '../../../format/time.ts'

const params = { action: textParam(''), object: textParam('') }

/** Who did what, and has anybody touched the record of it? */
export function AuditPage() {
  const { t } = useTranslation('system')
  const [{ action, object }, change] = useAddress(params)
  const query = useAudit({ action, object })
  const verify = useVerifyAudit()
  const columns = useColumns()
  const { rows, paging } = pagedRows(query)
  return (
    <Page
      title={t('audit.title')}
      note={t('audit.note')}
      tools={
        <>
          <Filter label={t('audit.action')} value={action} onSearch={(next) => change({ action: next })} />
          <Filter label={t('audit.object')} value={object} onSearch={(next) => change({ object: next })} />
          <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('audit.verify')}
          </Button>
        </>
      }
    >
      {verify.isError && <ErrorPanel error={verify.error} what={t('audit.verify')} />}
      {verify.data !== undefined && (
        <p role="status" className={verify.data.ok ? 'better' : 'worse'}>
          {verify.data.broken === null
            ? t('audit.whole', { entries: verify.data.entries, head: verify.data.head?.slice(0, 16) ?? '—' })
            : t('audit.broken', verify.data.broken)}
        </p>
      )}
      <Panel>
        <Async
          query={query}
          what={t('audit.title')}
          isEmpty={() => rows.length === 0}
          empty={<Empty title={t('audit.empty')} />}
        >
          {() => (
            <DataTable
              id="audit"
              caption={t('audit.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.seq}
              exportName={t('audit.title')}
              paging={paging}
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}

function Filter({
  label,
  value,
  onSearch,
}: {
  label: string
  value: string
  onSearch: (text: string) => void
}) {
  return (
    <Input.Search
      size="small"
      allowClear
      style={{ width: 180 }}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      onSearch={onSearch}
    />
  )
}

function useColumns(): readonly Column<AuditEntry>[] {
  const { t } = useTranslation('system')
  return useMemo(
    () => [
      { key: 'seq', title: t('audit.seq'), value: (row) => row.seq, decimals: 0, width: 80 },
      { key: 'at', title: t('audit.at'), value: (row) => fullTime(row.at), width: 160 },
      { key: 'actor', title: t('audit.actor'), value: (row) => row.actor, choices: true, width: 120 },
      { key: 'action', title: t('audit.action'), value: (row) => row.action, choices: true },
      { key: 'object', title: t('audit.object'), value: (row) => row.object },
      {
        key: 'detail',
        title: t('audit.detail'),
        value: (row) => (row.detail === null ? '' : JSON.stringify(row.detail)),
        render: (row) => (
          <span className="mono">{row.detail === null ? '' : JSON.stringify(row.detail)}</span>
        ),
      },
      { key: 'request', title: t('audit.request'), value: (row) => row.requestId, hidden: true },
      { key: 'hash', title: t('audit.hash'), value: (row) => row.hash, hidden: true },
    ],
    [t],
  )
}
