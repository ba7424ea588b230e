import type { MatterBrief } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useMatters, useWorkflow } from '../../../api/matters.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { MattersList } from '../list/MattersList.tsx'
import css from './rectification.module.css'
import { countByRound, roundOf, type StatusWord, statusWordOf, statusWords } from './statusWords.ts'

const WORKFLOW = 'rectification'
/** The words of the dispatch tables stand for the state, and the round is chosen above. */
const hidden = ['waitsFor', 'round'] as const
/** All of them: the sums of the table are over every round. */
const MOST = 1000

const params = {
  round: textParam(),
  word: choiceParam<StatusWord | ''>(['', ...statusWords], ''),
} as const

/** Inspectorate rectification: how far is each round, what is behind, what came back? */
export function RectificationPage() {
  const { t } = useTranslation('matters')
  const [{ round, word }] = useAddress(params)
  const only =
    round === '' && word === ''
      ? undefined
      : (matter: MatterBrief) =>
          (round === '' || roundOf(matter) === round) && (word === '' || statusWordOf(matter) === word)
  return (
    <MattersList
      title={t('pages.rectification')}
      note={t('pages.rectificationNote')}
      workflows={WORKFLOW}
      withFields
      hide={hidden}
      firstPhase="all"
      extraColumns={useExtraColumns()}
      strip={<Rounds />}
      {...(only === undefined ? {} : { only })}
    />
  )
}

/** The words of one's language for a round that is told by its list only. */
function useRoundTitle(): (round: string) => string {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const def = useWorkflow(WORKFLOW).data
  return (round) => {
    if (round === '') return t('round.none')
    if (!round.startsWith('list:')) return round
    const value = round.slice('list:'.length)
    const option = def?.fields.find(({ id }) => id === 'list')?.options?.find((one) => one.value === value)
    return option === undefined ? value : official(option.title)
  }
}

function useExtraColumns(): readonly Column<MatterBrief>[] {
  const { t } = useTranslation('matters')
  const title = useRoundTitle()
  return [
    {
      key: 'word',
      title: t('column.word'),
      value: (row) => {
        const word = statusWordOf(row)
        return word === undefined ? null : t(`word.${word}`)
      },
      render: (row) => {
        const word = statusWordOf(row)
        return word === undefined ? null : <span className={wordClass(word)}>{t(`word.${word}`)}</span>
      },
      oneLine: true,
    },
    {
      key: 'progress',
      title: t('column.progress'),
      unit: '%',
      decimals: 0,
      value: (row) => (typeof row.fields?.progress === 'number' ? row.fields.progress : null),
    },
    { key: 'round', title: t('column.round'), value: (row) => title(roundOf(row)) },
  ]
}

/** Rounds by status words; every number filters the list below. */
function Rounds() {
  const { t } = useTranslation('matters')
  const [scope] = useScope()
  const [state, change] = useAddress(params)
  const title = useRoundTitle()
  const query = useMatters(
    { workflow: WORKFLOW, regionCode: scope.region, phase: 'all', order: 'recent', fields: true },
    MOST,
  )
  const { rows } = pagedRows(query)
  const rounds = useMemo(() => countByRound(rows), [rows])
  const sum = (word: StatusWord): number => rounds.reduce((total, { counts }) => total + counts[word], 0)
  const cell = (round: string, word: StatusWord | '', count: number) => {
    const on = state.round === round && state.word === word
    const words = word === '' ? t('round.total') : t(`word.${word}`)
    return (
      <td key={word} className="number">
        {count === 0 ? (
          <span className="muted">0</span>
        ) : (
          <button
            type="button"
            className={`plain-button ${css.count} ${alarming.has(word) ? 'worse' : ''}`}
            aria-pressed={on}
            aria-label={t('round.filter', {
              round: round === '' ? t('round.all') : title(round),
              words,
              count,
            })}
            onClick={() => change(on ? { round: '', word: '' } : { round, word })}
          >
            {count}
          </button>
        )}
      </td>
    )
  }
  return (
    <Panel label={t('round.what')}>
      <Async query={query} what={t('round.what')} rows={3}>
        {() => (
          <div className={css.scroll}>
            <table className={css.rounds}>
              <caption className="visually-hidden">{t('round.what')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('column.round')}</th>
                  <th scope="col">{t('round.total')}</th>
                  {statusWords.map((word) => (
                    <th key={word} scope="col">
                      {t(`word.${word}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rounds.map(({ round, total, counts }) => (
                  <tr key={round}>
                    <th scope="row">{title(round)}</th>
                    {cell(round, '', total)}
                    {statusWords.map((word) => cell(round, word, counts[word]))}
                  </tr>
                ))}
                {rounds.length > 1 && (
                  <tr className={css.sum}>
                    <th scope="row">{t('round.all')}</th>
                    <td className="number">{rounds.reduce((total, one) => total + one.total, 0)}</td>
                    {statusWords.map((word) => cell('', word, sum(word)))}
                  </tr>
                )}
              </tbody>
            </table>
          </div>
        )}
      </Async>
    </Panel>
  )
}

const alarming: ReadonlySet<string> = new Set(['behind', 'rebound'])

const wordClass = (word: StatusWord): string => (alarming.has(word) ? 'worse' : '')
