import { BellOutlined } from '@ant-design/icons'
import type { Job } from '@shanshui/contract'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useEvent } from '../../api/events.tsx'
import { shortTime } from '../../format/time.ts'
import css from './Shell.module.css'

interface Notice {
  readonly key: string
  readonly at: number
  readonly text: string
}

const KEEP = 30

/** What happened while the page was open: jobs of one's own that ended (the server shows nobody else's). Nothing pops up; the bell counts. */
export function Notifications() {
  const { t } = useTranslation()
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const [seen, setSeen] = useState(0)
  useEvent<{ id?: number }>('jobs', ({ id }) => {
    if (id !== undefined) void api.get<Job>(`/jobs/${id}`).then(note, () => undefined)
  })
  const note = (job: Job): void => {
    if (job.state === 'queued' || job.state === 'running') return
    const notice = {
      key: `${job.id}:${job.state}`,
      at: Date.now(),
      text: `${job.title}：${t(`job.state.${job.state}`)}`,
    }
    setNotices((before) => [notice, ...before.filter((entry) => entry.key !== notice.key)].slice(0, KEEP))
  }
  const unseen = notices.filter((notice) => notice.at > seen).length
  const list = (
    <div className={css.notices}>
      {notices.length === 0 && <p className="muted">{t('notice.none')}</p>}
      <ul>
        {notices.map((notice) => (
          <li key={notice.key}>
            <span className="muted">{shortTime(notice.at)}</span> {notice.text}
          </li>
        ))}
      </ul>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={list} onOpenChange={() => setSeen(Date.now())}>
      <Badge count={unseen} size="small" offset={[-4, 4]}>
        <Button
          type="text"
          size="small"
          icon={<BellOutlined />}
          aria-label={t('notice.bell', { count: unseen })}
        />
      </Badge>
    </Popover>
  )
}
