import type { ComplaintDetail } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLookAtComplainant } from '../../../../api/complaints.ts'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx'
import { Panel } from '../../../../components/Page.tsx'
import css from '../complaints.module.css'

/** Whether somebody is on record, and how often somebody looked; who it is only after saying why. */
export function PersonPart({ detail }: { detail: ComplaintDetail }) {
  const { t } = useTranslation('complaints')
  const search = useCarriedSearch()
  const [looking, setLooking] = useState(false)
  const { complainant, complaint } = detail
  return (
    <Panel title={t('person.title')}>
      <p>{t(complainant.kept ? 'person.kept' : 'person.anonymous')}</p>
      {complainant.kept && (
        <p className={css.tools}>
          <Link to={{ pathname: '/matters/complaints/looks', search: `${search}&complaint=${complaint.id}` }}>
            {t('person.looks', { count: complainant.looks })}
          </Link>
          {complainant.mayLook ? (
            <Button size="small" onClick={() => setLooking(true)}>
              {t('look.title')}
            </Button>
          ) : (
            <span className="muted">{t('look.refused')}</span>
          )}
        </p>
      )}
      {looking && <LookDialog id={complaint.id} onClose={() => setLooking(false)} />}
    </Panel>
  )
}

const shortestReason = 4

/** Says before that every look is on record; shows the person only as long as it is open. */
function LookDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('complaints')
  const [reason, setReason] = useState('')
  const look = useLookAtComplainant(id)
  const person = look.data?.complainant
  return (
    <Modal
      open
      destroyOnHidden
      title={t('look.title')}
      okText={t('look.send')}
      cancelText={t(person === undefined ? 'cancel' : 'close')}
      okButtonProps={{
        disabled: reason.trim().length < shortestReason || person !== undefined,
        loading: look.isPending,
      }}
      onOk={() => look.mutate(reason.trim())}
      onCancel={onClose}
    >
      <div className={css.secret}>
        <p>{t('look.hint')}</p>
        <Input.TextArea
          aria-label={t('look.reason')}
          placeholder={t('look.example')}
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={500}
          value={reason}
          disabled={person !== undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        {look.error !== null && <ErrorPanel error={look.error} what={t('look.title')} />}
        {person !== undefined && (
          <dl className={css.facts} aria-live="polite">
            <dt>{t('person.name')}</dt>
            <dd>{person.name}</dd>
            <dt>{t('person.phone')}</dt>
            <dd>{person.phone ?? '–'}</dd>
            <dt>{t('person.address')}</dt>
            <dd>{person.address ?? '–'}</dd>
          </dl>
        )}
      </div>
    </Modal>
  )
}
