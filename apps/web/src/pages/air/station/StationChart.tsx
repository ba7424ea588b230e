import type { AirItemName, Mark, ObservationColumns, Revision } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFeatures } from '../../../api/registry.ts'
import { Chart } from '../../../components/chart/Chart.tsx'
import { StateLegend } from '../../../components/chart/StateLegend.tsx'
import { useRecordAddress } from '../../../components/figure/RecordDrawer.tsx'
import type { Column } from '../../../components/table/column.ts'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import css from './station.module.css'
import { limitsOutside, stationOption } from './stationOption.ts'
import { countValidity, type StationRow, stationRows, validities } from './stationRows.ts'
import type { StationPeriod } from './useStation.ts'
import { validityColours } from './validityColours.ts'

interface Props {
  readonly columns: ObservationColumns
  readonly other: ObservationColumns | undefined
  readonly otherId: number
  readonly item: AirItemName
  readonly period: StationPeriod
  readonly marks: readonly Mark[]
  readonly revisions: readonly Revision[]
  readonly zoneClass: 1 | 2
  readonly name: string
}

/** One time axis: values with the limit, marks as bands, a strip of validity, ticks where values were replaced. */
export function StationChart(props: Props) {
  const { t } = useTranslation('station')
  const { columns, other, item, period, marks, revisions, zoneClass, name } = props
  const { zh, unit, decimals, code } = airItemInfo[item]
  const { may } = useSession()
  const [, openRecord] = useRecordAddress()
  const otherName = useName(props.otherId)
  const rows = useMemo(() => stationRows(columns, code, period, other), [columns, code, period, other])
  const counts = useMemo(() => countValidity(rows), [rows])
  const option = useMemo(
    () => stationOption({ rows, item, period, marks, revisions, zoneClass, name, otherName, t }),
    [rows, item, period, marks, revisions, zoneClass, name, otherName, t],
  )
  const outside = limitsOutside({ rows, item, period, zoneClass, t })
  const tableColumns: Column<StationRow>[] = [
    { key: 'time', title: t('time'), value: (row) => shortTime(row.ms) },
    { key: 'value', title: zh, unit, decimals, value: (row) => row.value },
    ...(otherName === ''
      ? []
      : [{ key: 'other', title: otherName, unit, decimals, value: (row: StationRow) => row.other }]),
    {
      key: 'validity',
      title: t('validity.title'),
      choices: true,
      value: (row) => t(`validity.${row.validity}`),
    },
    { key: 'flag', title: t('flag'), value: (row) => row.flag.trim() || null },
    {
      key: 'msg',
      title: t('source'),
      value: (row) => row.msg || null,
      render: (row) =>
        row.msg === '' || !may('figure:read') ? (
          '–'
        ) : (
          <button type="button" className={`plain-button ${css.link}`} onClick={() => openRecord(row.msg)}>
            #{row.msg}
          </button>
        ),
    },
  ]
  const label = t('chart', { name, item: zh, period: t(`periodName.${period}`) })
  return (
    <>
      <Chart
        id="s"
        label={label}
        option={option}
        height={360}
        columns={tableColumns}
        rows={rows}
        rowKey={(row) => row.ms}
        onPick={(index) => {
          const row = rows[index]
          if (row !== undefined && row.msg !== '' && may('figure:read')) openRecord(row.msg)
        }}
      />
      <StateLegend
        states={validities.map((validity) => ({
          key: validity,
          colour: validityColours[validity],
          text: `${t(`validity.${validity}`)} ${counts[validity]}`,
        }))}
      >
        {outside.map((limit) => (
          <li key={limit.label}>{t('limitOutside', { limit: limit.label })}</li>
        ))}
        <li className="muted">{t('zoomHint')}</li>
      </StateLegend>
    </>
  )
}

function useName(id: number): string {
  const stations = useFeatures('air-station')
  const cities = useFeatures('air-city')
  if (id === 0) return ''
  const all = [...(stations.data?.items ?? []), ...(cities.data?.items ?? [])]
  return all.find((entry) => entry.id === id)?.name ?? `#${id}`
}
