import type { AirItemName, FigureDetail, FigureInputs } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../i18n/useOfficial.ts'
import { Async } from '../states.tsx'
import type { Column } from '../table/column.ts'
import { DataTable } from '../table/DataTable.tsx'
import { DayBars } from './DayBars.tsx'
import { FigureDay } from './FigureDay.tsx'
import css from './figure.module.css'
import { useFigureInputs } from './useFigure.ts'
import { useFigureAddress } from './useFigureAddress.ts'

type InputDay = FigureInputs['days'][number]

/** Days behind the figure as bars; excluded ones hatched with the reason; a day opens to hours, an hour to bytes. */
export function FigureInputsPart({ figure }: { figure: FigureDetail }) {
  const { t } = useTranslation('figure')
  const query = useFigureInputs(figure.id)
  return (
    <section className={css.part}>
      <h2>{t('inputs')}</h2>
      <p>
        {figure.basis.inputs.description}
        <span className="muted">{t('inputCount', { count: figure.basis.inputs.count })}</span>
      </p>
      <Async
        query={query}
        what={t('inputs')}
        rows={4}
        isEmpty={(inputs) => inputs.days.length === 0}
        empty={<p className="muted">{t('inputsNone')}</p>}
      >
        {(inputs) => <Days figure={figure} inputs={inputs} />}
      </Async>
    </section>
  )
}

function Days({ figure, inputs }: { figure: FigureDetail; inputs: FigureInputs }) {
  const { t } = useTranslation('figure')
  const official = useOfficial()
  const { day, item: wanted, openDay, chooseItem } = useFigureAddress()
  const item = inputs.items.find((candidate) => candidate === wanted) ?? inputs.items[0]
  const excluded = inputs.days.filter((entry) => !entry.included)
  return (
    <>
      <Digests inputs={inputs} />
      {inputs.items.length > 1 && item !== undefined && (
        <Segmented<AirItemName>
          size="small"
          value={item}
          options={inputs.items.map((value) => ({
            value,
            label: official(airItemInfo[value]),
          }))}
          onChange={chooseItem}
        />
      )}
      {item !== undefined && <DayBars days={inputs.days} item={item} selected={day} onOpen={openDay} />}
      {excluded.length > 0 && <Excluded days={excluded} item={item} onOpen={openDay} />}
      {day !== '' && item !== undefined && <FigureDay figureId={figure.id} date={day} item={item} />}
      {day === '' && <p className="muted">{t('openDayHint')}</p>}
    </>
  )
}

/** Same digest now as when the figure was computed: the figure can be reproduced from the database. */
function Digests({ inputs }: { inputs: FigureInputs }) {
  const { t } = useTranslation('figure')
  const same = inputs.digest === inputs.digestNow
  return (
    <p className={css.digests}>
      <span>
        {t('digest')}{' '}
        <span className="mono" title={inputs.digest}>
          {inputs.digest.slice(0, 16)}
        </span>
      </span>
      <span className={same ? 'better' : 'worse'}>{t(same ? 'digestSame' : 'digestDiffers')}</span>
    </p>
  )
}

function Excluded(props: {
  days: readonly InputDay[]
  item: AirItemName | undefined
  onOpen: (day: string) => void
}) {
  const { t } = useTranslation('figure')
  const decimals = props.item === undefined ? 0 : airItemInfo[props.item].decimals
  const columns: Column<InputDay>[] = [
    {
      key: 'date',
      title: t('date'),
      value: (row) => row.date,
      render: (row) => (
        <button
          type="button"
          className={`plain-button ${css.dateLink}`}
          onClick={() => props.onOpen(row.date)}
        >
          {row.date}
        </button>
      ),
    },
    {
      key: 'value',
      title: t('value'),
      decimals,
      value: (row) => (props.item === undefined ? null : (row.values[props.item] ?? null)),
    },
    { key: 'reason', title: t('reason'), value: (row) => row.reason },
  ]
  return (
    <details className={css.details}>
      <summary>{t('excluded', { count: props.days.length })}</summary>
      <DataTable
        id="fx"
        compact
        caption={t('excluded', { count: props.days.length })}
        columns={columns}
        rows={props.days}
        rowKey={(row) => `${row.pointId} ${row.date}`}
        maxHeight={220}
      />
    </details>
  )
}
