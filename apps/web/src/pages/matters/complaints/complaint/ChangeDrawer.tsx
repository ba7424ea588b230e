import type { Complaint } from '@shanshui/contract'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeComplaint } from '../../../../api/complaints.ts'
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx'
import formCss from '../../form/form.module.css'
import css from '../complaints.module.css'
import { particularBody, particularFaults, particularsOf } from '../form.ts'
import { ParticularFields } from '../ParticularFields.tsx'

/** Theme, place, enterprise and the like; what the citizen wrote stays as it is. */
export function ChangeDrawer({ complaint, onClose }: { complaint: Complaint; onClose: () => void }) {
  const { t } = useTranslation('complaints')
  const [typed, setTyped] = useState(particularsOf(complaint))
  const change = useChangeComplaint(complaint.id)
  const faults = particularFaults(typed)
  return (
    <Drawer open size="large" title={t('change.title')} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (faults.length > 0) return
          change.mutate({ ...particularBody(typed), version: complaint.version }, { onSuccess: onClose })
        }}
      >
        <p className="muted">{t('change.hint')}</p>
        <div className={formCss.fields}>
          <ParticularFields
            value={typed}
            faults={faults}
            onChange={(patch) => setTyped((now) => ({ ...now, ...patch }))}
          />
        </div>
        {change.error !== null && <ErrorPanel error={change.error} what={t('change.title')} />}
        <div className={css.tools}>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('change.send')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Drawer>
  )
}
