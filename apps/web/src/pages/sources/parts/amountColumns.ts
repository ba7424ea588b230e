import type { Column } from '../../../components/table/column.ts'

type Value<Row> = (row: Row) => number | null

/** Tonnes of a year or a month; three decimals unless told otherwise. */
export function tonnes<Row>(key: string, title: string, value: Value<Row>, decimals = 3): Column<Row> {
  return { key, title, unit: 't', decimals, value }
}

/** A share in percent. */
export function percent<Row>(key: string, title: string, value: Value<Row>): Column<Row> {
  return { key, title, unit: '%', decimals: 1, value }
}
