import { useTranslation } from 'react-i18next'
import { MattersList } from '../list/MattersList.tsx'

export function HazardsPage() {
  const { t } = useTranslation('matters')
  return <MattersList title={t('pages.hazards')} note={t('pages.hazardsNote')} workflows="hazard" />
}
