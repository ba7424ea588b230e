import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useKinds } from '../../../api/registry.ts'
import { Page } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { FeaturesPart } from './FeaturesPart.tsx'
import { RegionsPart } from './RegionsPart.tsx'

const REGIONS = 'regions'
const params = { kind: textParam('air-station') }

/** What is registered, and how do I register my own? */
export function RegistryPage() {
  const { t } = useTranslation('data')
  const official = useOfficial()
  const [{ kind }, change] = useAddress(params)
  const kinds = useKinds()
  return (
    <Page title={t('registry.title')} note={t('registry.note')}>
      <Async query={kinds} what={t('registry.title')}>
        {(data) => {
          const chosen = data.items.find((one) => one.kind === kind)
          return (
            <>
              <Segmented<string>
                aria-label={t('registry.title')}
                style={{ justifySelf: 'start', maxWidth: '100%', overflowX: 'auto' }}
                value={chosen?.kind ?? REGIONS}
                options={[
                  { value: REGIONS, label: t('registry.regions') },
                  ...data.items.map((one) => ({
                    value: one.kind,
                    label: `${official(one.title)} ${one.count}`,
                  })),
                ]}
                onChange={(next) => change({ kind: next }, { replace: false })}
              />
              {chosen === undefined ? <RegionsPart /> : <FeaturesPart key={chosen.kind} kind={chosen} />}
            </>
          )
        }}
      </Async>
    </Page>
  )
}
