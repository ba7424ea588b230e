import { complaintLimits } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import css from '../public.module.css'

/** What the law says the bureau has to do by when. */
export function LimitsPart() {
  const { t } = useTranslation('public')
  return (
    <section className={css.sheet} aria-labelledby="limits">
      <h2 id="limits">{t('limits.title')}</h2>
      <ul>
        {complaintLimits
          .filter(({ shown }) => shown)
          .map((limit) => (
            <li key={limit.id}>
              {limit.zh}：{limit.limit}
              <br />
              <small>{limit.source}</small>
            </li>
          ))}
      </ul>
    </section>
  )
}
