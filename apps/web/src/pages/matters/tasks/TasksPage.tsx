import type { BoardTask, TaskBoard } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { useTaskBoard } from '../../../api/bureau.ts'
import { useMatterRefresh } from '../../../api/matters.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { formatNumber } from '../../../format/number.ts'
import { today } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { CountStrip } from '../list/CountStrip.tsx'
import { NewMatter } from '../open/NewMatter.tsx'
import { useNewMatterAddress } from '../open/useNewMatterAddress.ts'
import { TaskRows } from './TaskRows.tsx'
import css from './tasks.module.css'

const views = ['board', 'review'] as const
const lights = ['red', 'yellow', 'green', 'done'] as const
type LightKey = (typeof lights)[number]

const thisYear = Number(today().slice(0, 4))
const params = {
  year: integerParam(thisYear, 2000, 2100),
  view: choiceParam(views, 'board'),
  light: choiceParam<LightKey | ''>(['', ...lights], ''),
} as const

const lightOf = (task: BoardTask): LightKey => (task.state === 'done' ? 'done' : task.light)

/** Where does the year stand, group by group, and which task will not be reached at this pace? */
export function TasksPage() {
  const { t } = useTranslation('matters')
  const { may } = useSession()
  const [{ region }] = useScope()
  const [state, change] = useAddress(params)
  const query = useTaskBoard(state.year, region)
  const openNew = useNewMatterAddress()
  useMatterRefresh()
  return (
    <Page
      title={t('tasks.title', { year: state.year })}
      note={t('tasks.note')}
      tools={
        <>
          <Button size="small" onClick={() => change({ year: state.year - 1 })}>
            {state.year - 1}
          </Button>
          <Button size="small" onClick={() => change({ year: state.year + 1 })}>
            {state.year + 1}
          </Button>
          <ViewSwitch
            label={t('tasks.view')}
            views={views}
            view={state.view}
            name={(view) => t(`tasks.views.${view}`)}
            onChange={(view) => change({ view })}
          />
          {may('matter:open') && (
            <Button type="primary" onClick={() => openNew({ workflow: 'key-task' })}>
              {t('tasks.new')}
            </Button>
          )}
        </>
      }
    >
      <Async
        query={query}
        what={t('tasks.title', { year: state.year })}
        rows={14}
        isEmpty={({ groups }) => groups.every(({ total }) => total === 0)}
        empty={<Empty title={t('tasks.none', { year: state.year })} hint={t('tasks.noneHint')} />}
      >
        {(board) =>
          state.view === 'review' ? (
            <Review board={board} />
          ) : (
            <Board board={board} light={state.light} onLight={(light) => change({ light: light ?? '' })} />
          )
        }
      </Async>
      <NewMatter />
    </Page>
  )
}

interface BoardProps {
  readonly board: TaskBoard
  readonly light: LightKey | ''
  readonly onLight: (light: LightKey | undefined) => void
}

function Board({ board, light, onLight }: BoardProps) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const all = board.groups.flatMap(({ tasks }) => tasks)
  return (
    <>
      <CountStrip
        label={t('tasks.counts')}
        chosen={light === '' ? undefined : light}
        onChoose={onLight}
        counts={lights.map((key) => ({
          key,
          title: t(`tasks.light.${key}`),
          count: all.filter((task) => lightOf(task) === key).length,
          alarm: key === 'red',
        }))}
      />
      {board.groups.map((group) => {
        const tasks = group.tasks.filter((task) => light === '' || lightOf(task) === light)
        if (tasks.length === 0) return null
        return (
          <Panel
            key={group.key}
            title={official(group.title)}
            tools={
              <span className="muted">
                {t('tasks.sum', {
                  total: group.total,
                  done: group.done,
                  red: group.red,
                  progress: formatNumber(group.progress, 0),
                })}
              </span>
            }
          >
            <TaskRows tasks={tasks} label={official(group.title)} />
          </Panel>
        )
      })}
      <p className={`${css.legend} muted`}>{t('tasks.legend')}</p>
    </>
  )
}

/** Sentences for next year's report, from the results of what is done. */
function Review({ board }: { board: TaskBoard }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  if (board.review.length === 0) return <Empty title={t('tasks.noReview')} hint={t('tasks.noReviewHint')} />
  return (
    <Panel title={t('tasks.reviewTitle', { year: board.year + 1 })}>
      {board.groups.map((group) => {
        const sentences = board.review.filter((one) => one.group === group.key)
        if (sentences.length === 0) return null
        return (
          <section key={group.key}>
            <h3>{official(group.title)}</h3>
            {sentences.map((one) => (
              <p key={one.matterId} className={css.sentence}>
                {one.text}
              </p>
            ))}
          </section>
        )
      })}
    </Panel>
  )
}
