import { type TimelineEntry, type TimelineKind, timelineKinds } from '@shanshui/contract'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { choiceParam, listParam, useAddress } from '../../../address/useAddress.ts'
import { useTimeline } from '../../../api/enterprises.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { addDays, shortTime, today } from '../../../format/time.ts'
import css from './enterprise.module.css'

const spans = ['year', 'quarter', 'three-years', 'all'] as const
type Span = (typeof spans)[number]
const days: Readonly<Record<Span, number>> = { quarter: 92, year: 366, 'three-years': 1096, all: 365 * 40 }
const params = { show: listParam(), span: choiceParam<Span>(spans, 'year') } as const

/** Everything about a plant on one line; the tabs narrow it. */
export function TimelinePart({ enterpriseId }: { enterpriseId: number }) {
  const { t } = useTranslation('enterprises')
  const [{ show, span }, change] = useAddress(params)
  const to = today()
  const query = useTimeline(enterpriseId, { from: addDays(to, -days[span]), to, kinds: show.join(',') })
  const counts = query.data?.pages[0]?.counts ?? {}
  const { rows, paging } = pagedRows(query)
  const shown = timelineKinds.filter((kind) => (counts[kind] ?? 0) > 0 || show.includes(kind))
  const toggle = (kind: TimelineKind): void =>
    change({ show: show.includes(kind) ? show.filter((one) => one !== kind) : [...show, kind] })
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <Panel
      title={t('timeline.title')}
      tools={
        <Select<Span>
          size="small"
          style={{ width: 110 }}
          aria-label={t('timeline.span')}
          value={span}
          options={spans.map((value) => ({ value, label: t(`timeline.spans.${value}`) }))}
          onChange={(next) => change({ span: next })}
        />
      }
    >
      <fieldset className={`${css.tabs} no-print`}>
        <legend className="visually-hidden">{t('timeline.filter')}</legend>
        <Tab
          text={t('timeline.all')}
          count={total}
          on={show.length === 0}
          onClick={() => change({ show: [] })}
        />
        {shown.map((kind) => (
          <Tab
            key={kind}
            text={t(`timeline.kind.${kind}`)}
            count={counts[kind] ?? 0}
            on={show.includes(kind)}
            onClick={() => toggle(kind)}
          />
        ))}
      </fieldset>
      <Async
        query={query}
        what={t('timeline.title')}
        rows={10}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('timeline.none')} hint={t('timeline.noneHint')} />}
      >
        {() => (
          <>
            <ol className={css.line}>
              {rows.map((entry, index) => (
                <Entry
                  // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id, and the list only grows at its end
                  key={`${entry.at} ${index}`}
                  entry={entry}
                  newYear={yearOf(entry) !== yearOf(rows[index - 1])}
                />
              ))}
            </ol>
            {paging.next !== null && (
              <Button size="small" loading={paging.loading} onClick={paging.onMore}>
                {t('timeline.earlier')}
              </Button>
            )}
          </>
        )}
      </Async>
    </Panel>
  )
}

const yearOf = (entry: TimelineEntry | undefined) => entry?.at.slice(0, 4)

function Tab(props: { text: string; count: number; on: boolean; onClick: () => void }) {
  return (
    <button type="button" aria-pressed={props.on} className={css.tab} onClick={props.onClick}>
      {props.text} <span>{props.count}</span>
    </button>
  )
}

/** A day without a clock time is shown as a day. */
function timeText(entry: TimelineEntry): string {
  const at = shortTime(entry.at)
  const day = at.endsWith('00:00') ? at.slice(0, 5) : at
  if (entry.until === undefined) return day
  const until = shortTime(entry.until)
  return `${at} — ${until.slice(0, 5) === at.slice(0, 5) ? until.slice(6) : until}`
}

function Entry({ entry, newYear }: { entry: TimelineEntry; newYear: boolean }) {
  const { t } = useTranslation('enterprises')
  return (
    <li className={css[entry.kind]}>
      {newYear && <h3 className={css.year}>{yearOf(entry)}</h3>}
      <div className={css.entry}>
        <span className={css.when}>{timeText(entry)}</span>
        <span className={css.kind}>{t(`timeline.kind.${entry.kind}`)}</span>
        <div className={css.what}>
          {entry.link === undefined ? entry.title : <Link to={entry.link}>{entry.title}</Link>}
          {entry.detail !== undefined && <p className="muted">{entry.detail}</p>}
        </div>
      </div>
    </li>
  )
}
