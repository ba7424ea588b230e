import { useTranslation } from 'react-i18next'
import { MattersList } from '../list/MattersList.tsx'

export function AllPage() {
  const { t } = useTranslation('matters')
  return <MattersList title={t('pages.all')} note={t('pages.allNote')} workflows="" />
}
