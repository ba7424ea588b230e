import { airItemInfo, airItems } from '@shanshui/standards'
import { Segmented, Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { choiceParam, dateParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { urlOf } from '../../../api/client.ts'
import { useFeatures } from '../../../api/registry.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { addDays, daysBetween, today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { MarkPart } from './MarkPart.tsx'
import { MissingPart } from './MissingPart.tsx'
import { RevisionPart } from './RevisionPart.tsx'
import { StationChart } from './StationChart.tsx'
import { StationFacts } from './StationFacts.tsx'
import css from './station.module.css'
import {
  type StationPeriod,
  useMarks,
  useObservations,
  useRevisions,
  useStationFeature,
} from './useStation.ts'

const periods = ['hour', 'day'] as const
const MAX_DAYS: Readonly<Record<StationPeriod, number>> = { hour: 366, day: 3660 }

/** What did this point measure, and can I believe it? */
export function StationPage() {
  const { t } = useTranslation('station')
  const id = Number(useParams().id)
  const [scope] = useScope()
  const { may } = useSession()
  const last = scopeDay(scope)
  const params = useMemo(
    () => ({
      period: choiceParam(periods, 'hour'),
      item: choiceParam(airItems, 'pm25'),
      from: dateParam(addDays(last, -29)),
      to: dateParam(last),
      with: integerParam(0, 0),
    }),
    [last],
  )
  const [state, change] = useAddress(params)
  const feature = useStationFeature(id)
  const window = windowOf(state.from, state.to, state.period)
  const factor = airItemInfo[state.item].code
  const observations = useObservations(id, state.period, factor, window)
  const compared = useObservations(state.with, state.period, factor, window)
  const marks = useMarks(id, window)
  const revisions = useRevisions(id, state.period, window)
  const days = daysBetween(window.from, window.to)

  return (
    <Page
      title={feature.data?.name ?? t('title')}
      note={feature.data !== undefined && <StationFacts feature={feature.data} />}
      tools={
        <>
          <Segmented
            size="small"
            aria-label={t('period')}
            value={state.period}
            options={periods.map((value) => ({ value, label: t(`periodName.${value}`) }))}
            onChange={(period) => change({ period })}
          />
          <label className={css.dates}>
            <span className="visually-hidden">{t('from')}</span>
            <input
              type="date"
              value={state.from}
              max={state.to}
              onChange={(e) => e.target.value !== '' && change({ from: e.target.value })}
            />
          </label>
          <span aria-hidden="true">—</span>
          <label className={css.dates}>
            <span className="visually-hidden">{t('to')}</span>
            <input
              type="date"
              value={state.to}
              max={today()}
              onChange={(e) => e.target.value !== '' && change({ to: e.target.value })}
            />
          </label>
          <CompareChoice id={id} value={state.with} onChange={(other) => change({ with: other })} />
          <Exports id={id} period={state.period} factors="" window={window} />
        </>
      }
    >
      <Panel>
        <Segmented
          size="small"
          aria-label={t('item')}
          value={state.item}
          options={airItems.map((value) => ({ value, label: airItemInfo[value].zh }))}
          onChange={(item) => change({ item })}
        />
        <Async query={observations} what={t('observations')} rows={10}>
          {(columns) => (
            <StationChart
              columns={columns}
              other={state.with > 0 ? compared.data : undefined}
              otherId={state.with}
              item={state.item}
              period={state.period}
              marks={marks.data?.items ?? []}
              revisions={revisions.data?.items ?? []}
              zoneClass={feature.data?.properties.zoneClass === 1 ? 1 : 2}
              name={feature.data?.name ?? ''}
            />
          )}
        </Async>
      </Panel>
      <div className={css.below}>
        <Panel title={t('missing.title')}>
          {may('gateway:read') ? (
            <MissingPart id={id} window={window} days={days} />
          ) : (
            <p className="muted">{t('missing.closed')}</p>
          )}
        </Panel>
        <Panel title={t('marks.title')}>
          <Async query={marks} what={t('marks.title')} rows={3}>
            {(page) => <MarkPart pointId={id} window={window} marks={page.items} />}
          </Async>
        </Panel>
        <Panel title={t('revisions.title')}>
          <Async query={revisions} what={t('revisions.title')} rows={3}>
            {(page) => <RevisionPart revisions={page.items} more={page.next !== null} />}
          </Async>
        </Panel>
      </div>
    </Page>
  )
}

/** The server's `to` is exclusive; the page's last day is shown whole. A window too wide keeps its newest part. */
function windowOf(from: string, to: string, period: StationPeriod): { from: string; to: string } {
  const end = addDays(to, 1)
  const earliest = addDays(end, -MAX_DAYS[period])
  return { from: from < earliest ? earliest : from, to: end }
}

function CompareChoice({
  id,
  value,
  onChange,
}: {
  id: number
  value: number
  onChange: (id: number) => void
}) {
  const { t } = useTranslation('station')
  const stations = useFeatures('air-station')
  const cities = useFeatures('air-city')
  const others = [...(cities.data?.items ?? []), ...(stations.data?.items ?? [])].filter(
    (entry) => entry.id !== id,
  )
  return (
    <Select
      size="small"
      allowClear
      aria-label={t('compare')}
      placeholder={t('compare')}
      style={{ minWidth: 110 }}
      popupMatchSelectWidth={false}
      value={value === 0 ? undefined : value}
      options={others.map((entry) => ({ value: entry.id, label: entry.name }))}
      onChange={(next?: number) => onChange(next ?? 0)}
    />
  )
}

/** The whole window with every factor, straight from the server. */
function Exports(props: {
  id: number
  period: StationPeriod
  factors: string
  window: { from: string; to: string }
}) {
  const { t } = useTranslation('station')
  const query = { period: props.period, ...props.window, includeInvalid: true, limit: 50_000 }
  return (
    <span className={css.exports}>
      {t('exportAs')}
      {(['csv', 'xlsx'] as const).map((format) => (
        <a key={format} href={urlOf(`/points/${props.id}/observations.${format}`, query)} download>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  )
}
