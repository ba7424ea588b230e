import type { AirDay, AirYear } from '@shanshui/contract'
import { airItemInfo, airItems, aqiLevels } from '@shanshui/standards'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, useAddress } from '../../../address/useAddress.ts'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { CalendarGrid } from './CalendarGrid.tsx'
import css from './calendar.module.css'
import { DayLine } from './DayLine.tsx'

const views = ['calendar', 'table'] as const
const params = { days: choiceParam(views, 'calendar') } as const

/** The year in one look: a square a day in the official colours, with the table twin. */
export function CalendarPart({ data }: { data: AirYear }) {
  const { t } = useTranslation('air')
  const [{ days: view }, change] = useAddress(params)
  const [current, setCurrent] = useState<AirDay>()
  return (
    <>
      <div className={css.head}>
        <h2>{t('calendar.title')}</h2>
        <ViewSwitch
          label={t('common:chart.view')}
          views={views}
          view={view}
          name={(one) => t(`calendar.${one}`)}
          onChange={(days) => change({ days })}
        />
      </div>
      <Legend data={data} />
      {view === 'calendar' ? (
        <>
          <CalendarGrid year={data.year} days={data.days} onCurrent={setCurrent} />
          <DayLine day={current} />
        </>
      ) : (
        <DayTable data={data} />
      )}
    </>
  )
}

function Legend({ data }: { data: AirYear }) {
  const { t, i18n } = useTranslation('air')
  return (
    <ul className={css.legend}>
      {aqiLevels.map((level) => {
        const days = data.levels.find((entry) => entry.level === level.level)?.days ?? 0
        return (
          <li key={level.level}>
            <span className={css.swatch} style={{ background: level.colour }} aria-hidden="true" />
            {i18n.language === 'en' ? level.en : level.class} {t('calendar.days', { count: days })}
          </li>
        )
      })}
      <li>
        <span className={`${css.swatch} ${css.invalid}`} aria-hidden="true" />
        {t('calendar.invalid')} {t('calendar.days', { count: data.days.filter((day) => !day.valid).length })}
      </li>
      {data.sand.days > 0 && (
        <li>
          <span className={`${css.swatch} ${css.sandSwatch}`} aria-hidden="true" />
          {t('calendar.sand')} {t('calendar.days', { count: data.sand.days })}
        </li>
      )}
    </ul>
  )
}

function DayTable({ data }: { data: AirYear }) {
  const { t, i18n } = useTranslation('air')
  const levelOf = (day: AirDay): string | null => {
    const level = aqiLevels.find((entry) => entry.level === day.level)
    return level === undefined ? null : i18n.language === 'en' ? level.en : level.class
  }
  const columns: Column<AirDay>[] = [
    { key: 'date', title: t('day.date'), value: (day) => day.date },
    { key: 'aqi', title: 'AQI', decimals: 0, value: (day) => day.aqi },
    { key: 'level', title: t('day.class'), choices: true, value: levelOf },
    {
      key: 'primary',
      title: t('day.primary'),
      value: (day) => day.primary.map((item) => airItemInfo[item].zh).join('、'),
    },
    ...airItems.map((item): Column<AirDay> => {
      const { zh, unit, decimals } = airItemInfo[item]
      return { key: item, title: zh, unit, decimals, value: (day) => day.items[item] ?? null }
    }),
    { key: 'sand', title: t('day.sand'), value: (day) => (day.sand ? t('day.yes') : null) },
    { key: 'reason', title: t('day.reason'), value: (day) => day.reason },
  ]
  return (
    <DataTable
      id="day"
      caption={t('calendar.tableTitle', { year: data.year })}
      columns={columns}
      rows={data.days}
      rowKey={(day) => day.date}
      maxHeight={360}
    />
  )
}
