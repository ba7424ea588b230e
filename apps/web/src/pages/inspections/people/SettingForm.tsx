import type { InspectionSetting } from '@shanshui/contract'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSaveInspectionSetting } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import css from '../draws/draws.module.css'

const statuses = ['primary', 'one-source', 'unverified', 'design'] as const

/** A number of the platform is changed together with where it comes from. */
export function SettingForm({ setting, onClose }: { setting: InspectionSetting; onClose: () => void }) {
  const { t } = useTranslation('inspections')
  const save = useSaveInspectionSetting()
  const [value, setValue] = useState(String(setting.value))
  const [source, setSource] = useState(setting.source)
  const [status, setStatus] = useState(setting.status)
  const ready = value.trim() !== '' && Number.isFinite(Number(value)) && source.trim().length >= 2
  return (
    <Modal
      open
      title={setting.title}
      okText={t('save')}
      cancelText={t('change.cancel')}
      okButtonProps={{ disabled: !ready, loading: save.isPending }}
      onCancel={onClose}
      onOk={() =>
        save.mutate(
          { key: setting.key, value: Number(value), source: source.trim(), status },
          { onSuccess: onClose },
        )
      }
    >
      <div className={css.form}>
        <Input
          aria-label={t('setting.value')}
          inputMode="decimal"
          suffix={setting.unit}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <Input
          aria-label={t('setting.source')}
          placeholder={t('setting.source')}
          maxLength={400}
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
        <select
          aria-label={t('setting.status')}
          value={status}
          onChange={(event) => setStatus(statuses.find((one) => one === event.target.value) ?? 'design')}
        >
          {statuses.map((one) => (
            <option key={one} value={one}>
              {t(`status.${one}`)}
            </option>
          ))}
        </select>
        {save.error !== null && <ErrorPanel error={save.error} what={setting.title} />}
      </div>
    </Modal>
  )
}
