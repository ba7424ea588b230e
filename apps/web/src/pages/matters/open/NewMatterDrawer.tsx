import { Button, Drawer, Input, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useDossier } from '../../../api/enterprises.ts'
import { useMatter, useOpenMatter, useWorkflow, useWorkflows } from '../../../api/matters.ts'
import { newId } from '../../../api/newId.ts'
import { useProblem } from '../../../api/problems.ts'
import { useRegions } from '../../../api/registry.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Loading } from '../../../components/states.tsx'
import { useSession } from '../../../session/session.tsx'
import css from '../form/form.module.css'
import { EnterpriseSelect } from './EnterpriseSelect.tsx'
import { OpeningFields } from './OpeningFields.tsx'
import { draftFaults, type OpeningDraft, openingBody } from './openingDraft.ts'
import type { NewMatterStart } from './useNewMatterAddress.ts'

interface Props {
  readonly start: NewMatterStart
  readonly onClose: () => void
}

/** A new matter from an object of the registry, a problem, or a matter that it is a part of. */
export function NewMatterDrawer({ start, onClose }: Props) {
  const { t } = useTranslation('matters')
  const problem = useProblem(start.problemId ?? 0)
  const parent = useMatter(start.parentId ?? 0)
  const dossier = useDossier(start.enterpriseId)
  const waiting = [problem, parent, dossier].some(({ isLoading }) => isLoading)
  const failed = [problem, parent, dossier].find(({ error }) => error !== null)
  const found = problem.data?.problem
  const above = parent.data?.matter
  return (
    <Drawer open size="large" title={t('open.title')} onClose={onClose}>
      {failed !== undefined && <ErrorPanel error={failed.error} what={t('open.title')} />}
      {waiting ? (
        <Loading rows={8} />
      ) : (
        <NewMatterForm
          start={start}
          known={{
            title: found?.title ?? above?.title ?? '',
            regionCode: found?.regionCode ?? dossier.data?.summary.regionCode ?? above?.regionCode,
            enterpriseId: start.enterpriseId ?? found?.enterprise?.id,
            featureId: start.featureId ?? found?.feature?.id,
            of: found !== undefined ? found.number : above?.number,
            // a part of a task has the text of the whole
            fields: above?.workflow === start.workflow ? (parent.data?.fields ?? {}) : {},
          }}
          onClose={onClose}
        />
      )}
    </Drawer>
  )
}

interface Known {
  readonly title: string
  readonly regionCode: number | undefined
  readonly enterpriseId: number | undefined
  readonly featureId: number | undefined
  /** Number of the problem or matter that it comes from. */
  readonly of: string | undefined
  readonly fields: Readonly<Record<string, unknown>>
}

function NewMatterForm({ start, known, onClose }: Props & { known: Known }) {
  const { t } = useTranslation('matters')
  const { session } = useSession()
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const regions = useRegions()
  const ids = { title: useId(), enterprise: useId(), region: useId() }
  const [title, setTitle] = useState(known.title)
  const [enterpriseId, setEnterpriseId] = useState(known.enterpriseId)
  const [regionCode, setRegionCode] = useState(known.regionCode ?? session.user.organization.regionCode)
  const [draft, setDraft] = useState<OpeningDraft>({
    workflow: start.workflow ?? '',
    parties: {},
    fields: known.fields,
  })
  const [tried, setTried] = useState(false)
  const commandId = useRef(newId())
  const open = useOpenMatter()
  const chosen = useWorkflows().data?.items.find((one) => one.id === draft.workflow)
  const def = useWorkflow(draft.workflow).data
  const faults = draftFaults(draft, chosen, def)
  const send = () => {
    setTried(true)
    if (def === undefined || faults.length > 0 || title.trim().length < 2) return
    open.mutate(
      {
        ...openingBody(draft, def),
        title: title.trim(),
        regionCode,
        commandId: commandId.current,
        ...(enterpriseId === undefined ? {} : { enterpriseId }),
        ...(known.featureId === undefined ? {} : { featureId: known.featureId }),
        ...(start.problemId === undefined ? {} : { problemId: start.problemId }),
        ...(start.parentId === undefined ? {} : { parentId: start.parentId }),
      },
      { onSuccess: ({ matter }) => void navigate({ pathname: `/matters/${matter.id}`, search }) },
    )
  }
  return (
    <form
      className={css.drawer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {known.of !== undefined && <p className="muted">{t('open.of', { number: known.of })}</p>}
      <div className={css.fields}>
        <div className={css.wide}>
          <label htmlFor={ids.title}>
            {t('column.title')} <span className={css.required}>*</span>
          </label>
          <Input
            id={ids.title}
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          {tried && title.trim().length < 2 && (
            <p className={css.fault} role="alert">
              {t('form.fault.missing')}
            </p>
          )}
        </div>
        <div className={css.field}>
          <label htmlFor={ids.enterprise}>{t('open.enterprise')}</label>
          <EnterpriseSelect
            id={ids.enterprise}
            value={enterpriseId}
            onChange={(one) => {
              setEnterpriseId(one?.id)
              if (one !== undefined) setRegionCode(one.regionCode)
            }}
          />
        </div>
        <div className={css.field}>
          <label htmlFor={ids.region}>
            {t('column.region')} <span className={css.required}>*</span>
          </label>
          <Select<number>
            id={ids.region}
            showSearch={{ optionFilterProp: 'label' }}
            value={regionCode}
            options={(regions.data?.items ?? []).map((one) => ({ value: one.code, label: one.name }))}
            onChange={setRegionCode}
          />
        </div>
      </div>
      <OpeningFields draft={draft} onChange={setDraft} tried={tried} />
      {tried && faults.length > 0 && (
        <p className={css.fault} role="alert">
          {t('step.incomplete')}
        </p>
      )}
      {open.error !== null && <ErrorPanel error={open.error} what={t('open.title')} />}
      <div className={css.buttons}>
        <Button type="primary" htmlType="submit" loading={open.isPending}>
          {t('open.button')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
