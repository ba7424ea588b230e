import { Select } from 'antd'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkflow, useWorkflows } from '../../../api/matters.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { FieldsForm } from '../form/FieldsForm.tsx'
import css from '../form/form.module.css'
import { openingForm } from '../form/formValues.ts'
import { PartiesForm } from '../form/PartiesForm.tsx'
import { type OpeningDraft, ownFirst, partiesToName } from './openingDraft.ts'

interface Props {
  readonly draft: OpeningDraft
  readonly onChange: (draft: OpeningDraft) => void
  readonly tried: boolean
}

/** Which workflow, with whom, knowing what: the part of the form that every new matter has. */
export function OpeningFields({ draft, onChange, tried }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const id = useId()
  const { session } = useSession()
  const workflows = useWorkflows()
  const definition = useWorkflow(draft.workflow)
  const chosen = workflows.data?.items.find((one) => one.id === draft.workflow)
  const parties = ownFirst(draft.parties, chosen, session.user.organization.id)
  useEffect(() => {
    if (parties !== draft.parties) onChange({ ...draft, parties })
  }, [parties, draft, onChange])
  if (workflows.error !== null) return <ErrorPanel error={workflows.error} what={t('column.workflow')} />
  return (
    <>
      <div className={css.field}>
        <label htmlFor={id}>
          {t('column.workflow')} <span className={css.required}>*</span>
        </label>
        <Select<string>
          id={id}
          loading={workflows.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          {...(draft.workflow === '' ? {} : { value: draft.workflow })}
          placeholder={t('open.chooseWorkflow')}
          options={(workflows.data?.items ?? []).map((one) => ({
            value: one.id,
            label: official(one.title),
          }))}
          onChange={(workflow) => onChange({ ...draft, workflow })}
        />
      </div>
      {chosen !== undefined && (
        <PartiesForm
          parties={partiesToName(chosen)}
          required={partiesToName(chosen)}
          value={draft.parties}
          onChange={(next) => onChange({ ...draft, parties: next })}
          tried={tried}
        />
      )}
      {definition.error !== null && <ErrorPanel error={definition.error} what={t('matter.definition')} />}
      {definition.data !== undefined && (
        <FieldsForm
          form={openingForm(definition.data)}
          values={draft.fields}
          onChange={(fields) => onChange({ ...draft, fields })}
          tried={tried}
        />
      )}
    </>
  )
}
