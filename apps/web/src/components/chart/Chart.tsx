import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, useAddress } from '../../address/useAddress.ts'
import { fontFamily, ink } from '../../theme/theme.ts'
import { Loading } from '../states.tsx'
import type { Column } from '../table/column.ts'
import { DataTable } from '../table/DataTable.tsx'
import { ViewSwitch } from '../ViewSwitch.tsx'
import css from './Chart.module.css'

interface Props<Row> {
  /** Name in the address bar; unique on the page. */
  readonly id: string
  /** What the chart shows, in a sentence: its name for those who do not see it. */
  readonly label: string
  readonly option: EChartsCoreOption
  readonly height?: number
  /** The table twin: the same numbers. */
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly title?: ReactNode
  readonly tools?: ReactNode
  /** Zoom by brush or slider: share of the axis in per cent. */
  readonly onZoom?: (start: number, end: number) => void
  readonly onPick?: (dataIndex: number, seriesIndex: number) => void
}

const views = ['chart', 'table'] as const

/** A chart with its table twin; the choice between them is in the address. */
export function Chart<Row>(props: Props<Row>) {
  const { t } = useTranslation()
  const [params] = useState(() => ({ [`${props.id}.as`]: choiceParam(views, 'chart') }))
  const [state, change] = useAddress(params)
  const view = state[`${props.id}.as`] ?? 'chart'
  return (
    <figure className={css.figure} aria-label={props.label}>
      <div className={css.head}>
        <figcaption className={css.title}>{props.title ?? props.label}</figcaption>
        <div className={`${css.tools} no-print`}>
          {props.tools}
          <ViewSwitch
            label={t('chart.view')}
            views={views}
            view={view}
            name={(one) => t(`chart.${one}`)}
            onChange={(next) => change({ [`${props.id}.as`]: next })}
          />
        </div>
      </div>
      {view === 'chart' ? (
        <Canvas {...props} onUnable={() => change({ [`${props.id}.as`]: 'table' })} />
      ) : (
        <DataTable
          id={`${props.id}.t`}
          caption={props.label}
          columns={props.columns}
          rows={props.rows}
          rowKey={props.rowKey}
          maxHeight={Math.max(240, props.height ?? 260)}
        />
      )}
    </figure>
  )
}

function Canvas<Row>(props: Props<Row> & { onUnable: () => void }) {
  const { option, height = 260, label, onZoom, onPick, onUnable } = props
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once
  useEffect(() => {
    const element = box.current
    if (element === null) return
    let made: EChartsType | undefined
    let gone = false
    const observer = new ResizeObserver(() => made?.resize())
    import('./echarts.ts').then(
      ({ init }) => {
        if (gone) return
        made = init(element, undefined, { renderer: 'canvas' })
        observer.observe(element)
        setChart(made)
      },
      // not fetched: the table twin holds the same numbers
      () => !gone && onUnable(),
    )
    return () => {
      gone = true
      observer.disconnect()
      made?.dispose()
    }
  }, [])

  useEffect(() => {
    chart?.setOption(
      {
        animation: false,
        textStyle: { fontFamily, color: ink.text, fontSize: 12 },
        aria: { enabled: true, label: { description: label } },
        ...option,
      },
      { notMerge: true },
    )
  }, [chart, option, label])

  useEffect(() => {
    if (chart === undefined) return
    const zoomed = (): void => {
      const [zoom] = (chart.getOption() as { dataZoom?: { start: number; end: number }[] }).dataZoom ?? []
      if (zoom !== undefined) onZoom?.(zoom.start, zoom.end)
    }
    const picked = (event: { dataIndex?: number; seriesIndex?: number }): void => {
      if (event.dataIndex !== undefined) onPick?.(event.dataIndex, event.seriesIndex ?? 0)
    }
    if (onZoom !== undefined) chart.on('datazoom', zoomed)
    if (onPick !== undefined) chart.on('click', picked)
    return () => {
      if (chart.isDisposed()) return
      chart.off('datazoom', zoomed)
      chart.off('click', picked)
    }
  }, [chart, onZoom, onPick])

  return (
    <div className={css.canvasBox} style={{ height }}>
      {chart === undefined && <Loading rows={3} />}
      <div ref={box} className={css.canvas} style={{ height }} />
    </div>
  )
}
