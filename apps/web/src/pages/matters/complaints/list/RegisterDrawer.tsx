import {
  complaintChannelNames,
  complaintChannels,
  complaintContentHint,
  complaintTextLimits,
} from '@shanshui/contract'
import { Button, Checkbox, Drawer, Input, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useRegisterComplaint } from '../../../../api/complaints.ts'
import { newId } from '../../../../api/newId.ts'
import { useRegions } from '../../../../api/registry.ts'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx'
import { today } from '../../../../format/time.ts'
import { useOfficial } from '../../../../i18n/useOfficial.ts'
import formCss from '../../form/form.module.css'
import css from '../complaints.module.css'
import { bodyOf, emptyTyped, faultsOf, type Typed } from '../form.ts'
import { Labelled, ParticularFields } from '../ParticularFields.tsx'

/** A complaint by telephone, letter or visit; who complained is asked for apart and sealed. */
export function RegisterDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('complaints')
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const [typed, setTyped] = useState(emptyTyped)
  const [tried, setTried] = useState(false)
  const commandId = useRef(newId())
  const register = useRegisterComplaint()
  const faults = tried ? faultsOf(typed) : []
  const set = (patch: Partial<Typed>) => setTyped((now) => ({ ...now, ...patch }))
  const send = () => {
    setTried(true)
    const body = bodyOf(typed, commandId.current)
    if (body === undefined || faultsOf(typed).length > 0) return
    register.mutate(body, {
      onSuccess: ({ complaint }) =>
        void navigate({ pathname: `/matters/complaints/${complaint.id}`, search }),
    })
  }
  return (
    <Drawer open size="large" title={t('register.title')} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <div className={formCss.fields}>
          <SourceFields typed={typed} set={set} faults={faults} />
          <ParticularFields value={typed} onChange={set} faults={faults} />
        </div>
        <PersonFields typed={typed} set={set} faults={faults} />
        {faults.length > 0 && (
          <p className={formCss.fault} role="alert">
            {t('register.incomplete')}
          </p>
        )}
        {register.error !== null && <ErrorPanel error={register.error} what={t('register.title')} />}
        <div className={css.tools}>
          <Button type="primary" htmlType="submit" loading={register.isPending}>
            {t('register.send')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Drawer>
  )
}

interface PartProps {
  readonly typed: Typed
  readonly set: (patch: Partial<Typed>) => void
  readonly faults: ReturnType<typeof faultsOf>
}

function SourceFields({ typed, set, faults }: PartProps) {
  const { t } = useTranslation('complaints')
  const official = useOfficial()
  const base = useId()
  const counties = (useRegions().data?.items ?? []).filter(({ level }) => level === 'county')
  return (
    <>
      <Labelled id={`${base}channel`} label={t('column.channel')}>
        <Select
          id={`${base}channel`}
          value={typed.channel}
          options={complaintChannelNames.map((one) => ({
            value: one,
            label: official(complaintChannels[one]),
          }))}
          onChange={(channel) => set({ channel })}
        />
      </Labelled>
      <Labelled id={`${base}outer`} label={t('column.outerNumber')}>
        <Input
          id={`${base}outer`}
          maxLength={60}
          value={typed.outerNumber}
          onChange={(event) => set({ outerNumber: event.target.value })}
        />
      </Labelled>
      <Labelled
        id={`${base}region`}
        label={t('column.region')}
        fault={faults.includes('regionCode') && t('fault.regionCode')}
      >
        <Select<number>
          id={`${base}region`}
          placeholder={t('choose')}
          {...(typed.regionCode === undefined ? {} : { value: typed.regionCode })}
          options={counties.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(regionCode) => set({ regionCode })}
        />
      </Labelled>
      <Labelled id={`${base}received`} label={t('column.receivedAt')} help={t('help.receivedAt')}>
        <input
          id={`${base}received`}
          type="datetime-local"
          value={typed.receivedAt}
          onChange={(event) => set({ receivedAt: event.target.value.slice(0, 16) })}
        />
      </Labelled>
      <Labelled id={`${base}occurred`} label={t('column.occurredOn')}>
        <input
          id={`${base}occurred`}
          type="date"
          max={today()}
          value={typed.occurredOn}
          onChange={(event) => set({ occurredOn: event.target.value })}
        />
      </Labelled>
      <Labelled
        id={`${base}content`}
        label={t('column.content')}
        help={complaintContentHint}
        fault={faults.includes('content') && t('fault.content')}
        wide
      >
        <Input.TextArea
          id={`${base}content`}
          autoSize={{ minRows: 4, maxRows: 14 }}
          maxLength={complaintTextLimits.content}
          value={typed.content}
          onChange={(event) => set({ content: event.target.value })}
        />
      </Labelled>
    </>
  )
}

function PersonFields({ typed, set, faults }: PartProps) {
  const { t } = useTranslation('complaints')
  const base = useId()
  return (
    <fieldset className={formCss.tableRow}>
      <legend>{t('person.title')}</legend>
      <div className={formCss.wide}>
        <Checkbox checked={typed.named} onChange={(event) => set({ named: event.target.checked })}>
          {t('person.named')}
        </Checkbox>
        <span className={formCss.help}>{t('person.help')}</span>
      </div>
      {typed.named && (
        <>
          <Labelled
            id={`${base}name`}
            label={t('person.name')}
            fault={faults.includes('name') && t('fault.name')}
          >
            <Input
              id={`${base}name`}
              autoComplete="off"
              maxLength={60}
              value={typed.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Labelled>
          <Labelled
            id={`${base}phone`}
            label={t('person.phone')}
            fault={faults.includes('phone') && t('fault.phone')}
          >
            <Input
              id={`${base}phone`}
              autoComplete="off"
              maxLength={40}
              value={typed.phone}
              onChange={(event) => set({ phone: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${base}address`} label={t('person.address')}>
            <Input
              id={`${base}address`}
              autoComplete="off"
              maxLength={200}
              value={typed.address}
              onChange={(event) => set({ address: event.target.value })}
            />
          </Labelled>
        </>
      )}
    </fieldset>
  )
}
