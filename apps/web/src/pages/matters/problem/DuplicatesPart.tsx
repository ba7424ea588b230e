import type { ProblemDetail, ProblemDuplicate } from '@shanshui/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useChangeProblem } from '../../../api/problems.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Panel } from '../../../components/Page.tsx'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { ProblemState, SourceBadge } from '../problems/ProblemMarks.tsx'
import css from './problem.module.css'
import { ReasonDialog } from './ReasonDialog.tsx'

/** What may be the same thing told twice, and why one thinks so; and what has been merged. */
export function DuplicatesPart({ detail }: { detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  const merged = detail.merges.filter(({ undoneAt }) => undoneAt === null)
  if (detail.duplicates.length === 0 && merged.length === 0) return null
  return (
    <Panel title={t('duplicates.title')}>
      <ul className={css.lines}>
        {detail.duplicates.map((one) => (
          <Duplicate key={one.problem.id} one={one} detail={detail} />
        ))}
        {merged.map((one) => (
          <Merged key={one.id} merge={one} detail={detail} />
        ))}
      </ul>
    </Panel>
  )
}

function Duplicate({ one, detail }: { one: ProblemDuplicate; detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  const { may } = useSession()
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const [asking, setAsking] = useState(false)
  const change = useChangeProblem(detail.problem.id)
  const { problem } = one
  return (
    <li>
      <span>
        <Link to={{ pathname: `/matters/problems/${problem.id}`, search }}>
          {problem.number} {problem.title}
        </Link>{' '}
        <ProblemState state={problem.state} /> <SourceBadge source={problem.source} count={problem.sources} />
      </span>
      <span className="muted">
        {t('duplicates.score', { percent: Math.round(one.score * 100) })}：{one.reasons.join('；')}
      </span>
      {may('problem:write') && detail.problem.state !== 'merged' && (
        <Button size="small" className="no-print" onClick={() => setAsking(true)}>
          {t('duplicates.merge')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t('duplicates.merge')}
          pending={change.isPending}
          error={change.error}
          onDone={(reason) =>
            change.mutate(
              { kind: 'merge', version: detail.problem.version, intoId: problem.id, reason },
              { onSuccess: () => void navigate({ pathname: `/matters/problems/${problem.id}`, search }) },
            )
          }
          onCancel={() => setAsking(false)}
        >
          <p>{t('duplicates.mergeHint', { from: detail.problem.number, into: problem.number })}</p>
        </ReasonDialog>
      )}
    </li>
  )
}

function Merged({ merge, detail }: { merge: ProblemDetail['merges'][number]; detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  const { may } = useSession()
  const [asking, setAsking] = useState(false)
  const change = useChangeProblem(detail.problem.id)
  // a merge is undone from the problem that was merged
  const own = merge.from.id === detail.problem.id
  return (
    <li>
      <span>{t('duplicates.merged', { from: merge.from.number, into: merge.into.number })}</span>
      <span className="muted">
        {shortTime(merge.at)} {merge.by ?? ''} {merge.reason}
      </span>
      {own && may('problem:write') && (
        <Button size="small" className="no-print" onClick={() => setAsking(true)}>
          {t('duplicates.undo')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t('duplicates.undo')}
          pending={change.isPending}
          error={change.error}
          onDone={(reason) =>
            change.mutate(
              { kind: 'unmerge', version: detail.problem.version, reason },
              { onSuccess: () => setAsking(false) },
            )
          }
          onCancel={() => setAsking(false)}
        >
          <p>{t('duplicates.undoHint')}</p>
        </ReasonDialog>
      )}
    </li>
  )
}
