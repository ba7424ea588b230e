import type { MatterBrief, MatterDetail } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Panel } from '../../../components/Page.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { useNewMatterAddress } from '../open/useNewMatterAddress.ts'
import { DueMark, StateMark } from '../parts/MatterMarks.tsx'
import css from './matter.module.css'

/** The matter that it came from, those that came from it, and others on the same problem. */
export function RelatedPart({ detail }: { detail: MatterDetail }) {
  const { t } = useTranslation('matters')
  const { may } = useSession()
  const openNew = useNewMatterAddress()
  const { parent, children, related, matter } = detail
  const nothing = parent === null && children.length === 0 && related.length === 0
  return (
    <Panel
      title={t('related.title')}
      tools={
        may('matter:open') && (
          <Button
            size="small"
            className="no-print"
            onClick={() =>
              openNew({
                workflow: matter.workflow,
                parentId: matter.id,
                ...(matter.enterprise === null ? {} : { enterpriseId: matter.enterprise.id }),
                ...(matter.problem === null ? {} : { problemId: matter.problem.id }),
              })
            }
          >
            {t('related.decompose')}
          </Button>
        )
      }
    >
      {nothing && <p className="muted">{t('related.none')}</p>}
      {parent !== null && <Group title={t('related.parent')} matters={[parent]} />}
      {children.length > 0 && <Group title={t('related.children')} matters={children} />}
      {related.length > 0 && <Group title={t('related.same')} matters={related} />}
    </Panel>
  )
}

function Group({ title, matters }: { title: string; matters: readonly MatterBrief[] }) {
  const official = useOfficial()
  const search = useCarriedSearch()
  return (
    <section>
      <h3>{title}</h3>
      <ul className={css.related}>
        {matters.map((one) => (
          <li key={one.id}>
            <Link to={{ pathname: `/matters/${one.id}`, search }}>{one.title}</Link>
            <span className="muted">
              {' '}
              {official(one.workflowTitle)}
              {one.handler !== null && ` · ${one.handler.name}`}
            </span>
            <p>
              <StateMark matter={one} /> {one.due !== null && <DueMark due={one.due} />}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
