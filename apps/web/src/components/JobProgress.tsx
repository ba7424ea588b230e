import type { Job } from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useEvent } from '../api/events.tsx'
import { ProblemError } from '../api/problem.ts'
import { ErrorPanel } from './ErrorPanel.tsx'
import css from './JobProgress.module.css'
import { Async } from './states.tsx'

const POLL_MS = 2_000
const running = (job: Job | undefined): boolean => job?.state === 'queued' || job?.state === 'running'

interface Props {
  /** Keep it in the address or read it from the list of jobs: the work goes on without this page. */
  readonly jobId: number
  readonly onDone?: (job: Job) => void
  /** What the job reported, in words of its own page. */
  readonly result?: (result: unknown) => ReactNode
}

/** Progress of a long job: live by events, polled when they do not come, cancellable. */
export function JobProgress({ jobId, onDone, result }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => api.get<Job>(`/jobs/${jobId}`, {}, signal),
    refetchInterval: (q) => (running(q.state.data) ? POLL_MS : false),
    staleTime: 0,
  })
  useEvent(`job:${jobId}`, () => void client.invalidateQueries({ queryKey: ['job', jobId] }))
  const state = query.data?.state
  const job = query.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the state becomes done
  useEffect(() => {
    if (state === 'done' && job !== undefined) onDone?.(job)
  }, [state])
  return (
    <Async query={query} what={t('job.what')} rows={1}>
      {(current) => <JobState job={current} result={result} />}
    </Async>
  )
}

function JobState({ job, result }: { job: Job; result: Props['result'] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.delete<Job>(`/jobs/${job.id}`),
    onSuccess: (next) => client.setQueryData(['job', job.id], next),
  })
  const percent =
    job.total === null || job.total === 0 ? undefined : Math.min(100, (job.progress / job.total) * 100)
  return (
    <section className={css.job} aria-label={job.title}>
      <div className={css.line}>
        <strong>{job.title}</strong>
        <span role="status">{t(`job.state.${job.state}`)}</span>
        {running(job) && (
          <Button
            size="small"
            disabled={job.cancelRequested}
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t(job.cancelRequested ? 'job.cancelling' : 'job.cancel')}
          </Button>
        )}
      </div>
      {running(job) && (
        <Progress
          aria-label={job.title}
          percent={Math.floor(percent ?? 0)}
          size="small"
          format={() =>
            percent === undefined ? t('job.units', { count: job.progress }) : `${Math.floor(percent)} %`
          }
        />
      )}
      {job.message !== null && <p className="muted">{job.message}</p>}
      {job.error !== null && (
        <ErrorPanel error={new ProblemError(job.error, 'JOB', job.name)} what={job.title} />
      )}
      {job.state === 'done' && result?.(job.result)}
    </section>
  )
}
