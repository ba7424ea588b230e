import type { SourceOutlet } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '../../../components/table/column.ts'
import { formatNumber } from '../../../format/number.ts'
import { shortTime } from '../../../format/time.ts'
import { FactorValue } from '../parts/FactorValue.tsx'
import { factorInfo } from '../parts/factor.ts'
import { outletName } from '../parts/names.ts'
import css from '../parts/parts.module.css'
import { StateTag, type StateTone } from '../parts/StateTag.tsx'

/** Factors with a column of their own; what else an outlet has stands in the last one. */
const ownColumns = {
  air: ['a34013', 'a21026', 'a21002'],
  water: ['w01001', 'w01018', 'w21003', 'w21011', 'w21001'],
} as const
/** Not pollutants: flow and the parameters of the flue. */
const AUXILIARY = /^(a00000|w00000|a19001|a0101[1-4]|i)/

const tones: Readonly<Record<SourceOutlet['state'], StateTone>> = {
  exceeding: 'bad',
  marked: 'warn',
  missing: 'warn',
  offline: 'warn',
  stopped: 'quiet',
  normal: 'good',
}
export const outletTone = (state: SourceOutlet['state']): StateTone => tones[state]

type Item = NonNullable<SourceOutlet['latest']>['items'][number]

/** One row an outlet: the numbers of one factor stand under each other. */
export function useOutletColumns(medium: 'air' | 'water'): readonly Column<SourceOutlet>[] {
  const { t } = useTranslation('monitoring')
  return useMemo(() => {
    const own: readonly string[] = ownColumns[medium]
    const itemOf = (row: SourceOutlet, factor: string): Item | undefined =>
      row.latest?.items.find((item) => item.factor === factor)
    const others = (row: SourceOutlet): readonly Item[] =>
      row.latest?.items.filter((item) => !own.includes(item.factor) && !AUXILIARY.test(item.factor)) ?? []
    return [
      {
        key: 'plant',
        title: t('online.plantOutlet'),
        value: (row) => `${row.enterprise.name} ${row.number} ${outletName(row.name, row.enterprise.name)}`,
        render: (row) => (
          <Link className={css.who} to={`/sources/outlets/${row.id}`}>
            <span>{row.enterprise.name}</span>
            <span className={css.outlet}>
              <span className="mono">{row.number}</span> {outletName(row.name, row.enterprise.name)}
            </span>
          </Link>
        ),
      },
      {
        key: 'state',
        title: t('online.state'),
        value: (row) => t(`outletState.${row.state}`),
        render: (row) => <StateTag tone={tones[row.state]} text={t(`outletState.${row.state}`)} />,
      },
      ...own.map((factor): Column<SourceOutlet> => {
        const { name, unit, decimals } = factorInfo(factor)
        return {
          key: factor,
          title: name,
          unit,
          decimals,
          value: (row) => itemOf(row, factor)?.value ?? null,
          render: (row) => {
            const item = itemOf(row, factor)
            return item === undefined ? <span className="muted">–</span> : <FactorValue {...item} />
          },
        }
      }),
      {
        key: 'others',
        title: t('online.others'),
        value: (row) =>
          others(row)
            .map((item) => {
              const { name, decimals } = factorInfo(item.factor)
              return `${name} ${formatNumber(item.value, decimals)}`
            })
            .join('、') || null,
        render: (row) => (
          <span className={css.others}>
            {others(row).map((item) => (
              <FactorValue key={item.factor} {...item} named />
            ))}
          </span>
        ),
      },
      {
        key: 'hour',
        title: t('online.hour'),
        oneLine: true,
        value: (row) => (row.latest === null ? null : shortTime(row.latest.hour)),
      },
      {
        key: 'days',
        title: t('online.days30'),
        unit: t('unit.days'),
        decimals: 0,
        value: (row) => row.exceedanceDays30,
        render: (row) => (
          <span className={row.exceedanceDays30 > 0 ? css.over : 'muted'}>{row.exceedanceDays30}</span>
        ),
      },
      {
        key: 'marks',
        title: t('online.openMarks'),
        decimals: 0,
        value: (row) => row.openMarks,
        render: (row) => (row.openMarks === 0 ? <span className="muted">0</span> : row.openMarks),
      },
      { key: 'operator', title: t('operator'), value: (row) => row.operator, choices: true, hidden: true },
    ]
  }, [medium, t])
}
