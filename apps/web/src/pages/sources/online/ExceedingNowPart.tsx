import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useExceedingNow } from '../../../api/sources.ts'
import { regionCovers, useScope } from '../../../app/layout/useScope.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { formatNumber } from '../../../format/number.ts'
import { shortTime } from '../../../format/time.ts'
import { factorInfo, limitText, MULTIPLE_DECIMALS } from '../parts/factor.ts'
import { outletName, unitText } from '../parts/names.ts'
import css from './online.module.css'

/** What exceeds at this moment, the worst first; the reason why somebody opens this page. */
export function ExceedingNowPart() {
  const { t } = useTranslation('monitoring')
  const [{ region }] = useScope()
  const query = useExceedingNow()
  return (
    <Panel label={t('now.title')}>
      <Async query={query} what={t('now.title')} rows={2}>
        {(data) => {
          const items = data.items.filter((item) => regionCovers(region, item.regionCode))
          const plants = new Set(items.map((item) => item.enterprise.id)).size
          const outlets = new Set(items.map((item) => item.outletId)).size
          return (
            <>
              <div className={css.nowHead}>
                <h2>{t('now.title')}</h2>
                {items.length === 0 ? (
                  <p className="better">{t('now.none')}</p>
                ) : (
                  <p className={css.nowCount}>{t('now.count', { plants, outlets })}</p>
                )}
                <p className="muted">{t('now.asOf', { time: shortTime(data.asOf) })}</p>
              </div>
              {items.length > 0 && (
                <ul className={css.now}>
                  {items
                    .toSorted((a, b) => b.multiple - a.multiple)
                    .map((item) => (
                      <li key={`${item.outletId} ${item.factor}`}>
                        <Link to={`/sources/outlets/${item.outletId}?factor=${item.factor}`}>
                          <span className={css.plant}>{item.enterprise.name}</span>
                          <span className={css.outlet}>
                            {item.outletNumber} {outletName(item.outletName, item.enterprise.name)}
                          </span>
                          <span className={css.reading}>
                            <span className={css.factor}>{factorInfo(item.factor).name}</span>
                            <b>{formatNumber(item.value, factorInfo(item.factor).decimals)}</b>
                            <span className="muted">
                              /{limitText(item.limit)} {unitText(item.unit)}
                            </span>
                          </span>
                          <span className={css.facts}>
                            {item.multiple > 0 &&
                              t('now.multiple', {
                                multiple: formatNumber(item.multiple, MULTIPLE_DECIMALS),
                              })}
                            {' · '}
                            {t('now.hours', { count: item.hours })}
                            {' · '}
                            {shortTime(item.hour)}
                          </span>
                        </Link>
                      </li>
                    ))}
                </ul>
              )}
            </>
          )
        }}
      </Async>
    </Panel>
  )
}
