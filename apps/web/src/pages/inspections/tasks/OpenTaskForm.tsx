import {
  type CapException,
  capExceptions,
  capExceptionTitles,
  checklistThemeNames,
  checklistThemes,
  type VisitKind,
  visitKinds,
  visitKindTitles,
} from '@shanshui/contract'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEnterprises } from '../../../api/enterprises.ts'
import { useInspectors, useOpenTask } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { today } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from '../draws/draws.module.css'

interface Props {
  readonly onClose: () => void
  readonly onDone: (taskId: number) => void
}

const toggled = <T,>(list: readonly T[], one: T): T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one]

/** A visit outside the plan: with its reason, two officers, and the exception where the ceiling is reached. */
export function OpenTaskForm({ onClose, onDone }: Props) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const inspectors = useInspectors()
  const [search, setSearch] = useState('')
  const enterprises = pagedRows(useEnterprises({ search })).rows
  const [enterpriseId, setEnterprise] = useState(0)
  const [kind, setKind] = useState<VisitKind>('risk')
  const [date, setDate] = useState(today())
  const [officers, setOfficers] = useState<readonly number[]>([])
  const [checklists, setChecklists] = useState<readonly string[]>([])
  const [reason, setReason] = useState('')
  const [exception, setException] = useState<CapException | ''>('')
  const open = useOpenTask()
  const ready = enterpriseId > 0 && officers.length >= 2 && reason.trim().length >= 2 && date !== ''
  return (
    <Modal
      open
      title={t('task.open')}
      okText={t('task.do')}
      cancelText={t('change.cancel')}
      okButtonProps={{ disabled: !ready, loading: open.isPending }}
      onCancel={onClose}
      onOk={() =>
        open.mutate(
          {
            enterpriseId,
            kind,
            date,
            officers,
            checklists,
            reason: reason.trim(),
            ...(exception !== '' && { exception }),
          },
          { onSuccess: (task) => onDone(task.id) },
        )
      }
    >
      <div className={css.form}>
        <Input.Search
          aria-label={t('task.searchUnit')}
          placeholder={t('task.searchUnit')}
          onSearch={(text) => setSearch(text.trim())}
        />
        <select
          aria-label={t('unit.name')}
          value={enterpriseId}
          onChange={(event) => setEnterprise(Number(event.target.value))}
        >
          <option value={0}>{t('task.chooseUnit')}</option>
          {enterprises.map((enterprise) => (
            <option key={enterprise.id} value={enterprise.id}>
              {enterprise.name}
            </option>
          ))}
        </select>
        <label>
          {t('leftOut.kind')}{' '}
          <select
            value={kind}
            onChange={(event) => setKind(visitKinds.find((one) => one === event.target.value) ?? 'risk')}
          >
            {visitKinds.map((one) => (
              <option key={one} value={one}>
                {official(visitKindTitles[one])}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('task.date')}{' '}
          <input type="date" value={date} onChange={(event) => setDate(event.target.value)} />
        </label>
        <fieldset>
          <legend>{t('change.crew')}</legend>
          {(inspectors.data?.items ?? [])
            .filter(({ active, certificateValid }) => active && certificateValid)
            .map((inspector) => (
              <label key={inspector.userId}>
                <input
                  type="checkbox"
                  checked={officers.includes(inspector.userId)}
                  onChange={() => setOfficers(toggled(officers, inspector.userId))}
                />{' '}
                {inspector.name}{' '}
              </label>
            ))}
        </fieldset>
        <fieldset>
          <legend>{t('task.checklists')}</legend>
          {checklistThemeNames.map((theme) => (
            <label key={theme}>
              <input
                type="checkbox"
                checked={checklists.includes(theme)}
                onChange={() => setChecklists(toggled(checklists, theme))}
              />{' '}
              {official(checklistThemes[theme])}{' '}
            </label>
          ))}
        </fieldset>
        <Input
          aria-label={t('task.reason')}
          placeholder={t('task.reason')}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <label>
          {t('task.exception')}{' '}
          <select
            value={exception}
            onChange={(event) => setException(capExceptions.find((one) => one === event.target.value) ?? '')}
          >
            <option value="">{t('task.noException')}</option>
            {capExceptions.map((one) => (
              <option key={one} value={one}>
                {official(capExceptionTitles[one])}
              </option>
            ))}
          </select>
        </label>
        {open.error !== null && <ErrorPanel error={open.error} what={t('task.open')} />}
      </div>
    </Modal>
  )
}
