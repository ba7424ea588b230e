import type { MatterBrief } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import type { Paging } from '../../../components/table/DataTable.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { DueMark, ReboundMark, StateMark } from '../parts/MatterMarks.tsx'
import css from './list.module.css'
import { waitsForText } from './matterColumns.tsx'

/** The list on a phone: one matter a card, the whole card opens it. */
export function MatterCards({ rows, paging }: { rows: readonly MatterBrief[]; paging: Paging }) {
  const { t } = useTranslation('common')
  return (
    <>
      <ol className={css.cards}>
        {rows.map((matter) => (
          <li key={matter.id}>
            <MatterCard matter={matter} />
          </li>
        ))}
      </ol>
      {paging.next !== null && (
        <Button block loading={paging.loading} onClick={paging.onMore}>
          {t('table.more')}
        </Button>
      )}
    </>
  )
}

function MatterCard({ matter }: { matter: MatterBrief }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const search = useCarriedSearch()
  const where = [matter.enterprise?.name ?? matter.feature?.name, matter.regionName]
    .filter((part) => part != null)
    .join(' · ')
  return (
    <article className={css.card}>
      <h3>
        <Link to={{ pathname: `/matters/${matter.id}`, search }}>{matter.title}</Link>
      </h3>
      <p>
        <StateMark matter={matter} /> <ReboundMark count={matter.rebounds} />{' '}
        <DueMark due={matter.due} withTitle />
      </p>
      <p className="muted">
        {matter.number} · {official(matter.workflowTitle)}
        {where !== '' && ` · ${where}`}
      </p>
      {matter.waitsFor.length > 0 && (
        <p className="muted">{t('waitsFor', { who: waitsForText(matter, official, t('platform')) })}</p>
      )}
    </article>
  )
}
