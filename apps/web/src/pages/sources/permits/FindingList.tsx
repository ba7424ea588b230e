import type { PermitFinding } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Unverified } from '../../../components/Unverified.tsx'
import css from './permits.module.css'

/** Contradictions and gaps, each with its clause. */
export function FindingList({ findings }: { findings: readonly PermitFinding[] }) {
  const { t } = useTranslation('permits')
  if (findings.length === 0) return <p className="better">{t('noFindings')}</p>
  return (
    <ul className={css.findings}>
      {findings.map((finding) => (
        <li
          key={`${finding.rule} ${finding.detail}`}
          className={finding.severity === 'error' ? css.error : undefined}
        >
          <b>{finding.title}</b>
          {'：'}
          {finding.detail} <span className="muted">{finding.clause}</span>{' '}
          {finding.status === 'unverified' && <Unverified source={finding.clause} />}
          {finding.status === 'design' && <span className="muted">{t('design')}</span>}
        </li>
      ))}
    </ul>
  )
}
