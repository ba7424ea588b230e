import { type CauseCount, type CauseKind, causeKinds } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useCauseCounts } from '../../../api/problems.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './problems.module.css'

interface Props {
  readonly chosen: CauseKind | ''
  readonly onChoose: (cause: CauseKind | '') => void
}

/** What stands behind the problems, by how many: a number filters the list. */
export function CausesOverview({ chosen, onChoose }: Props) {
  const { t } = useTranslation('problems')
  const [{ region }] = useScope()
  const query = useCauseCounts(region)
  return (
    <Panel title={t('causes.overview')}>
      <Async
        query={query}
        what={t('causes.overview')}
        rows={2}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="muted">{t('causes.none')}</p>}
      >
        {({ items }) => (
          <div className={css.causes}>
            {(['roots', 'bottlenecks'] as const).map((group) => (
              <Group
                key={group}
                title={t(`causes.${group}`)}
                items={items.filter(({ bottleneck }) => bottleneck === (group === 'bottlenecks'))}
                chosen={chosen}
                onChoose={onChoose}
              />
            ))}
          </div>
        )}
      </Async>
    </Panel>
  )
}

function Group({ title, items, chosen, onChoose }: Props & { title: string; items: readonly CauseCount[] }) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  if (items.length === 0) return null
  return (
    <fieldset className={css.causeGroup}>
      <legend>{title}</legend>
      {items.map(({ kind, problems, open }) => {
        const name = official(causeKinds[kind])
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={chosen === kind}
            onClick={() => onChoose(chosen === kind ? '' : kind)}
          >
            {name} <strong>{problems}</strong>
            {open > 0 && (
              <>
                {' '}
                <span className="worse">{t('causes.open', { open })}</span>
              </>
            )}
          </button>
        )
      })}
    </fieldset>
  )
}
