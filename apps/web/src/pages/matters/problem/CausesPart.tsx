import { type CauseKind, causeKindNames, causeKinds, type ProblemDetail } from '@shanshui/contract'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeProblem } from '../../../api/problems.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Panel } from '../../../components/Page.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import css from './problem.module.css'
import { ReasonDialog } from './ReasonDialog.tsx'

/** Why it came about (根源), and what keeps it from being solved (堵点). */
export function CausesPart({ detail }: { detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  const { may } = useSession()
  const groups = [
    { key: 'roots', causes: detail.causes.filter(({ bottleneck }) => !bottleneck) },
    { key: 'bottlenecks', causes: detail.causes.filter(({ bottleneck }) => bottleneck) },
  ] as const
  return (
    <Panel title={t('causes.title')}>
      {groups.map(({ key, causes }) => (
        <section key={key}>
          <h3>{t(`causes.${key}`)}</h3>
          {causes.length === 0 && <p className="muted">{t(`causes.no.${key}`)}</p>}
          <ul className={css.lines}>
            {causes.map((cause) => (
              <Cause key={cause.id} cause={cause} problemId={detail.problem.id} />
            ))}
          </ul>
        </section>
      ))}
      {may('problem:write') && <AddCause id={detail.problem.id} />}
    </Panel>
  )
}

function Cause({ cause, problemId }: { cause: ProblemDetail['causes'][number]; problemId: number }) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const { may } = useSession()
  const [removing, setRemoving] = useState(false)
  const change = useChangeProblem(problemId)
  const title = official(causeKinds[cause.kind])
  return (
    <li>
      <span>
        <strong>{title}</strong> {cause.text}
      </span>
      <span className="muted">
        {cause.by ?? ''}
        {may('problem:write') && (
          <Button
            size="small"
            type="text"
            className="no-print"
            aria-label={t('causes.remove', { title })}
            onClick={() => setRemoving(true)}
          >
            {t('remove')}
          </Button>
        )}
      </span>
      {removing && (
        <ReasonDialog
          title={t('causes.remove', { title })}
          pending={change.isPending}
          error={change.error}
          onDone={(reason) =>
            change.mutate(
              { kind: 'remove-cause', causeId: cause.id, reason },
              { onSuccess: () => setRemoving(false) },
            )
          }
          onCancel={() => setRemoving(false)}
        >
          <p>{t('causes.removeHint')}</p>
        </ReasonDialog>
      )}
    </li>
  )
}

function AddCause({ id }: { id: number }) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const [kind, setKind] = useState<CauseKind>()
  const [text, setText] = useState('')
  const add = useChangeProblem(id)
  const options = (bottleneck: boolean) =>
    causeKindNames
      .filter((name) => causeKinds[name].bottleneck === bottleneck)
      .map((name) => ({ value: name, label: official(causeKinds[name]) }))
  return (
    <form
      className={`${css.add} no-print`}
      onSubmit={(event) => {
        event.preventDefault()
        if (kind === undefined) return
        add.mutate(
          { kind: 'cause', cause: kind, text: text.trim() },
          {
            onSuccess: () => {
              setKind(undefined)
              setText('')
            },
          },
        )
      }}
    >
      <Select<CauseKind>
        size="small"
        aria-label={t('causes.kind')}
        placeholder={t('causes.kind')}
        popupMatchSelectWidth={false}
        {...(kind === undefined ? {} : { value: kind })}
        options={[
          { label: t('causes.roots'), options: options(false) },
          { label: t('causes.bottlenecks'), options: options(true) },
        ]}
        onChange={setKind}
      />
      <Input
        size="small"
        aria-label={t('causes.text')}
        placeholder={t('causes.text')}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="small" htmlType="submit" disabled={kind === undefined} loading={add.isPending}>
        {t('causes.add')}
      </Button>
      {add.error !== null && <ErrorPanel error={add.error} what={t('causes.add')} />}
    </form>
  )
}
