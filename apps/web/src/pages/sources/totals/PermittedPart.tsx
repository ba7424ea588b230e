import type { PermittedAgainstActual } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePermitted } from '../../../api/totals.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { percent, tonnes } from '../parts/amountColumns.ts'
import css from './totals.module.css'

const tone: Readonly<Record<PermittedAgainstActual['standing'], string>> = {
  normal: 'better',
  'warn-80': '',
  'warn-90': 'worse',
  projected: 'worse',
  exceeded: 'worse',
  unknown: 'muted',
}

/** Permitted against actual tonnes of each plant, and where the year will end at this rate. */
export function PermittedPart({ year, regionCode }: { year: number; regionCode: number }) {
  const { t } = useTranslation('totals')
  const query = usePermitted(year, regionCode)
  const columns = useMemo<readonly Column<PermittedAgainstActual>[]>(
    () => [
      { key: 'enterprise', title: t('column.enterprise'), value: (row) => row.enterpriseName },
      { key: 'pollutant', title: t('column.pollutant'), choices: true, value: (row) => row.pollutant },
      tonnes('permitted', t('permitted.permitted'), (row) => row.permitted, 2),
      tonnes('actual', t('permitted.actual'), (row) => row.actual),
      {
        ...percent('used', t('permitted.used'), (row) => row.usedPercent),
        render: (row) =>
          row.usedPercent === null ? (
            '–'
          ) : (
            <span className={css.light}>
              <span className={css.bar} aria-hidden="true">
                <span
                  className={`${css.fill} ${row.usedPercent > 100 ? css.over : ''}`}
                  style={{ width: `${Math.min(100, row.usedPercent)}%` }}
                />
              </span>
              {row.usedPercent.toFixed(1)}
            </span>
          ),
      },
      tonnes('forecast', t('permitted.forecast'), (row) => row.forecast, 2),
      percent('forecastPercent', t('permitted.forecastPercent'), (row) => row.forecastPercent),
      {
        key: 'standing',
        title: t('permitted.standing'),
        choices: true,
        oneLine: true,
        value: (row) => t(`standing.${row.standing}`),
        render: (row) => <b className={tone[row.standing]}>{t(`standing.${row.standing}`)}</b>,
      },
      { key: 'basis', title: t('permitted.basis'), value: (row) => row.basis },
      { key: 'days', title: t('permitted.days'), decimals: 0, hidden: true, value: (row) => row.days },
    ],
    [t],
  )
  return (
    <Panel>
      <Async
        query={query}
        what={t('ledgers.view.permitted')}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('permitted.empty', { year })} />}
      >
        {(data) => (
          <>
            <p className="muted">{t('permitted.note', { day: data.asOf })}</p>
            <DataTable
              id="pa"
              caption={t('ledgers.view.permitted')}
              columns={columns}
              rows={data.items}
              rowKey={(row) => `${row.enterpriseId} ${row.pollutant} ${row.outletNumber}`}
            />
          </>
        )}
      </Async>
    </Panel>
  )
}
