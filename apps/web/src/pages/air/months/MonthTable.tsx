import type { AirMonth, AirMonths, FigureRef } from '@shanshui/contract'
import { airItemInfo, airItems } from '@shanshui/standards'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { FigureValue } from '../../../components/figure/FigureValue.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { Change } from '../parts/Change.tsx'

/** Every month with every item: value and change on last year. */
export function MonthTable({ data }: { data: AirMonths }) {
  const { t } = useTranslation('air')
  const columns = useMemo(() => columnsOf(t), [t])
  return (
    <DataTable
      id="mt"
      caption={t('months.title', { city: data.city.name, year: data.year })}
      columns={columns}
      rows={data.months}
      rowKey={(month) => month.month}
    />
  )
}

function figureColumn(
  key: string,
  title: string,
  pick: (month: AirMonth) => FigureRef | undefined,
  extra: Partial<Column<AirMonth>> = {},
): Column<AirMonth> {
  return {
    key,
    title,
    decimals: 0,
    value: (month) => pick(month)?.value ?? null,
    render: (month) => {
      const figure = pick(month)
      return figure === undefined ? '–' : <FigureValue figure={figure} />
    },
    ...extra,
  }
}

function columnsOf(t: (key: string) => string): Column<AirMonth>[] {
  const changeColumn = (
    key: string,
    title: string,
    pick: (month: AirMonth) => FigureRef | undefined,
  ): Column<AirMonth> =>
    figureColumn(key, title, pick, {
      unit: '%',
      decimals: 1,
      render: (month) => {
        const figure = pick(month)
        return figure === undefined ? '–' : <Change figure={figure} lowerIsBetter />
      },
    })
  return [
    { key: 'month', title: t('months.month'), value: (month) => month.month },
    ...airItems.flatMap((item) => {
      const { zh, unit, decimals } = airItemInfo[item]
      const of = (month: AirMonth) => month.items.find((entry) => entry.item === item)
      return [
        figureColumn(item, zh, (month) => of(month)?.value, { unit, decimals }),
        changeColumn(`${item}.change`, t('items.change'), (month) => of(month)?.change),
      ]
    }),
    figureColumn('excellent', t('months.excellentDays'), (month) => month.excellentDays),
    figureColumn('valid', t('months.validDays'), (month) => month.validDays, { hidden: true }),
    figureColumn('ratio', t('months.excellent'), (month) => month.excellentRatio, { unit: '%', decimals: 1 }),
    figureColumn('lastRatio', t('months.lastRatio'), (month) => month.lastYearRatio, {
      unit: '%',
      decimals: 1,
      hidden: true,
    }),
    figureColumn('index', t('months.index'), (month) => month.index, { decimals: 2 }),
    changeColumn('index.change', t('items.change'), (month) => month.indexChange),
  ]
}
