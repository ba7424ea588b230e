import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useDossier } from '../../../api/enterprises.ts'
import { Page } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { DossierHead } from './DossierHead.tsx'
import { DossierMap } from './DossierMap.tsx'
import css from './enterprise.module.css'
import { OutletsPart } from './OutletsPart.tsx'
import { PermitPart } from './PermitPart.tsx'
import { TimelinePart } from './TimelinePart.tsx'

/** What do we know about this plant? */
export function EnterprisePage() {
  const { t } = useTranslation('enterprises')
  const id = Number(useParams().id)
  const query = useDossier(id)
  return (
    <Async query={query} what={t('dossier.title')} rows={14}>
      {(dossier) => (
        <Page title={dossier.summary.name} note={t('dossier.title')}>
          <DossierHead dossier={dossier} />
          <div className={css.columns}>
            <TimelinePart enterpriseId={id} />
            <div className={css.side}>
              <OutletsPart outlets={dossier.outlets} plant={dossier.summary.name} />
              <PermitPart permits={dossier.permits} />
              <DossierMap dossier={dossier} />
            </div>
          </div>
        </Page>
      )}
    </Async>
  )
}
