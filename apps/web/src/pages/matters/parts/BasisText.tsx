import { useTranslation } from 'react-i18next'
import { Unverified } from '../../../components/Unverified.tsx'
import css from './parts.module.css'

interface Rule {
  readonly text: string
  /** primary, one-source, unverified, design */
  readonly status: string
}

/** A rule's source in words; what is a setting of the platform or could not be checked says so. */
export function BasisText({ basis }: { basis: Rule | null | undefined }) {
  if (basis == null) return null
  return (
    <>
      {basis.text} <BasisBadge basis={basis} />
    </>
  )
}

/** 平台设定 for what no law says, 待核实 for what could not be checked; a checked source needs no badge. */
export function BasisBadge({ basis }: { basis: Rule }) {
  const { t } = useTranslation('matters')
  if (basis.status === 'primary') return null
  if (basis.status === 'design') return <span className={css.setting}>{t('workflows.setting')}</span>
  return <Unverified source={basis.text} />
}
