import type { ReviewItem, ReviewLevel, ReviewTarget } from '@shanshui/contract'
import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, dateParam, useAddress } from '../../../address/useAddress.ts'
import { useReviews } from '../../../api/review.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { addDays, today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { DecisionBar } from './DecisionBar.tsx'
import { HistoryDrawer } from './HistoryDrawer.tsx'
import { useReviewColumns } from './useReviewColumns.tsx'

const levels = ['station', 'city', 'province'] as const
const shownDays = 7

/** Which station-days wait for me, and may I let them pass? */
export function ReviewPage() {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const mine = levels.find((level) => may(`review:${level}`)) ?? 'station'
  const last = today()
  const params = useMemo(
    () => ({
      level: choiceParam<ReviewLevel>(levels, mine),
      from: dateParam(addDays(last, -shownDays)),
      to: dateParam(last),
    }),
    [last, mine],
  )
  const [{ level, from, to }, change] = useAddress(params)
  const query = useReviews({ level, from, to })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<ReviewTarget>()
  const rows = query.data?.items ?? []
  const decidable = may(`review:${level}`)
  const toggle = (key: string): void => setChosen((before) => toggled(before, key))
  const columns = useReviewColumns(decidable ? { chosen, toggle } : undefined)
  return (
    <Page
      title={t('review.title')}
      note={t('review.note')}
      tools={
        <>
          <Segmented<ReviewLevel>
            size="small"
            aria-label={t('review.level')}
            value={level}
            options={levels.map((value) => ({ value, label: t(`review.levels.${value}`) }))}
            onChange={(next) => {
              setChosen(new Set())
              change({ level: next })
            }}
          />
          <DateInput
            label={t('review.from')}
            value={from}
            max={to}
            onChange={(next) => change({ from: next })}
          />
          <DateInput label={t('review.to')} value={to} max={last} onChange={(next) => change({ to: next })} />
        </>
      }
    >
      <Panel>
        <Async
          query={query}
          what={t('review.title')}
          isEmpty={(data) => data.items.length === 0}
          empty={<Empty title={t('review.empty')} hint={t('review.emptyHint')} />}
        >
          {(data) => (
            <DataTable
              id="review"
              caption={t('review.title')}
              columns={columns}
              rows={data.items}
              rowKey={reviewKey}
              onRow={(row) => setOpened({ pointId: row.pointId, date: row.date })}
              exportName={t('review.title')}
              tools={
                decidable && (
                  <DecisionBar
                    level={level}
                    rows={rows.filter((row) => chosen.has(reviewKey(row)))}
                    onAll={() => setChosen(new Set(data.items.map(reviewKey)))}
                    onDone={() => setChosen(new Set())}
                  />
                )
              }
            />
          )}
        </Async>
      </Panel>
      <HistoryDrawer target={opened} onClose={() => setOpened(undefined)} />
    </Page>
  )
}

export function reviewKey(row: Pick<ReviewItem, 'pointId' | 'date'>): string {
  return `${row.pointId} ${row.date}`
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}

interface DateInputProps {
  readonly label: string
  readonly value: string
  readonly max: string
  readonly onChange: (date: string) => void
}

function DateInput({ label, value, max, onChange }: DateInputProps) {
  return (
    <input
      type="date"
      aria-label={label}
      value={value}
      max={max}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
