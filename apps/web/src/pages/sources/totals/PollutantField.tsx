import { tonnagePollutants } from '@shanshui/contract'
import { AutoComplete } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from './Field.tsx'

/** One of the pollutants counted in tonnes, or another by its name. */
export function PollutantField(props: { value: string; onChange: (pollutant: string) => void }) {
  const { t } = useTranslation('totals')
  return (
    <Field label={t('column.pollutant')}>
      {(id) => (
        <AutoComplete
          id={id}
          value={props.value}
          options={tonnagePollutants.map((value) => ({ value }))}
          onChange={props.onChange}
        />
      )}
    </Field>
  )
}
