import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDirectoryOrganizations } from '../../../api/directory.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'

interface Props {
  readonly id: string
  readonly 'aria-label'?: string
  readonly value: number | undefined
  readonly onChange: (organizationId: number | undefined) => void
}

/** One of the organizations that take part in matters. */
export function OrganizationSelect({ value, onChange, ...named }: Props) {
  const { t } = useTranslation('matters')
  const query = useDirectoryOrganizations()
  if (query.error !== null) return <ErrorPanel error={query.error} what={t('form.organizations')} />
  return (
    <Select<number>
      {...named}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('form.chooseOrganization')}
      loading={query.isPending}
      {...(value === undefined ? {} : { value })}
      options={(query.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next?: number) => onChange(next)}
    />
  )
}
