import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, dateParam, useAddress } from '../../../address/useAddress.ts'
import { useMissingHours } from '../../../api/gateway.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { addDays, today } from '../../../format/time.ts'
import { HourGrid } from './HourGrid.tsx'
import { ReasonTable } from './ReasonTable.tsx'

const spans = ['1', '3', '7'] as const
type Span = (typeof spans)[number]

/** What is not arriving, and whose fault is it? */
export function MissingHoursPage() {
  const { t } = useTranslation('data')
  const last = today()
  const params = useMemo(() => ({ to: dateParam(last), days: choiceParam<Span>(spans, '3') }), [last])
  const [{ to, days }, change] = useAddress(params)
  const from = addDays(to, 1 - Number(days))
  const query = useMissingHours(`${from}T00:00:00+08:00`, Number(days) * 24)
  return (
    <Page
      title={t('hours.title')}
      note={t('hours.note')}
      tools={
        <>
          <input
            type="date"
            aria-label={t('hours.to')}
            value={to}
            max={last}
            onChange={(event) => change({ to: event.target.value })}
          />
          <Segmented<Span>
            size="small"
            aria-label={t('hours.span')}
            value={days}
            options={spans.map((value) => ({ value, label: t('hours.days', { count: Number(value) }) }))}
            onChange={(next) => change({ days: next })}
          />
        </>
      }
    >
      <Async
        query={query}
        what={t('hours.title')}
        isEmpty={(data) => data.stations.length === 0}
        empty={<Empty title={t('gateway.noStations')} hint={t('gateway.noStationsHint')} />}
      >
        {(data) => (
          <>
            <Panel>
              <HourGrid data={data} />
            </Panel>
            <Panel title={t('hours.count')}>
              <ReasonTable data={data} />
            </Panel>
          </>
        )}
      </Async>
    </Page>
  )
}
