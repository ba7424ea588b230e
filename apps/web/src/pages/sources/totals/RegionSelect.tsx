import { Select } from 'antd'
import { useRegions } from '../../../api/registry.ts'

/** One of the registered regions. */
export function RegionSelect(props: {
  id: string
  value: number | undefined
  onChange: (code: number) => void
}) {
  const regions = useRegions()
  return (
    <Select
      id={props.id}
      showSearch={{ optionFilterProp: 'label' }}
      value={props.value}
      options={(regions.data?.items ?? []).map((region) => ({ value: region.code, label: region.name }))}
      onChange={props.onChange}
    />
  )
}
