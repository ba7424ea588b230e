import {
  type ProblemSource,
  type ProblemTheme,
  problemSources,
  problemSourceTitles,
  problemThemes,
  problemThemeTitles,
} from '@shanshui/contract'
import { Button, Checkbox, Drawer, Input, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useWorkflow, useWorkflows } from '../../../api/matters.ts'
import { newId } from '../../../api/newId.ts'
import { useRegisterProblem } from '../../../api/problems.ts'
import { useRegions } from '../../../api/registry.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { dayStartMs, fieldTime, today } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import formCss from '../form/form.module.css'
import { EnterpriseSelect } from '../open/EnterpriseSelect.tsx'
import { OpeningFields } from '../open/OpeningFields.tsx'
import { draftFaults, type OpeningDraft, openingBody } from '../open/openingDraft.ts'

interface Typed {
  readonly source: ProblemSource
  readonly ref: string
  readonly title: string
  readonly detail: string
  readonly theme: ProblemTheme | undefined
  readonly regionCode: number
  readonly enterpriseId: number | undefined
  readonly foundOn: string
}

/** A problem by whatever way it came; the matter on it can be opened in the same act. */
export function RegisterDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('problems')
  const { session, may } = useSession()
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const [typed, setTyped] = useState<Typed>({
    source: 'survey',
    ref: '',
    title: '',
    detail: '',
    theme: undefined,
    regionCode: session.user.organization.regionCode,
    enterpriseId: undefined,
    foundOn: today(),
  })
  const [withMatter, setWithMatter] = useState(false)
  const [draft, setDraft] = useState<OpeningDraft>({ workflow: '', parties: {}, fields: {} })
  const [tried, setTried] = useState(false)
  const commandId = useRef(newId())
  const register = useRegisterProblem()
  const chosen = useWorkflows().data?.items.find((one) => one.id === draft.workflow)
  const def = useWorkflow(draft.workflow).data
  const faults = withMatter ? draftFaults(draft, chosen, def) : []
  const { theme } = typed
  const ready = typed.title.trim().length >= 2 && theme !== undefined && faults.length === 0
  const send = () => {
    setTried(true)
    if (!ready) return
    register.mutate(
      {
        source: typed.source,
        title: typed.title.trim(),
        detail: typed.detail.trim(),
        theme,
        regionCode: typed.regionCode,
        commandId: commandId.current,
        ...(typed.ref.trim() === '' ? {} : { ref: typed.ref.trim() }),
        ...(typed.enterpriseId === undefined ? {} : { enterpriseId: typed.enterpriseId }),
        ...(typed.foundOn === today() ? {} : { foundAt: `${fieldTime(dayStartMs(typed.foundOn))}:00+08:00` }),
        ...(withMatter && def !== undefined ? { open: openingBody(draft, def) } : {}),
      },
      {
        onSuccess: ({ problem }) =>
          void navigate({ pathname: `/matters/problems/${problem.problem.id}`, search }),
      },
    )
  }
  return (
    <Drawer open size="large" title={t('register.title')} onClose={onClose}>
      <form
        className={formCss.drawer}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <ProblemFields typed={typed} onChange={setTyped} tried={tried} />
        {may('matter:open') && (
          <Checkbox checked={withMatter} onChange={(event) => setWithMatter(event.target.checked)}>
            {t('register.withMatter')}
          </Checkbox>
        )}
        {withMatter && <OpeningFields draft={draft} onChange={setDraft} tried={tried} />}
        {tried && !ready && (
          <p className={formCss.fault} role="alert">
            {t('register.incomplete')}
          </p>
        )}
        {register.error !== null && <ErrorPanel error={register.error} what={t('register.title')} />}
        <div className={formCss.buttons}>
          <Button type="primary" htmlType="submit" loading={register.isPending}>
            {t('register.button')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Drawer>
  )
}

interface FieldsProps {
  readonly typed: Typed
  readonly onChange: (typed: Typed) => void
  readonly tried: boolean
}

function ProblemFields({ typed, onChange, tried }: FieldsProps) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const base = useId()
  const regions = useRegions()
  const set = (patch: Partial<Typed>) => onChange({ ...typed, ...patch })
  return (
    <div className={formCss.fields}>
      <div className={formCss.wide}>
        <label htmlFor={`${base}title`}>
          {t('column.title')} <span className={formCss.required}>*</span>
        </label>
        <Input
          id={`${base}title`}
          maxLength={200}
          value={typed.title}
          onChange={(event) => set({ title: event.target.value })}
        />
        {tried && typed.title.trim().length < 2 && (
          <p className={formCss.fault} role="alert">
            {t('register.titleMissing')}
          </p>
        )}
      </div>
      <div className={formCss.wide}>
        <label htmlFor={`${base}detail`}>{t('column.detail')}</label>
        <Input.TextArea
          id={`${base}detail`}
          autoSize={{ minRows: 3, maxRows: 12 }}
          maxLength={8000}
          value={typed.detail}
          onChange={(event) => set({ detail: event.target.value })}
        />
      </div>
      <div className={formCss.field}>
        <label htmlFor={`${base}source`}>{t('column.source')}</label>
        <Select
          id={`${base}source`}
          value={typed.source}
          options={problemSources.map((value) => ({ value, label: official(problemSourceTitles[value]) }))}
          onChange={(source) => set({ source })}
        />
      </div>
      <div className={formCss.field}>
        <label htmlFor={`${base}ref`}>{t('column.ref')}</label>
        <Input
          id={`${base}ref`}
          maxLength={200}
          value={typed.ref}
          onChange={(event) => set({ ref: event.target.value })}
        />
      </div>
      <div className={formCss.field}>
        <label htmlFor={`${base}theme`}>
          {t('column.theme')} <span className={formCss.required}>*</span>
        </label>
        <Select<ProblemTheme>
          id={`${base}theme`}
          {...(typed.theme === undefined ? {} : { value: typed.theme })}
          placeholder={t('register.chooseTheme')}
          options={problemThemes.map((value) => ({ value, label: official(problemThemeTitles[value]) }))}
          onChange={(theme) => set({ theme })}
        />
        {tried && typed.theme === undefined && (
          <p className={formCss.fault} role="alert">
            {t('register.themeMissing')}
          </p>
        )}
      </div>
      <div className={formCss.field}>
        <label htmlFor={`${base}found`}>{t('column.found')}</label>
        <input
          id={`${base}found`}
          type="date"
          max={today()}
          value={typed.foundOn}
          onChange={(event) => set({ foundOn: event.target.value === '' ? today() : event.target.value })}
        />
      </div>
      <div className={formCss.field}>
        <label htmlFor={`${base}enterprise`}>{t('column.enterprise')}</label>
        <EnterpriseSelect
          id={`${base}enterprise`}
          value={typed.enterpriseId}
          onChange={(one) =>
            set({ enterpriseId: one?.id, ...(one === undefined ? {} : { regionCode: one.regionCode }) })
          }
        />
      </div>
      <div className={formCss.field}>
        <label htmlFor={`${base}region`}>{t('column.region')}</label>
        <Select<number>
          id={`${base}region`}
          showSearch={{ optionFilterProp: 'label' }}
          value={typed.regionCode}
          options={(regions.data?.items ?? []).map((one) => ({ value: one.code, label: one.name }))}
          onChange={(regionCode) => set({ regionCode })}
        />
      </div>
    </div>
  )
}
