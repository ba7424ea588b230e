import type { JournalDay } from '@shanshui/contract'
import { Button, Modal } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useJournalDays, useSealDay, useVerifyDay } from '../../../api/journal.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { fullTime, today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import css from './journal.module.css'

/** Is the evidence whole, and can I take a day of it elsewhere? */
export function JournalPage() {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const query = useJournalDays()
  const verify = useVerifyDay()
  const seal = useSealDay()
  const [modal, holder] = Modal.useModal()
  const { rows, paging } = pagedRows(query)
  const actions = {
    verify: (day: string) => verify.mutate(day),
    seal: may('journal:export')
      ? (day: string) =>
          void modal.confirm({
            title: t('journal.sealTitle', { day }),
            content: t('journal.sealText'),
            okText: t('journal.seal'),
            cancelText: t('journal.cancel'),
            onOk: () => seal.mutateAsync(day).catch(() => undefined),
          })
      : undefined,
  }
  const columns = useColumns(actions)
  return (
    <Page title={t('journal.title')} note={t('journal.note')}>
      {holder}
      {verify.isError && <ErrorPanel error={verify.error} what={t('journal.verify')} />}
      {seal.isError && <ErrorPanel error={seal.error} what={t('journal.seal')} />}
      {verify.data !== undefined && (
        <section className={`${css.outcome} ${verify.data.ok ? css.whole : css.broken}`} role="status">
          <b>{t(verify.data.ok ? 'journal.whole' : 'journal.broken', { day: verify.variables })}</b>{' '}
          {t('journal.checked', { blocks: verify.data.blocks, records: verify.data.records })}
          {verify.data.faults.map((fault) => (
            <p key={`${fault.block} ${fault.record}`}>
              {t('journal.fault', {
                block: fault.block ?? '—',
                record: fault.record ?? '—',
                what: fault.what,
              })}
            </p>
          ))}
        </section>
      )}
      <Panel>
        <Async
          query={query}
          what={t('journal.title')}
          isEmpty={() => rows.length === 0}
          empty={<Empty title={t('journal.empty')} />}
        >
          {() => (
            <DataTable
              id="journal"
              caption={t('journal.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.day}
              exportName={t('journal.title')}
              paging={paging}
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}

interface Actions {
  readonly verify: (day: string) => void
  readonly seal: ((day: string) => void) | undefined
}

function useColumns(actions: Actions): readonly Column<JournalDay>[] {
  const { t } = useTranslation('data')
  return useMemo(
    () => [
      { key: 'day', title: t('journal.day'), value: (row) => row.day, width: 110 },
      { key: 'blocks', title: t('journal.blocks'), value: (row) => row.blocks, decimals: 0, width: 90 },
      { key: 'records', title: t('journal.records'), value: (row) => row.records, decimals: 0, width: 110 },
      {
        key: 'bytes',
        title: t('journal.bytes'),
        unit: 'KiB',
        value: (row) => row.bytes / 1024,
        decimals: 0,
        width: 110,
      },
      {
        key: 'head',
        title: t('journal.head'),
        value: (row) => row.root ?? row.head,
        render: (row) => (
          <span className="mono" title={row.root ?? row.head}>
            {(row.root ?? row.head).slice(0, 16)}…
          </span>
        ),
      },
      {
        key: 'sealed',
        title: t('journal.state'),
        choices: true,
        value: (row) => t(row.sealed ? 'journal.sealed' : 'journal.open'),
        render: (row) =>
          row.sealedAt === null
            ? t('journal.open')
            : `${t('journal.sealed')} ${fullTime(row.sealedAt)} ${row.sealedBy ?? ''}`,
      },
      {
        key: 'act',
        title: t('journal.act'),
        value: () => null,
        render: (row) => (
          <span className={css.actions}>
            <Button size="small" type="link" onClick={() => actions.verify(row.day)}>
              {t('journal.verify')}
            </Button>
            {!row.sealed && actions.seal !== undefined && row.day < today() && (
              <Button size="small" type="link" onClick={() => actions.seal?.(row.day)}>
                {t('journal.seal')}
              </Button>
            )}
            {row.sealed && actions.seal !== undefined && (
              <Button size="small" type="link" href={`/api/v1/journal/days/${row.day}/evidence.tar`} download>
                {t('journal.bundle')}
              </Button>
            )}
          </span>
        ),
      },
    ],
    [t, actions],
  )
}
