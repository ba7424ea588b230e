import { Button } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ScrollRegion } from '../ScrollRegion.tsx'
import { type Column, cellText, filterRows, isNumeric, parseSorting, sortRows } from './column.ts'
import css from './DataTable.module.css'
import { TableTools } from './TableTools.tsx'
import { useTableState } from './useTableState.ts'

/** Keyset paging: `next` is the server's cursor, null at the end; `onMore` asks for the following page. */
export interface Paging {
  readonly next: string | null
  readonly loading: boolean
  readonly onMore: () => void
}

interface Props<Row> {
  /** Prefix of the table's state in the address bar; unique on the page. */
  readonly id: string
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly paging?: Paging
  readonly exportName?: string
  readonly empty?: ReactNode
  readonly onRow?: (row: Row) => void
  readonly selectedKey?: string | number
  readonly maxHeight?: number | string
  /** Put before filter and export. */
  readonly tools?: ReactNode
  readonly compact?: boolean
}

/** The product's table: sticky head, filter, sort, column choice, keyset paging, export of what is shown. */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, rowKey, paging, caption } = props
  const { t } = useTranslation()
  const state = useTableState(props.id, columns)
  const shown = useMemo(() => {
    const filtered = filterRows(rows, state.columns, state.words, state.choices)
    return sortRows(filtered, columns, parseSorting(state.sort))
  }, [rows, columns, state.columns, state.words, state.choices, state.sort])

  return (
    <div className={css.wrap}>
      {props.compact !== true && (
        <TableTools
          state={state}
          all={columns}
          rows={rows}
          shown={shown}
          exportName={props.exportName ?? caption}
          extra={props.tools}
        />
      )}
      <ScrollRegion className={css.scroll} style={{ maxHeight: props.maxHeight }} label={caption}>
        <table className={css.table}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {state.columns.map((column) => (
                <HeadCell key={column.key} column={column} sort={state.sort} onSort={state.setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <BodyRow key={rowKey(row)} row={row} {...props} columns={state.columns} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <div className={css.none}>
            {rows.length === 0 ? (props.empty ?? t('table.empty')) : t('table.noneMatch')}
          </div>
        )}
      </ScrollRegion>
      {paging !== undefined && paging.next !== null && (
        <div className={`${css.more} no-print`}>
          <Button size="small" loading={paging.loading} onClick={paging.onMore}>
            {t('table.more')}
          </Button>
          <span className="muted">{t('table.moreHint', { count: rows.length })}</span>
        </div>
      )}
    </div>
  )
}

function HeadCell<Row>(props: { column: Column<Row>; sort: string; onSort: (sort: string) => void }) {
  const { column, sort, onSort } = props
  const current = parseSorting(sort)
  const active = current?.key === column.key
  const direction = active ? (current.descending ? 'descending' : 'ascending') : 'none'
  const next = !active ? column.key : current.descending ? '' : `-${column.key}`
  return (
    <th scope="col" aria-sort={direction} className={alignOf(column)} style={{ width: column.width }}>
      <button type="button" className={css.sort} onClick={() => onSort(next)}>
        <span>
          {column.title}
          {column.unit !== undefined && <span className={css.unit}> {column.unit}</span>}
        </span>
        <span aria-hidden="true" className={css.arrow}>
          {active ? (current.descending ? '▼' : '▲') : ''}
        </span>
      </button>
    </th>
  )
}

function BodyRow<Row>(props: Props<Row> & { row: Row }) {
  const { row, columns, onRow, selectedKey, rowKey } = props
  const selected = selectedKey !== undefined && selectedKey === rowKey(row)
  // The keyboard opens a row by a button in its first plain cell; a click anywhere does the same.
  const opener = onRow === undefined ? undefined : columns.find((column) => column.render === undefined)
  return (
    <tr
      className={`${onRow === undefined ? '' : css.clickable} ${selected ? css.selected : ''}`}
      aria-selected={selectedKey === undefined ? undefined : selected}
      onClick={onRow === undefined ? undefined : () => onRow(row)}
    >
      {columns.map((column, index) => {
        const content = column.render?.(row) ?? cellText(column, row)
        const Cell = index === 0 ? 'th' : 'td'
        return (
          <Cell key={column.key} scope={index === 0 ? 'row' : undefined} className={alignOf(column)}>
            {column === opener ? (
              <button type="button" className={`plain-button ${css.opener}`}>
                {content}
              </button>
            ) : (
              content
            )}
          </Cell>
        )
      })}
    </tr>
  )
}

function alignOf<Row>(column: Column<Row>): string | undefined {
  const align = column.align ?? (isNumeric(column) ? 'right' : 'left')
  if (align === 'right') return css.right
  if (align === 'center') return css.center
  return column.oneLine === true ? css.oneLine : undefined
}
