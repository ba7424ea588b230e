import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRegions } from '../../../api/registry.ts'
import { Field } from './Field.tsx'

/** One of the registered regions. */
export function RegionField(props: { value: number | undefined; onChange: (code: number) => void }) {
  const { t } = useTranslation('totals')
  const regions = useRegions()
  return (
    <Field label={t('column.region')}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          value={props.value}
          options={(regions.data?.items ?? []).map((region) => ({ value: region.code, label: region.name }))}
          onChange={props.onChange}
        />
      )}
    </Field>
  )
}
