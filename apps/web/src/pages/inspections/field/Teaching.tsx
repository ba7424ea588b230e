import type { ChecklistItem } from '@shanshui/contract'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { readCases } from '../../../api/field.ts'
import { shortTime } from '../../../format/time.ts'
import { useLive } from '../../../offline/live.ts'
import type { FieldStore } from '../../../offline/store.ts'
import css from './field.module.css'
import { useField } from './useField.tsx'

const readKeptCases = async (store: FieldStore) =>
  new Map((await store.db.cases.toArray()).map((kept) => [kept.item, kept]))

/** What a new officer would ask a colleague: the law, the limit, how to look, what it looks like, past cases. */
export function Teaching({ item }: { item: ChecklistItem }) {
  const { t } = useTranslation('field')
  const { kept, store, online } = useField()
  const laws = (kept?.pack.laws ?? []).filter(({ id }) => item.law.includes(id))
  const cases = useLive(store, readKeptCases)?.get(item.id)
  useEffect(() => {
    if (online) void readCases(store, item.id).catch(() => undefined) // without them the item is still complete
  }, [online, store, item.id])
  return (
    <>
      <details className={css.teach}>
        <summary>{t('teach.law')}</summary>
        <div>
          {item.limit !== null && (
            <p>
              <strong>{t('teach.limit')}</strong>
              {item.limit} <Status status={item.limitStatus} />
            </p>
          )}
          {laws.map((law) => (
            <p key={law.id}>
              <strong>{law.title}</strong> <Status status={law.status} />
              <br />
              {law.text}
            </p>
          ))}
        </div>
      </details>
      <details className={css.teach}>
        <summary>{t('teach.how')}</summary>
        <div>
          <ol className={css.plainList}>
            {item.how.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {item.evidence.length > 0 && (
            <p>
              <strong>{t('teach.evidence')}</strong>
              {item.evidence.join('；')}
            </p>
          )}
        </div>
      </details>
      <details className={css.teach}>
        <summary>{t('teach.example')}</summary>
        <div>
          <p>
            <strong className={css.good}>{t('teach.conform')}</strong>
            {item.conform}
          </p>
          <p>
            <strong className={css.bad}>{t('teach.notConform')}</strong>
            {item.notConform}
          </p>
          <h3>{t('teach.cases')}</h3>
          {cases === undefined || cases.cases.length === 0 ? (
            <p className={css.muted}>{t(cases === undefined ? 'teach.casesUnread' : 'teach.noCases')}</p>
          ) : (
            <ul className={css.plainList}>
              {cases.cases.map((one) => (
                <li key={`${one.at} ${one.title}`}>
                  {shortTime(one.at)} {one.title}：{one.finding}
                </li>
              ))}
            </ul>
          )}
        </div>
      </details>
    </>
  )
}

/** A rule whose source could not be checked says so, wherever it is used. */
function Status({ status }: { status: string | null }) {
  const { t } = useTranslation('field')
  if (status !== 'unverified' && status !== 'design' && status !== 'one-source') return null
  return <span className={`${css.tag} ${css.muted}`}>{t(`teach.status.${status}`)}</span>
}
