import {
  type InspectionSkill,
  type Inspector,
  inspectionSkills,
  inspectionSkillTitles,
} from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAbsence, useSaveInspector } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from '../draws/draws.module.css'

export interface PersonRef {
  readonly userId: number
  readonly name: string
}

interface Props {
  readonly person: PersonRef
  readonly inspector: Inspector | undefined
  readonly onClose: () => void
}

const MINUTES = { min: 60, max: 720, usual: 420 } as const

/** Certificate, skills, home and hours of one officer; who is away is not planned. */
export function InspectorForm({ person, inspector, onClose }: Props) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const save = useSaveInspector()
  const ids = { certificate: useId(), lon: useId(), lat: useId() }
  const [certificate, setCertificate] = useState(inspector?.certificate ?? '')
  const [expires, setExpires] = useState(inspector?.certificateExpires ?? '')
  const [skills, setSkills] = useState<readonly InspectionSkill[]>(inspector?.skills ?? [])
  const [lon, setLon] = useState(inspector === undefined ? '' : String(inspector.home.lon))
  const [lat, setLat] = useState(inspector === undefined ? '' : String(inspector.home.lat))
  const [minutes, setMinutes] = useState<number>(inspector?.minutesPerDay ?? MINUTES.usual)
  const [active, setActive] = useState(inspector?.active ?? true)
  const placed =
    lon.trim() !== '' && lat.trim() !== '' && Number.isFinite(Number(lon)) && Number.isFinite(Number(lat))
  const ready = certificate.trim() !== '' && expires !== '' && placed
  return (
    <Modal
      open
      title={person.name}
      okText={t('save')}
      cancelText={t('change.cancel')}
      okButtonProps={{ disabled: !ready, loading: save.isPending }}
      onCancel={onClose}
      onOk={() =>
        save.mutate(
          {
            userId: person.userId,
            input: {
              certificate: certificate.trim(),
              certificateExpires: expires,
              skills,
              home: { lon: Number(lon), lat: Number(lat) },
              minutesPerDay: minutes,
              active,
              ...(inspector !== undefined && { version: inspector.version }),
            },
          },
          { onSuccess: onClose },
        )
      }
    >
      <div className={css.form}>
        <label htmlFor={ids.certificate}>{t('people.certificate')}</label>
        <Input
          id={ids.certificate}
          maxLength={60}
          value={certificate}
          onChange={(event) => setCertificate(event.target.value)}
        />
        <label>
          {t('people.expires')}{' '}
          <input type="date" value={expires} onChange={(event) => setExpires(event.target.value)} />
        </label>
        <fieldset>
          <legend>{t('people.skills')}</legend>
          {inspectionSkills.map((skill) => (
            <label key={skill}>
              <input
                type="checkbox"
                checked={skills.includes(skill)}
                onChange={() =>
                  setSkills(
                    skills.includes(skill) ? skills.filter((one) => one !== skill) : [...skills, skill],
                  )
                }
              />{' '}
              {official(inspectionSkillTitles[skill])}{' '}
            </label>
          ))}
        </fieldset>
        <label htmlFor={ids.lon}>{t('people.homeLon')}</label>
        <Input
          id={ids.lon}
          inputMode="decimal"
          value={lon}
          onChange={(event) => setLon(event.target.value)}
        />
        <label htmlFor={ids.lat}>{t('people.homeLat')}</label>
        <Input
          id={ids.lat}
          inputMode="decimal"
          value={lat}
          onChange={(event) => setLat(event.target.value)}
        />
        <label>
          {t('people.minutes')}{' '}
          <input
            type="number"
            min={MINUTES.min}
            max={MINUTES.max}
            value={minutes}
            onChange={(event) => setMinutes(Number(event.target.value))}
          />
        </label>
        <label>
          <input type="checkbox" checked={active} onChange={(event) => setActive(event.target.checked)} />{' '}
          {t('people.active')}
        </label>
        {inspector !== undefined && <Absences inspector={inspector} />}
        {save.error !== null && <ErrorPanel error={save.error} what={person.name} />}
      </div>
    </Modal>
  )
}

function Absences({ inspector }: { inspector: Inspector }) {
  const { t } = useTranslation('inspections')
  const change = useAbsence(inspector.userId)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  return (
    <fieldset className={css.form}>
      <legend>{t('people.absences')}</legend>
      {inspector.absences.map((absence) => (
        <span key={absence.id}>
          {absence.from} – {absence.to} {absence.reason}{' '}
          <Button size="small" onClick={() => change.mutate({ remove: absence.id })}>
            {t('people.removeAbsence')}
          </Button>
        </span>
      ))}
      <span>
        <input
          type="date"
          aria-label={t('plan.from')}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />{' '}
        <input
          type="date"
          aria-label={t('plan.to')}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </span>
      <Input
        aria-label={t('people.absenceReason')}
        placeholder={t('people.absenceReason')}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        size="small"
        loading={change.isPending}
        disabled={from === '' || to < from || reason.trim() === ''}
        onClick={() => change.mutate({ from, to, reason: reason.trim() })}
      >
        {t('people.addAbsence')}
      </Button>
      {change.error !== null && <ErrorPanel error={change.error} what={t('people.absences')} />}
    </fieldset>
  )
}
