import type { EvaluatorDetail, EvaluatorSummary } from '@shanshui/contract'
import { Input } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useEvaluator, useEvaluators } from '../../../api/evaluators.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { CalculatorForm } from './CalculatorForm.tsx'
import css from './calculator.module.css'

const params = { id: textParam('air.aqi.day'), find: textParam('') }

/** What does the standard say for these numbers, and by which clause? */
export function CalculatorPage() {
  const { t } = useTranslation('data')
  const [{ id, find }, change] = useAddress(params)
  const list = useEvaluators()
  const detail = useEvaluator(id)
  return (
    <Page title={t('calculator.title')} note={t('calculator.note')}>
      <div className={css.columns}>
        <Panel>
          <Input
            size="small"
            allowClear
            aria-label={t('calculator.find')}
            placeholder={t('calculator.find')}
            value={find}
            onChange={(event) => change({ find: event.target.value })}
          />
          <Async query={list} what={t('calculator.title')}>
            {(data) => (
              <EvaluatorList
                items={data.items}
                find={find}
                chosen={id}
                onChoose={(next) => change({ id: next }, { replace: false })}
              />
            )}
          </Async>
        </Panel>
        <Async query={detail} what={id}>
          {(data) => <Calculator key={data.id} evaluator={data} />}
        </Async>
      </div>
    </Page>
  )
}

interface ListProps {
  readonly items: readonly EvaluatorSummary[]
  readonly find: string
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

function EvaluatorList({ items, find, chosen, onChoose }: ListProps) {
  const { t } = useTranslation('data')
  const official = useOfficial()
  const name = (one: EvaluatorSummary): string => official(one.title)
  const words = find.trim().toLocaleLowerCase()
  const shown = useMemo(
    () =>
      items.filter((one) => `${one.id} ${one.title.zh} ${one.title.en}`.toLocaleLowerCase().includes(words)),
    [items, words],
  )
  if (shown.length === 0) return <Empty title={t('calculator.noneMatch')} />
  return (
    <ul className={css.list}>
      {shown.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className="plain-button"
            aria-current={one.id === chosen}
            onClick={() => onChoose(one.id)}
          >
            {name(one)}
            <span className={`mono muted ${css.id}`}>{one.id}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Calculator({ evaluator }: { evaluator: EvaluatorDetail }) {
  const { t } = useTranslation('data')
  const official = useOfficial()
  const clauses = evaluator.clauses.map((clause) => `${clause.standard} ${clause.at}`).join('；')
  return (
    <div className={css.main}>
      <Panel title={official(evaluator.title)}>
        <p className="muted">{t('calculator.clauses', { clauses, version: evaluator.version })}</p>
        <CalculatorForm evaluator={evaluator} />
      </Panel>
    </div>
  )
}
