import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { choiceParam, useAddress } from '../../address/useAddress.ts'
import { useMatterRefresh, useMatters, useMattersToDo } from '../../api/matters.ts'
import { useObligations, usePermitRefresh } from '../../api/permits.ts'
import { useMarkingDay, useSourceOutlets } from '../../api/sources.ts'
import { useCarriedSearch } from '../../app/layout/useScope.ts'
import { Page, Panel } from '../../components/Page.tsx'
import { Async, Empty } from '../../components/states.tsx'
import { pagedRows } from '../../components/table/pagedRows.ts'
import { addDays, shortTime, today } from '../../format/time.ts'
import { useSession } from '../../session/session.tsx'
import { CountStrip } from '../matters/list/CountStrip.tsx'
import { DueMark, StateMark } from '../matters/parts/MatterMarks.tsx'
import { outletTone } from '../sources/online/useOutletColumns.tsx'
import { outletName } from '../sources/parts/names.ts'
import { StateTag } from '../sources/parts/StateTag.tsx'
import css from './portal.module.css'
import { isAutomatic, type TodoItem, type TodoKind, todoOf } from './todo.ts'

const aheadDays = 30
const kinds = ['matter', 'obligation', 'mark'] as const
const params = { kind: choiceParam(['', ...kinds] as const, '') } as const

/** What do we have to do, by when, and how do our own data stand? */
export function PortalPage() {
  const { t } = useTranslation('portal')
  const { session } = useSession()
  useMatterRefresh()
  usePermitRefresh()
  return (
    <Page title={t('title')} note={session.user.organization.name}>
      <div className={css.columns}>
        <div className={css.column}>
          <TodoPart />
          <MattersPart />
        </div>
        <div className={css.column}>
          <OnlinePart />
          <KnownPart />
        </div>
      </div>
    </Page>
  )
}

/** Due soon or overdue, whatever it is; each line leads to the page on which it is done. */
function useTodo() {
  const day = today()
  const span = { regionCode: 0, from: addDays(day, -366), to: addDays(day, aheadDays) }
  const matters = useMattersToDo('')
  const due = useObligations({ ...span, state: 'due' })
  const overdue = useObligations({ ...span, state: 'overdue' })
  const marking = useMarkingDay(addDays(day, -1), true)
  const queries = [matters, due, overdue, marking] as const
  const failed = queries.find(({ error }) => error !== null)
  const items = useMemo(
    () =>
      todoOf(
        {
          matters: matters.data?.pages.flatMap((page) => page.items) ?? [],
          obligations: [due, overdue].flatMap(
            (query) => query.data?.pages.flatMap((page) => page.items) ?? [],
          ),
          marking: marking.data === undefined ? [] : [marking.data],
        },
        Date.now(),
      ),
    [matters.data, due.data, overdue.data, marking.data, due, overdue],
  )
  const ready = queries.every(({ data }) => data !== undefined)
  return {
    /** Obligations that ask for nothing. */
    automatic: pagedRows(due).rows.filter(isAutomatic).length,
    data: ready ? items : undefined,
    error: failed?.error ?? null,
    isPending: !ready && failed === undefined,
    refetch: () => {
      for (const query of queries) void query.refetch()
    },
  }
}

function TodoPart() {
  const { t } = useTranslation('portal')
  const [{ kind }, change] = useAddress(params)
  const { automatic, ...query } = useTodo()
  return (
    <Panel title={t('todo.title')}>
      <Async
        query={query}
        what={t('todo.title')}
        rows={8}
        isEmpty={(items) => items.length === 0}
        empty={<Empty title={t('todo.none')} hint={t('todo.noneHint', { days: aheadDays })} />}
      >
        {(items) => (
          <>
            <CountStrip<TodoKind>
              label={t('todo.counts')}
              chosen={kind === '' ? undefined : kind}
              counts={kinds.map((one) => ({
                key: one,
                title: t(`kind.${one}`),
                count: items.filter((entry) => entry.kind === one).length,
                alarm: items.some((entry) => entry.kind === one && entry.overdue),
              }))}
              onChoose={(chosen) => change({ kind: chosen ?? '' })}
            />
            <ol className={css.items}>
              {items
                .filter((entry) => kind === '' || entry.kind === kind)
                .map((entry) => (
                  <Item key={entry.key} item={entry} />
                ))}
            </ol>
          </>
        )}
      </Async>
      {automatic > 0 && <p className="muted">{t('todo.automatic', { count: automatic })}</p>}
    </Panel>
  )
}

const soonDays = 7

function Item({ item }: { item: TodoItem }) {
  const { t } = useTranslation('portal')
  const carried = useCarriedSearch()
  const search = [carried, item.search].filter((part) => part !== '').join('&')
  const { days, overdue, dueOn } = item
  const words =
    days === null
      ? t('due.none')
      : overdue
        ? t(days >= 0 ? 'due.overToday' : 'due.over', { count: Math.abs(days) })
        : days === 0
          ? t('due.today')
          : t('due.left', { count: days })
  const tone = overdue ? css.over : days !== null && days <= soonDays ? css.soon : ''
  return (
    <li className={css.item}>
      <span className={tone} title={dueOn ?? ''}>
        {words}
      </span>
      <span className="muted">{t(`kind.${item.kind}`)}</span>
      <Link to={{ pathname: item.path, search }}>{item.title}</Link>
    </li>
  )
}

/** Everything about us that is under way and shown to us, also while somebody else has the turn. */
function MattersPart() {
  const { t } = useTranslation('portal')
  const search = useCarriedSearch()
  const query = useMatters({ workflow: '', regionCode: 0, phase: 'open', order: 'due' })
  const { rows } = pagedRows(query)
  return (
    <Panel title={t('matters.title')}>
      <Async
        query={query}
        what={t('matters.title')}
        rows={4}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('matters.none')} />}
      >
        {() => (
          <ul className={css.items}>
            {rows.map((matter) => (
              <li key={matter.id} className={css.outlet}>
                <span>
                  <Link to={{ pathname: `/matters/${matter.id}`, search }}>{matter.title}</Link>{' '}
                  <span className="muted">{matter.number}</span>
                </span>
                <span>
                  <StateMark matter={matter} /> <DueMark due={matter.due} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Async>
    </Panel>
  )
}

/** The newest hour of each of our outlets, as the bureau sees it. */
function OnlinePart() {
  const { t } = useTranslation('portal')
  const { t: words } = useTranslation('monitoring')
  const search = useCarriedSearch()
  const air = useSourceOutlets({ medium: 'air', state: '', regionCode: undefined, search: '' })
  const water = useSourceOutlets({ medium: 'water', state: '', regionCode: undefined, search: '' })
  const outlets = [...pagedRows(air).rows, ...pagedRows(water).rows]
  return (
    <Panel
      title={t('online.title')}
      tools={<Link to={{ pathname: '/sources/online', search }}>{t('online.all')}</Link>}
    >
      <Async query={air} what={t('online.title')} rows={4}>
        {() => (
          <ul className={css.items}>
            {outlets.map((outlet) => (
              <li key={outlet.id} className={css.outlet}>
                <Link to={{ pathname: `/sources/outlets/${outlet.id}`, search }}>
                  {outlet.number} {outletName(outlet.name, outlet.enterprise.name)}
                </Link>
                <span>
                  <StateTag tone={outletTone(outlet.state)} text={words(`outletState.${outlet.state}`)} />{' '}
                  <span className="muted">
                    {outlet.latest === null ? t('online.noData') : shortTime(outlet.latest.hour)}
                  </span>
                </span>
              </li>
            ))}
            {outlets.length === 0 && <li className="muted">{t('online.none')}</li>}
          </ul>
        )}
      </Async>
    </Panel>
  )
}

const known = [
  { key: 'dossier', path: '/sources/enterprises' },
  { key: 'online', path: '/sources/online' },
  { key: 'permit', path: '/sources/permits' },
  { key: 'evidence', path: '/matters/todo' },
] as const

/** What the platform has already is not asked for again: where to see it, and correct it once. */
function KnownPart() {
  const { t } = useTranslation('portal')
  const search = useCarriedSearch()
  return (
    <Panel title={t('known.title')}>
      <p>{t('known.lead')}</p>
      <ul className={css.known}>
        {known.map(({ key, path }) => (
          <li key={key}>
            <Link to={{ pathname: path, search }}>{t(`known.${key}`)}</Link>：{t(`known.${key}Hint`)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
