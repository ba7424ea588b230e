import { Button, Checkbox, Dropdown, Input, Popover, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, cellText } from './column.ts'
import css from './DataTable.module.css'
import { exportCsv, exportXlsx } from './exportRows.ts'
import type { TableState } from './useTableState.ts'

interface Props<Row> {
  readonly state: TableState<Row>
  readonly all: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly shown: readonly Row[]
  readonly exportName: string
  readonly extra?: ReactNode
}

/** Filter, choice of columns and export, above a table. */
export function TableTools<Row>({ state, all, rows, shown, exportName, extra }: Props<Row>) {
  const { t } = useTranslation()
  const filtered = shown.length !== rows.length
  return (
    <div className={`${css.tools} no-print`}>
      {extra}
      <Input
        className={css.filter}
        size="small"
        allowClear
        value={state.words}
        placeholder={t('table.filter')}
        aria-label={t('table.filter')}
        onChange={(event) => state.setWords(event.target.value)}
      />
      {all
        .filter((column) => column.choices === true)
        .map((column) => (
          <Select
            key={column.key}
            size="small"
            allowClear
            className={css.choice}
            aria-label={column.title}
            placeholder={column.title}
            value={state.choices[column.key]}
            options={[...new Set(rows.map((row) => cellText(column, row)))].map((value) => ({
              value,
              label: value,
            }))}
            onChange={(value?: string) => state.setChoice(column.key, value)}
          />
        ))}
      <span className={css.count} role="status">
        {filtered
          ? t('table.countFiltered', { shown: shown.length, all: rows.length })
          : t('table.count', { count: rows.length })}
      </span>
      <Popover trigger="click" placement="bottomRight" content={<ColumnChoice state={state} all={all} />}>
        <Button size="small">{t('table.columns')}</Button>
      </Popover>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'csv', label: 'CSV' },
            { key: 'xlsx', label: 'XLSX' },
          ],
          onClick: ({ key }) =>
            key === 'csv'
              ? exportCsv(state.columns, shown, exportName)
              : void exportXlsx(state.columns, shown, exportName),
        }}
      >
        <Button size="small">{t('table.export')}</Button>
      </Dropdown>
    </div>
  )
}

function ColumnChoice<Row>({ state, all }: { state: TableState<Row>; all: readonly Column<Row>[] }) {
  const keys = state.columns.map((column) => column.key)
  return (
    <div className={css.columnChoice}>
      {all.map((column) => (
        <Checkbox
          key={column.key}
          checked={keys.includes(column.key)}
          disabled={keys.length === 1 && keys.includes(column.key)}
          onChange={(event) =>
            state.setShownKeys(
              all
                .map((candidate) => candidate.key)
                .filter((key) => (key === column.key ? event.target.checked : keys.includes(key))),
            )
          }
        >
          {column.title}
        </Checkbox>
      ))}
    </div>
  )
}
