import type { LeadFrame } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadFrames } from '../../../api/leads.ts'
import { Async } from '../../../components/states.tsx'
import { shortTime } from '../../../format/time.ts'
import css from './triage.module.css'

/** The raw frames behind the lead: closed until asked for. */
export function CaseFrames({ id }: { id: number }) {
  const { t } = useTranslation('leads')
  const [opened, setOpened] = useState(false)
  const query = useLeadFrames(id, opened)
  return (
    <details className={css.part} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t('frames')}</summary>
      {opened && (
        <Async
          query={query}
          what={t('frames')}
          rows={3}
          isEmpty={({ items }) => items.length === 0}
          empty={<p className="muted">{t('noFrames')}</p>}
        >
          {({ items, total }) => (
            <>
              {total > items.length && (
                <p className="muted">{t('framesShown', { shown: items.length, total })}</p>
              )}
              <ol className={css.frames}>
                {items.map((frame) => (
                  <Frame key={frame.msg} frame={frame} />
                ))}
              </ol>
            </>
          )}
        </Async>
      )}
    </details>
  )
}

function Frame({ frame }: { frame: LeadFrame }) {
  const { t } = useTranslation('leads')
  return (
    <li>
      <span className="muted">
        #{frame.msg}
        {frame.hour !== null && ` · ${t('hourAt', { time: shortTime(frame.hour) })}`}
        {frame.receivedAt !== null && ` · ${t('received', { time: shortTime(frame.receivedAt) })}`}
      </span>
      {frame.text === null ? <p className="muted">{frame.reason}</p> : <code>{frame.text}</code>}
    </li>
  )
}
