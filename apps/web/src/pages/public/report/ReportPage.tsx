import type { PublicComplaintReceipt } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePublicForm } from '../../../api/public.ts'
import { PublicFault } from '../PublicFault.tsx'
import { LimitsPart } from './LimitsPart.tsx'
import { ReceiptPart } from './ReceiptPart.tsx'
import { ReportForm } from './ReportForm.tsx'

interface Handed {
  readonly receipt: PublicComplaintReceipt
  readonly photos: readonly File[]
}

/** Write what is wrong, get a number: what happens next and by when stands beside it. */
export function ReportPage() {
  const { t } = useTranslation('public')
  const form = usePublicForm()
  const [handed, setHanded] = useState<Handed>()
  if (handed !== undefined)
    return (
      <ReceiptPart
        {...handed}
        onAgain={() => {
          setHanded(undefined)
          void form.refetch()
        }}
      />
    )
  return (
    <>
      <h1>{t('report.title')}</h1>
      <p>{t('report.lead')}</p>
      {form.error !== null && <PublicFault error={form.error} onRetry={() => void form.refetch()} />}
      {form.isPending && <p role="status">{t('loading')}</p>}
      {form.data !== undefined && (
        <ReportForm
          form={form.data}
          onExpired={() => void form.refetch()}
          onHanded={(receipt, photos) => setHanded({ receipt, photos })}
        />
      )}
      <LimitsPart />
    </>
  )
}
