import {
  complaintNatureNames,
  complaintNatures,
  complaintThemeNames,
  complaintThemes,
  complaintUrgencies,
  complaintUrgencyNames,
} from '@shanshui/contract'
import { Input, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import formCss from '../form/form.module.css'
import { EnterpriseSelect } from '../open/EnterpriseSelect.tsx'
import type { Fault, Particulars } from './form.ts'

interface Props {
  readonly value: Particulars
  readonly onChange: (patch: Partial<Particulars>) => void
  readonly faults: readonly Fault[]
}

export function Labelled(props: {
  id: string
  label: string
  help?: string
  fault?: string | false
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div className={props.wide === true ? formCss.wide : formCss.field}>
      <label className={formCss.label} htmlFor={props.id}>
        {props.label}
      </label>
      {props.children}
      {props.help !== undefined && <span className={formCss.help}>{props.help}</span>}
      {props.fault !== undefined && props.fault !== false && (
        <span className={formCss.fault} role="alert">
          {props.fault}
        </span>
      )}
    </div>
  )
}

/** What is said about the complaint itself; the same when it is taken in and when it is corrected. */
export function ParticularFields({ value, onChange, faults }: Props) {
  const { t } = useTranslation('complaints')
  const official = useOfficial()
  const base = useId()
  const text = (name: 'title' | 'place' | 'campaign' | 'platformNumber' | 'lon' | 'lat', max: number) => (
    <Input
      id={`${base}${name}`}
      maxLength={max}
      value={value[name]}
      onChange={(event) => onChange({ [name]: event.target.value })}
    />
  )
  return (
    <>
      <Labelled id={`${base}theme`} label={t('column.theme')}>
        <Select
          id={`${base}theme`}
          value={value.theme}
          options={complaintThemeNames.map((one) => ({ value: one, label: official(complaintThemes[one]) }))}
          onChange={(theme) => onChange({ theme })}
        />
      </Labelled>
      <Labelled id={`${base}urgency`} label={t('column.urgency')} help={t('help.urgency')}>
        <Select
          id={`${base}urgency`}
          value={value.urgency}
          options={complaintUrgencyNames.map((one) => ({
            value: one,
            label: official(complaintUrgencies[one]),
          }))}
          onChange={(urgency) => onChange({ urgency })}
        />
      </Labelled>
      <Labelled id={`${base}nature`} label={t('column.nature')} help={t('help.nature')}>
        <Select
          id={`${base}nature`}
          value={value.nature}
          options={complaintNatureNames.map((one) => ({
            value: one,
            label: official(complaintNatures[one]),
          }))}
          onChange={(nature) => onChange({ nature })}
        />
      </Labelled>
      <Labelled id={`${base}place`} label={t('column.place')} wide>
        {text('place', 200)}
      </Labelled>
      <Labelled
        id={`${base}lon`}
        label={t('column.lon')}
        fault={faults.includes('position') && t('fault.position')}
      >
        {text('lon', 12)}
      </Labelled>
      <Labelled id={`${base}lat`} label={t('column.lat')} help={t('help.position')}>
        {text('lat', 12)}
      </Labelled>
      <Labelled id={`${base}enterprise`} label={t('column.enterprise')} wide>
        <EnterpriseSelect
          id={`${base}enterprise`}
          value={value.enterpriseId}
          onChange={(chosen) => onChange({ enterpriseId: chosen?.id })}
        />
      </Labelled>
      <Labelled
        id={`${base}title`}
        label={t('column.title')}
        help={t('help.title')}
        fault={faults.includes('title') && t('fault.title')}
        wide
      >
        {text('title', 100)}
      </Labelled>
      <Labelled id={`${base}campaign`} label={t('column.campaign')} help={t('help.campaign')}>
        {text('campaign', 60)}
      </Labelled>
      <Labelled id={`${base}platformNumber`} label={t('column.platformNumber')}>
        {text('platformNumber', 60)}
      </Labelled>
    </>
  )
}
