import type { ComplaintDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../../components/Page.tsx'
import css from '../complaints.module.css'

/** The words of the citizen, as they came; what tells who wrote them is blanked. */
export function ContentPart({ detail }: { detail: ComplaintDetail }) {
  const { t } = useTranslation('complaints')
  return (
    <Panel title={t('column.content')}>
      <p className={css.content}>{detail.content}</p>
    </Panel>
  )
}
