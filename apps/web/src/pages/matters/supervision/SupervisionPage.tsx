import { useTranslation } from 'react-i18next'
import { MattersList } from '../list/MattersList.tsx'

export function SupervisionPage() {
  const { t } = useTranslation('matters')
  return (
    <MattersList
      title={t('pages.supervision')}
      note={t('pages.supervisionNote')}
      workflows="supervision,mine-closure"
    />
  )
}
