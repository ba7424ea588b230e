import type { AirHours } from '@shanshui/contract'
import { aqiLevels } from '@shanshui/standards'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useAirHours, useAirRefresh } from '../../../api/air.ts'
import { AqiGrade } from '../../../components/AqiGrade.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { dateOf, dayStartMs, hourOf, toMs } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { useCity } from '../basis/useCity.ts'
import { DayMatrix } from './DayMatrix.tsx'
import css from './hours.module.css'
import { useHourColumns } from './useHourColumns.tsx'

const HOUR_MS = 3_600_000
/** One object: day and hour change together. The day is the one of the top bar. */
const params = { date: textParam(''), hour: integerParam(-1, -1, 23) } as const

/** What does every station measure in this hour, and what AQI is that? */
export function HoursPage() {
  const { t } = useTranslation('air')
  const [{ date, hour }, change] = useAddress(params)
  const { id } = useCity()
  const { may } = useSession()
  const at = instantOf(date, hour)
  const query = useAirHours(id, at)
  useAirRefresh()
  const data = query.data
  const move = (hours: number): void => {
    if (data === undefined) return
    const next = toMs(data.at) + hours * HOUR_MS
    change({ date: dateOf(next), hour: hourOf(next) })
  }
  return (
    <Page
      title={t('hours.title')}
      note={data?.label}
      tools={
        <span className={css.step}>
          <Button size="small" disabled={data === undefined} onClick={() => move(-24)}>
            {t('hours.dayBefore')}
          </Button>
          <Button size="small" disabled={data === undefined} onClick={() => move(-1)}>
            {t('hours.hourBefore')}
          </Button>
          <Button
            size="small"
            disabled={data === undefined || toMs(data.at) + HOUR_MS > Date.now()}
            onClick={() => move(1)}
          >
            {t('hours.hourAfter')}
          </Button>
          <Button size="small" onClick={() => change({ date: '', hour: -1 })}>
            {t('hours.latest')}
          </Button>
        </span>
      }
    >
      <Async query={query} what={t('hours.title')} isEmpty={(value) => value.rows.length === 0}>
        {(value) => (
          <>
            <Hour data={value} />
            {may('series:read') && (
              <DayMatrix
                data={value}
                onHour={(next) => change({ date: dateOf(toMs(value.at)), hour: next })}
              />
            )}
          </>
        )}
      </Async>
    </Page>
  )
}

/** No date and no hour: the newest hour with data. A date alone: its noon, by when every station has sent. */
function instantOf(date: string, hour: number): string | undefined {
  if (date === '') return undefined
  return new Date(dayStartMs(date) + (hour < 0 ? 12 : hour) * HOUR_MS).toISOString()
}

function Hour({ data }: { data: AirHours }) {
  const { t } = useTranslation('air')
  const official = useOfficial()
  const columns = useHourColumns()
  const city = data.rows.find((row) => row.kind === 'air-city')
  const level = aqiLevels.find((entry) => entry.level === city?.level)
  return (
    <>
      {city !== undefined && (
        <Panel label={city.name}>
          <p className={css.city}>
            <strong>{city.name}</strong>
            <AqiGrade aqi={city.aqi} level={city.level} reason={city.reason} />
            {level !== undefined && <span>{official(level.health)}</span>}
            {city.aqi === null && city.reason !== null && <span className="muted">{city.reason}</span>}
          </p>
        </Panel>
      )}
      <Panel>
        <DataTable
          id="h"
          caption={t('hours.caption', { label: data.label })}
          columns={columns}
          rows={data.rows}
          rowKey={(row) => row.pointId}
          exportName={t('hours.caption', { label: data.label })}
        />
        <p className="muted">{t('hours.note')}</p>
      </Panel>
    </>
  )
}
