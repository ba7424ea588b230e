import { useTranslation } from 'react-i18next'
import { MattersList } from '../list/MattersList.tsx'

export function PenaltiesPage() {
  const { t } = useTranslation('matters')
  return <MattersList title={t('pages.penalties')} note={t('pages.penaltiesNote')} workflows="penalty" />
}
