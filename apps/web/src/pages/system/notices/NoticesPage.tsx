import { type ChannelStatus, type Delivery, deliveryStates, noticeChannels } from '@shanshui/contract'
import { Button, Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, useAddress } from '../../../address/useAddress.ts'
import { useChannels, useOutbox, useRetry, useSendTest } from '../../../api/notices.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { shortTime } from '../../../format/time.ts'

const states = ['', ...deliveryStates] as const
const channels = ['', ...noticeChannels] as const
const params = { state: choiceParam(states, ''), channel: choiceParam(channels, '') } as const

/** What left the house, what waits, and what cannot be sent, and why? */
export function NoticesPage() {
  const { t } = useTranslation('notices')
  const [{ state, channel }, change] = useAddress(params)
  const ways = useChannels()
  const query = useOutbox({ state, channel })
  const retry = useRetry()
  const test = useSendTest()
  const channelColumns = useChannelColumns()
  const columns = useColumns(retry.mutate)
  const { rows, paging } = pagedRows(query)
  const failed = (ways.data?.items ?? []).reduce((sum, way) => sum + way.failed, 0)
  return (
    <Page
      title={t('title')}
      note={t('note')}
      tools={
        <>
          <Button size="small" loading={test.isPending} onClick={() => test.mutate()}>
            {t('test')}
          </Button>
          <Button
            size="small"
            disabled={failed === 0}
            loading={retry.isPending}
            onClick={() => retry.mutate(undefined)}
          >
            {t('retryAll', { count: failed })}
          </Button>
        </>
      }
    >
      {test.isSuccess && (
        <p role="status" className="better">
          {t('tested')}
        </p>
      )}
      {test.isError && <ErrorPanel error={test.error} what={t('test')} />}
      {retry.isError && <ErrorPanel error={retry.error} what={t('retry')} />}
      <Panel title={t('channels')}>
        <Async query={ways} what={t('channels')} rows={3}>
          {(data) => (
            <DataTable
              id="channels"
              caption={t('channels')}
              columns={channelColumns}
              rows={data.items}
              rowKey={(row) => row.channel}
              compact
            />
          )}
        </Async>
      </Panel>
      <Panel title={t('outbox')}>
        <Async query={query} what={t('outbox')}>
          {() => (
            <DataTable
              id="outbox"
              caption={t('outbox')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              paging={paging}
              empty={<Empty title={t('none')} hint={t('noneHint')} />}
              tools={
                <>
                  <Select
                    size="small"
                    style={{ width: 120 }}
                    aria-label={t('state')}
                    value={state}
                    options={states.map((value) => ({
                      value,
                      label: t(value === '' ? 'allStates' : `states.${value}`),
                    }))}
                    onChange={(next) => change({ state: next })}
                  />
                  <Select
                    size="small"
                    style={{ width: 120 }}
                    aria-label={t('channel')}
                    value={channel}
                    options={channels.map((value) => ({
                      value,
                      label: value === '' ? t('allChannels') : t(`common:notice.channel.${value}`),
                    }))}
                    onChange={(next) => change({ channel: next })}
                  />
                </>
              }
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}

function useChannelColumns(): readonly Column<ChannelStatus>[] {
  const { t } = useTranslation('notices')
  return useMemo(
    () => [
      { key: 'channel', title: t('channel'), value: (row) => t(`common:notice.channel.${row.channel}`) },
      {
        key: 'configured',
        title: t('configured'),
        value: (row) => (row.configured ? (row.target ?? '') : t('notConfigured')),
        render: (row) =>
          row.configured ? (
            <span className="mono">{row.target}</span>
          ) : (
            <span className="muted">{t('notConfigured')}</span>
          ),
      },
      { key: 'queued', title: t('states.queued'), value: (row) => row.queued, decimals: 0 },
      { key: 'sent', title: t('states.sent'), value: (row) => row.sent, decimals: 0 },
      { key: 'failed', title: t('states.failed'), value: (row) => row.failed, decimals: 0 },
      {
        key: 'lastSent',
        title: t('lastSent'),
        value: (row) => (row.lastSentAt === null ? null : shortTime(row.lastSentAt)),
        oneLine: true,
      },
      {
        key: 'lastError',
        title: t('lastError'),
        value: (row) => row.lastError,
        render: (row) =>
          row.lastError === null ? (
            '—'
          ) : (
            <>
              {row.lastErrorAt === null ? '' : `${shortTime(row.lastErrorAt)} `}
              {row.lastError}
            </>
          ),
      },
    ],
    [t],
  )
}

function useColumns(onRetry: (id: number) => void): readonly Column<Delivery>[] {
  const { t } = useTranslation('notices')
  return useMemo(
    () => [
      { key: 'at', title: t('at'), value: (row) => shortTime(row.createdAt), oneLine: true },
      { key: 'title', title: t('what'), value: (row) => row.title },
      {
        key: 'channel',
        title: t('channel'),
        value: (row) => t(`common:notice.channel.${row.channel}`),
      },
      { key: 'to', title: t('to'), value: (row) => row.to },
      {
        key: 'state',
        title: t('state'),
        value: (row) => t(`states.${row.state}`),
        render: (row) => (
          <span className={row.state === 'failed' ? 'worse' : row.state === 'sent' ? 'better' : ''}>
            {t(`states.${row.state}`)}
          </span>
        ),
      },
      { key: 'attempts', title: t('attempts'), value: (row) => row.attempts, decimals: 0 },
      {
        key: 'next',
        title: t('next'),
        value: (row) => (row.sentAt ?? row.nextAt ?? null) && shortTime(row.sentAt ?? row.nextAt ?? ''),
        oneLine: true,
      },
      { key: 'error', title: t('error'), value: (row) => row.error },
      {
        key: 'again',
        title: t('retry'),
        value: () => null,
        render: (row) =>
          row.state === 'failed' ? (
            <Button size="small" onClick={() => onRetry(row.id)}>
              {t('retry')}
            </Button>
          ) : null,
      },
    ],
    [t, onRetry],
  )
}
