import { useTranslation } from 'react-i18next'
import { type Span, useSourceMissingHours } from '../../../api/sources.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { formatCount } from '../../../format/number.ts'
import { dayStartMs, shortTime, toMs } from '../../../format/time.ts'
import { missingSpells } from '../parts/missingSpells.ts'
import css from './outlet.module.css'

const HOUR_MS = 3_600_000
const MOST = 744
const SHOWN = 40

/** Every missing hour has one reason; consecutive hours of one reason are one line. */
export function MissingPart({ outletId, span }: { outletId: number; span: Span }) {
  const { t } = useTranslation('monitoring')
  const end = Math.min(dayStartMs(span.to), Math.ceil(Date.now() / HOUR_MS) * HOUR_MS)
  const wanted = Math.round((end - dayStartMs(span.from)) / HOUR_MS)
  const hours = Math.max(1, Math.min(MOST, wanted))
  const from = `${new Date(end - hours * HOUR_MS).toISOString().slice(0, 19)}Z`
  const query = useSourceMissingHours({ outletId, from, hours })
  return (
    <Panel
      title={wanted > MOST ? t('missing.titleDays', { count: MOST / 24 }) : t('missing.title')}
      className={css.wide ?? ''}
    >
      <Async query={query} what={t('missing.title')} rows={2}>
        {(data) => {
          const spells = missingSpells(data).toReversed()
          if (spells.length === 0) return <p className="better">{t('missing.none', { count: data.hours })}</p>
          return (
            <>
              <table className={css.plain}>
                <caption className="visually-hidden">{t('missing.title')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('missing.from')}</th>
                    <th scope="col">{t('missing.to')}</th>
                    <th scope="col" className={css.number}>
                      {t('missing.hours')}
                    </th>
                    <th scope="col">{t('missing.reason')}</th>
                    <th scope="col">{t('missing.party')}</th>
                  </tr>
                </thead>
                <tbody>
                  {spells.slice(0, SHOWN).map((spell) => (
                    <tr key={spell.start}>
                      <td>{shortTime(toMs(data.from) + spell.start * HOUR_MS)}</td>
                      <td>{shortTime(toMs(data.from) + (spell.start + spell.hours) * HOUR_MS)}</td>
                      <td className={css.number}>{formatCount(spell.hours)}</td>
                      <td>{spell.text}</td>
                      <td>{spell.party}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {spells.length > SHOWN && (
                <p className="muted">{t('missing.more', { shown: SHOWN, count: spells.length })}</p>
              )}
            </>
          )
        }}
      </Async>
    </Panel>
  )
}
