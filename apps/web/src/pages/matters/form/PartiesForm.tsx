import { type MatterPartiesInput, type MatterParty, matterPartyTitles } from '@shanshui/contract'
import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useDirectoryPeople } from '../../../api/directory.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './form.module.css'
import { OrganizationSelect } from './OrganizationSelect.tsx'

interface Props {
  readonly parties: readonly MatterParty[]
  /** Those that have to be named. */
  readonly required: readonly MatterParty[]
  readonly value: MatterPartiesInput
  readonly onChange: (value: MatterPartiesInput) => void
  readonly tried: boolean
}

/** Who takes part: an organization each, and perhaps the person of it who is in charge. */
export function PartiesForm({ parties, required, value, onChange, tried }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const base = useId()
  return (
    <div className={css.fields}>
      {parties.map((party) => {
        const id = `${base}-${party}`
        const ref = value[party]
        const title = official(matterPartyTitles[party])
        const needed = required.includes(party)
        return (
          <div key={party} className={css.field}>
            <label className={css.label} htmlFor={id}>
              {title}
              {needed && <span className={css.required}> *</span>}
            </label>
            <OrganizationSelect
              id={id}
              value={ref?.organizationId}
              onChange={(organizationId) => onChange(withParty(value, party, organizationId))}
            />
            {ref !== undefined && (
              <PersonSelect
                label={t('form.personOf', { party: title })}
                organizationId={ref.organizationId}
                value={ref.userId}
                onChange={(userId) => onChange(withParty(value, party, ref.organizationId, userId))}
              />
            )}
            {tried && needed && ref === undefined && (
              <p className={css.fault} role="alert">
                {t('form.fault.missing')}
              </p>
            )}
          </div>
        )
      })}
    </div>
  )
}

interface PersonProps {
  readonly label: string
  readonly organizationId: number
  readonly value: number | undefined
  readonly onChange: (userId: number | undefined) => void
}

/** Nobody in particular unless somebody is named; offered only where people of the organization are known. */
function PersonSelect({ label, organizationId, value, onChange }: PersonProps) {
  const { t } = useTranslation('matters')
  const query = useDirectoryPeople()
  const people = (query.data?.items ?? []).filter((one) => one.organizationId === organizationId)
  if (people.length === 0) return null
  return (
    <Select<number>
      allowClear
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('form.anyPerson')}
      {...(value === undefined ? {} : { value })}
      options={people.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next?: number) => onChange(next)}
    />
  )
}

function withParty(
  value: MatterPartiesInput,
  party: MatterParty,
  organizationId: number | undefined,
  userId?: number,
): MatterPartiesInput {
  const { [party]: _, ...others } = value
  if (organizationId === undefined) return others
  return { ...others, [party]: userId === undefined ? { organizationId } : { organizationId, userId } }
}
