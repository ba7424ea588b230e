import {
  type Lead,
  type LeadDetail,
  type ProblemTheme,
  problemThemes,
  problemThemeTitles,
} from '@shanshui/contract'
import { Button, Checkbox, Drawer, Input, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useWorkflow, useWorkflows } from '../../../api/matters.ts'
import { newId } from '../../../api/newId.ts'
import { useProblemFromLead } from '../../../api/problems.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import css from '../form/form.module.css'
import { OpeningFields } from './OpeningFields.tsx'
import { draftFaults, type OpeningDraft, openingBody } from './openingDraft.ts'

interface Props {
  readonly detail: LeadDetail
  readonly onClose: () => void
}

const titleOf = ({ enterprise, feature, rule }: Lead): string =>
  `${enterprise?.name ?? feature.name}${rule.title}`.slice(0, 200)

/** A lead is confirmed, becomes a problem, and a matter is opened on it: one form, one act. */
export function LeadConfirmation({ detail, onClose }: Props) {
  const { t } = useTranslation('problems')
  const { may } = useSession()
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const { lead } = detail
  const [grounds, setGrounds] = useState('')
  const [title, setTitle] = useState(titleOf(lead))
  const [theme, setTheme] = useState<ProblemTheme>()
  const [withMatter, setWithMatter] = useState(may('matter:open'))
  const [draft, setDraft] = useState<OpeningDraft>({ workflow: '', parties: {}, fields: {} })
  const [tried, setTried] = useState(false)
  // one act, however often its sending is tried
  const commandId = useRef(newId())
  const confirm = useProblemFromLead()
  const chosen = useWorkflows().data?.items.find((one) => one.id === draft.workflow)
  const def = useWorkflow(draft.workflow).data
  const faults = withMatter ? draftFaults(draft, chosen, def) : []
  const ready = grounds.trim().length >= 2 && title.trim().length >= 2 && faults.length === 0
  const send = () => {
    setTried(true)
    if (!ready) return
    const command = {
      leadId: lead.id,
      version: lead.version,
      grounds: grounds.trim(),
      title: title.trim(),
      commandId: commandId.current,
      ...(theme === undefined ? {} : { theme }),
      ...(withMatter && def !== undefined ? { open: openingBody(draft, def) } : {}),
    }
    // News of the confirmed lead may close this form before the answer is here: the way leads on all the same.
    confirm.mutateAsync(command).then(
      ({ problem, matter }) =>
        navigate({
          pathname: matter === null ? `/matters/problems/${problem.problem.id}` : `/matters/${matter.id}`,
          search,
        }),
      () => undefined, // shown from the state of the mutation
    )
  }
  return (
    <Drawer open size="large" title={t('fromLead.title')} onClose={onClose}>
      <form
        className={css.drawer}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <p className="muted">{lead.explanation}</p>
        <Known {...{ grounds, setGrounds, title, setTitle, theme, setTheme }} tried={tried} />
        {may('matter:open') && (
          <Checkbox checked={withMatter} onChange={(event) => setWithMatter(event.target.checked)}>
            {t('fromLead.withMatter')}
          </Checkbox>
        )}
        {withMatter && <OpeningFields draft={draft} onChange={setDraft} tried={tried} />}
        {tried && !ready && (
          <p className={css.fault} role="alert">
            {t('register.incomplete')}
          </p>
        )}
        {confirm.error !== null && <ErrorPanel error={confirm.error} what={t('fromLead.title')} />}
        <div className={css.buttons}>
          <Button type="primary" htmlType="submit" loading={confirm.isPending}>
            {t(withMatter ? 'fromLead.send' : 'fromLead.sendOnly')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Drawer>
  )
}

interface KnownProps {
  readonly grounds: string
  readonly setGrounds: (grounds: string) => void
  readonly title: string
  readonly setTitle: (title: string) => void
  readonly theme: ProblemTheme | undefined
  readonly setTheme: (theme: ProblemTheme | undefined) => void
  readonly tried: boolean
}

/** On what grounds it is confirmed, and what the problem is called. */
function Known(props: KnownProps) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const base = useId()
  const missing = props.tried && props.grounds.trim().length < 2
  return (
    <div className={css.fields}>
      <div className={css.wide}>
        <label htmlFor={`${base}grounds`}>
          {t('fromLead.grounds')} <span className={css.required}>*</span>
        </label>
        <Input.TextArea
          id={`${base}grounds`}
          autoFocus
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={2000}
          value={props.grounds}
          onChange={(event) => props.setGrounds(event.target.value)}
        />
        {missing && (
          <p className={css.fault} role="alert">
            {t('register.incomplete')}
          </p>
        )}
      </div>
      <div className={css.wide}>
        <label htmlFor={`${base}title`}>
          {t('fromLead.problemTitle')} <span className={css.required}>*</span>
        </label>
        <Input
          id={`${base}title`}
          maxLength={200}
          value={props.title}
          onChange={(event) => props.setTitle(event.target.value)}
        />
      </div>
      <div className={css.field}>
        <label htmlFor={`${base}theme`}>{t('fromLead.theme')}</label>
        <Select<ProblemTheme>
          id={`${base}theme`}
          allowClear
          placeholder={t('register.chooseTheme')}
          {...(props.theme === undefined ? {} : { value: props.theme })}
          options={problemThemes.map((value) => ({ value, label: official(problemThemeTitles[value]) }))}
          onChange={(theme?: ProblemTheme) => props.setTheme(theme)}
        />
      </div>
    </div>
  )
}
