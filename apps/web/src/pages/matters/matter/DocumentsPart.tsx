import type { MatterDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../api/client.ts'
import { Panel } from '../../../components/Page.tsx'
import { shortTime } from '../../../format/time.ts'
import css from './matter.module.css'

/** Official documents: to read and print, and as a file to send round. */
export function DocumentsPart({ detail }: { detail: MatterDetail }) {
  const { t } = useTranslation('matters')
  const ready = detail.documents.filter(({ at }) => at !== null)
  const made = new Set(ready.map(({ kind }) => kind))
  // A form that a later step produces can be printed before, to be filled by hand on the spot.
  const ahead = [...new Set(detail.documents.map(({ kind }) => kind))].filter((kind) => !made.has(kind))
  const mayPrintForms = detail.canAssign || detail.canComment
  const path = (kind: string, form: 'html' | 'docx') =>
    urlOf(`/matters/${detail.matter.id}/documents/${kind}.${form}`)
  return (
    <Panel title={t('documents.title')}>
      {ready.length === 0 && <p className="muted">{t('documents.none')}</p>}
      <ul className={css.documents}>
        {ready.map(({ kind, transition, at }) => {
          const title = t(`document.${kind}`)
          return (
            <li key={`${kind} ${transition}`}>
              <span>{title}</span>
              <span className="muted">{at !== null && shortTime(at)}</span>
              <span className="no-print">
                <a
                  href={path(kind, 'html')}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={`${t('documents.print')} ${title}`}
                >
                  {t('documents.print')}
                </a>{' '}
                <a href={path(kind, 'docx')} download aria-label={`DOCX ${title}`}>
                  DOCX
                </a>
              </span>
            </li>
          )
        })}
      </ul>
      {ahead.length > 0 && (
        <p className="muted">
          {t('documents.ahead')}
          {ahead.map((kind, i) => (
            <span key={kind}>
              {i > 0 && '、'}
              {mayPrintForms ? (
                <a href={path(kind, 'html')} target="_blank" rel="noreferrer">
                  {t(`document.${kind}`)}
                </a>
              ) : (
                t(`document.${kind}`)
              )}
            </span>
          ))}
        </p>
      )}
    </Panel>
  )
}
