import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, dateParam, useAddress } from '../../../address/useAddress.ts'
import { Page } from '../../../components/Page.tsx'
import { addDays, today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { MarkingDayPart } from './MarkingDayPart.tsx'
import { ReviewPart } from './ReviewPart.tsx'

const views = ['marking', 'review'] as const
type View = (typeof views)[number]

/** Which hours of yesterday still need a mark, and which marks wait for a decision? */
export function MarksPage() {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  const first: View = may('source:judge') ? 'review' : 'marking'
  const yesterday = addDays(today(), -1)
  const params = useMemo(
    () => ({ view: choiceParam<View>(views, first), day: dateParam(yesterday) }),
    [first, yesterday],
  )
  const [{ view, day }, change] = useAddress(params)
  return (
    <Page
      title={t('marks.title')}
      tools={
        <>
          {view === 'marking' && (
            <input
              type="date"
              aria-label={t('marks.day')}
              value={day}
              max={today()}
              onChange={(event) => change({ day: event.target.value })}
            />
          )}
          <Segmented<View>
            size="small"
            aria-label={t('marks.view')}
            value={view}
            options={views.map((value) => ({ value, label: t(`marks.views.${value}`) }))}
            onChange={(next) => change({ view: next })}
          />
        </>
      }
    >
      {view === 'marking' ? <MarkingDayPart day={day} /> : <ReviewPart />}
    </Page>
  )
}
