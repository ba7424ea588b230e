import type { SimilarObject } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { urlOf } from '../../../api/client.ts'
import { useSimilar } from '../../../api/leads.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Async } from '../../../components/states.tsx'
import css from './triage.module.css'

const SHOWN = 8

/** 举一反三: where the same thing may be found, and why there. */
export function CaseSimilar({ id }: { id: number }) {
  const { t } = useTranslation('leads')
  const query = useSimilar(id)
  return (
    <section className={css.part} aria-label={t('similar')}>
      <header className={css.partHead}>
        <h3>{t('similar')}</h3>
        <a href={urlOf(`/leads/${id}/similar/export/xlsx`)} download>
          {t('screeningList')}
        </a>
      </header>
      <Async
        query={query}
        what={t('similar')}
        rows={3}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="muted">{t('noSimilar')}</p>}
      >
        {({ items }) => (
          <>
            <ol className={css.similar}>
              {items.slice(0, SHOWN).map((one) => (
                <Similar key={one.feature.id} one={one} />
              ))}
            </ol>
            {items.length > SHOWN && (
              <p className="muted">{t('moreSimilar', { count: items.length - SHOWN })}</p>
            )}
          </>
        )}
      </Async>
    </section>
  )
}

function Similar({ one }: { one: SimilarObject }) {
  const { t } = useTranslation('leads')
  const search = useCarriedSearch()
  const path =
    one.feature.kind === 'outlet'
      ? `/sources/outlets/${one.feature.id}`
      : `/sources/enterprises/${one.feature.id}`
  return (
    <li>
      <p>
        <Link to={{ pathname: path, search }}>
          {[one.enterprise?.name, one.feature.name].filter((name) => name !== undefined).join(' · ')}
        </Link>
        {one.openLeads.length > 0 && (
          <span className={css.openLeads}> {t('openLeads', { count: one.openLeads.length })}</span>
        )}
        {one.confirmedBefore > 0 && (
          <span className={css.openLeads}> {t('confirmedBefore', { count: one.confirmedBefore })}</span>
        )}
      </p>
      <p className="muted">{one.reasons.map((reason) => reason.text).join('；')}</p>
    </li>
  )
}
