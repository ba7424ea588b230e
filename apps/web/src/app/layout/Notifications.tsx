import { BellOutlined } from '@ant-design/icons'
import type { Job, Notice } from '@shanshui/contract'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { useEvent } from '../../api/events.tsx'
import { useNotices, useReadNotices } from '../../api/notices.ts'
import { shortTime } from '../../format/time.ts'
import { ContactForm } from './ContactForm.tsx'
import css from './Shell.module.css'

interface EndedJob {
  readonly key: string
  readonly at: number
  readonly text: string
}

const KEEP = 30

/** Jobs of one's own that ended while the page was open (the server shows nobody else's). */
function useEndedJobs(): readonly EndedJob[] {
  const { t } = useTranslation()
  const [ended, setEnded] = useState<readonly EndedJob[]>([])
  useEvent<{ id?: number }>('jobs', ({ id }) => {
    if (id !== undefined) void api.get<Job>(`/jobs/${id}`).then(note, () => undefined)
  })
  const note = (job: Job): void => {
    if (job.state === 'queued' || job.state === 'running') return
    const entry = {
      key: `${job.id}:${job.state}`,
      at: Date.now(),
      text: `${job.title}：${t(`job.state.${job.state}`)}`,
    }
    setEnded((before) => [entry, ...before.filter(({ key }) => key !== entry.key)].slice(0, KEEP))
  }
  return ended
}

/** What one is told: notices of the server, and jobs that ended. Nothing pops up; the bell counts. */
export function Notifications() {
  const { t } = useTranslation()
  const jobs = useEndedJobs()
  const notices = useNotices()
  const read = useReadNotices()
  const [open, setOpen] = useState(false)
  const [seenJobs, setSeenJobs] = useState(0)
  const [settings, setSettings] = useState(false)
  const items = notices.data?.items ?? []
  const unread = (notices.data?.unread ?? 0) + jobs.filter(({ at }) => at > seenJobs).length
  const newest = items[0]?.id
  const toggle = (next: boolean): void => {
    setOpen(next)
    setSettings(false)
    if (next) setSeenJobs(Date.now())
  }
  const list = (
    <div className={css.notices}>
      {settings ? (
        <ContactForm onDone={() => setSettings(false)} />
      ) : (
        <>
          <div className={css.noticeHead}>
            <Button
              size="small"
              disabled={(notices.data?.unread ?? 0) === 0 || newest === undefined}
              onClick={() => newest !== undefined && read.mutate({ upTo: newest })}
            >
              {t('notice.readAll')}
            </Button>
            <Button size="small" type="text" onClick={() => setSettings(true)}>
              {t('notice.settings')}
            </Button>
          </div>
          {items.length === 0 && jobs.length === 0 && <p className="muted">{t('notice.none')}</p>}
          <ul>
            {jobs.map((job) => (
              <li key={job.key}>
                <span className="muted">{shortTime(job.at)}</span> {job.text}
              </li>
            ))}
            {items.map((notice) => (
              <NoticeLine
                key={notice.id}
                notice={notice}
                onOpen={() => {
                  if (notice.readAt === null) read.mutate({ ids: [notice.id] })
                  toggle(false)
                }}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={list} open={open} onOpenChange={toggle}>
      <Badge count={unread} overflowCount={99} size="small" offset={[0, 2]}>
        <Button
          type="text"
          size="small"
          icon={<BellOutlined />}
          aria-label={t('notice.bell', { count: unread })}
        />
      </Badge>
    </Popover>
  )
}

function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const { t } = useTranslation()
  const text = (
    <>
      <b>{notice.title}</b>
      <span className={css.noticeBody}>{notice.body}</span>
    </>
  )
  return (
    <li className={notice.readAt === null ? css.unread : ''}>
      <span className="muted">
        {shortTime(notice.at)}
        {notice.readAt === null && ` · ${t('notice.unread')}`}
      </span>
      {notice.link === null ? (
        <button type="button" className={css.noticeOpen} onClick={onOpen}>
          {text}
        </button>
      ) : (
        <Link className={css.noticeOpen ?? ''} to={notice.link} onClick={onOpen}>
          {text}
        </Link>
      )}
    </li>
  )
}
