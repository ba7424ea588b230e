import type { MarkingDay, SourceMark } from '@shanshui/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMarkingDay } from '../../../api/sources.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { shortTime, toMs } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { StateTag } from '../parts/StateTag.tsx'
import { countdown } from './countdown.ts'
import { MarkDialog, type MarkDraft } from './MarkDialog.tsx'
import css from './marks.module.css'
import { OutletDay } from './OutletDay.tsx'
import { useNow } from './useNow.ts'
import { WithdrawDialog } from './WithdrawDialog.tsx'

const MINUTE_MS = 60_000

/** The enterprise's day: what still asks for a mark on top, until noon of the next day. */
export function MarkingDayPart({ day }: { day: string }) {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  const query = useMarkingDay(day, true)
  const [draft, setDraft] = useState<MarkDraft>()
  const [withdrawn, setWithdrawn] = useState<SourceMark>()
  const [all, setAll] = useState(false)
  return (
    <Async
      query={query}
      what={t('marks.title')}
      isEmpty={(data) => data.outlets.length === 0}
      empty={<Empty title={t('marks.noOutlets')} hint={t('marks.noOutletsHint')} />}
    >
      {(data) => {
        const waiting = data.outlets.filter((outlet) => outlet.pending > 0)
        const shown = all
          ? data.outlets
          : data.outlets.filter((one) => one.pending > 0 || one.marks.length > 0)
        return (
          <>
            <Panel>
              <div className={css.deadline}>
                <Deadline data={data} waiting={waiting.length > 0} />
                <p>
                  {waiting.length === 0
                    ? t('marks.nothingWaits')
                    : t('marks.waits', {
                        stretches: waiting.reduce((sum, outlet) => sum + outlet.pending, 0),
                        outlets: waiting.length,
                      })}
                </p>
                <span className={css.actions}>
                  <Button size="small" onClick={() => setAll(!all)}>
                    {t(all ? 'marks.fewer' : 'marks.all', { count: data.outlets.length })}
                  </Button>
                  {may('source:mark') && (
                    <Button size="small" type="primary" onClick={() => setDraft({ day })}>
                      {t('marks.new')}
                    </Button>
                  )}
                </span>
              </div>
            </Panel>
            {shown
              .toSorted((a, b) => b.pending - a.pending)
              .map((outlet) => (
                <OutletDay
                  key={outlet.id}
                  outlet={outlet}
                  {...(may('source:mark') ? { onMark: setDraft, onWithdraw: setWithdrawn } : {})}
                />
              ))}
            {withdrawn !== undefined && (
              <WithdrawDialog mark={withdrawn} onClose={() => setWithdrawn(undefined)} />
            )}
            {draft !== undefined && (
              <MarkDialog
                draft={draft}
                outlets={data.outlets}
                late={data.late}
                onClose={() => setDraft(undefined)}
              />
            )}
          </>
        )
      }}
    </Async>
  )
}

function Deadline({ data, waiting }: { data: MarkingDay; waiting: boolean }) {
  const { t } = useTranslation('monitoring')
  const now = useNow(MINUTE_MS / 2)
  const { state, hours, minutes } = countdown(toMs(data.deadline), now)
  const tone = !waiting ? 'good' : state === 'open' ? 'quiet' : state === 'soon' ? 'warn' : 'bad'
  const left = state === 'over' ? t('marks.over') : t('marks.left', { hours, minutes })
  return (
    <p className={css.clock}>
      <StateTag tone={tone} text={left} />
      <span className="muted">{t('marks.deadline', { time: shortTime(data.deadline) })}</span>
      {data.deadlineBasis.status !== 'primary' && data.deadlineBasis.status !== 'verified' && (
        <Unverified source={data.deadlineBasis.source} />
      )}
    </p>
  )
}
