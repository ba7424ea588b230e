import type { EvidenceItem } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { type EvidenceSubject, useEvidence } from '../../api/evidence.ts'
import { Async, Empty } from '../states.tsx'
import { EvidenceCard } from './EvidenceCard.tsx'
import css from './evidence.module.css'

interface Props {
  readonly subject: EvidenceSubject
  /** Title of what a step asked for; what is not named is shown under further material. */
  readonly demandTitle?: (demand: string) => string | undefined
}

/** Everything that was handed in for a subject, by what it was handed in for; withdrawn ones stay, marked. */
export function EvidenceList({ subject, demandTitle }: Props) {
  const { t } = useTranslation('evidence')
  const query = useEvidence(subject)
  return (
    <Async
      query={query}
      what={t('list.title')}
      rows={4}
      isEmpty={({ items }) => items.length === 0}
      empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
    >
      {({ items }) => (
        <div className={css.groups}>
          {[...groups(items, demandTitle, t('list.other'))].map(([title, members]) => (
            <section key={title}>
              <h3>
                {title} <span className="muted">{t('list.count', { count: members.length })}</span>
              </h3>
              <ul className={css.cards}>
                {members.map((item) => (
                  <li key={item.id}>
                    <EvidenceCard item={item} subject={subject} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Async>
  )
}

function groups(
  items: readonly EvidenceItem[],
  demandTitle: Props['demandTitle'],
  other: string,
): Map<string, EvidenceItem[]> {
  return Map.groupBy(items, ({ demand }) => (demand === null ? other : (demandTitle?.(demand) ?? other)))
}
