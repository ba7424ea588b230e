import type { WorkflowDefinition } from '@shanshui/workflow'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './diagram.module.css'
import type { MatterPath } from './path.ts'

interface Props {
  readonly def: WorkflowDefinition
  readonly current?: string
  readonly path: MatterPath
}

/** The states one below the other: where the matter was and when, where it is, what may still come. */
export function StateList({ def, current, path }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  // an end that the matter did not take is no part of its way
  const states = def.states.filter(
    ({ id, phase }) => current === undefined || phase !== 'dropped' || path.entered.has(id),
  )
  return (
    <ol className={css.states} aria-label={t('diagram.of', { title: official(def.title) })}>
      {states.map(({ id, title }) => {
        const at = path.entered.get(id)
        const where = id === current ? 'now' : at === undefined ? 'ahead' : 'passed'
        return (
          <li key={id} className={css[where]} aria-current={id === current ? 'step' : undefined}>
            <span>{official(title)}</span>
            <span className="muted">
              {current !== undefined && t(`diagram.${where}`)}
              {at !== undefined && ` ${shortTime(at)}`}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
