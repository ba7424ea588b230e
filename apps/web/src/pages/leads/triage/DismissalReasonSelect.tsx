import { type DismissalReason, dismissalReasonNames, dismissalReasons } from '@shanshui/contract'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../../i18n/useOfficial.ts'

interface Props {
  readonly value: DismissalReason | undefined
  readonly onChange: (reason: DismissalReason) => void
  /** Opened at once: by a key, nothing else is to be done first. */
  readonly atOnce?: boolean
}

/** Why a lead is put aside: the list that precision is worked out from. */
export function DismissalReasonSelect({ value, onChange, atOnce = false }: Props) {
  const { t } = useTranslation('leads')
  const official = useOfficial()
  return (
    <Select<DismissalReason>
      autoFocus={atOnce}
      defaultOpen={atOnce}
      aria-label={t('reason')}
      placeholder={t('reason')}
      {...(value !== undefined && { value })}
      onChange={onChange}
      options={dismissalReasonNames.map((name) => ({ value: name, label: official(dismissalReasons[name]) }))}
    />
  )
}
