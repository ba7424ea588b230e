import {
  type MatterDetail,
  type MatterPartiesInput,
  matterParties,
  matterPartyTitles,
} from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAssignMatter } from '../../../api/matters.ts'
import { newId } from '../../../api/newId.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Panel } from '../../../components/Page.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { PartiesForm } from '../form/PartiesForm.tsx'
import css from './matter.module.css'

/** Who has which part, and who may change that. */
export function PartiesPart({ detail }: { detail: MatterDetail }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const [assigning, setAssigning] = useState(false)
  return (
    <Panel
      title={t('parties.title')}
      tools={
        detail.canAssign && (
          <Button size="small" className="no-print" onClick={() => setAssigning(true)}>
            {t('parties.assign')}
          </Button>
        )
      }
    >
      <dl className={css.list}>
        {detail.parties.map(({ party, organization, user }) => (
          <div key={party}>
            <dt>{official(matterPartyTitles[party])}</dt>
            <dd>
              {organization.name}
              {user !== null && ` ${user.name}`}
            </dd>
          </div>
        ))}
      </dl>
      {assigning && <AssignDialog detail={detail} onClose={() => setAssigning(false)} />}
    </Panel>
  )
}

const assignable = matterParties.filter((party) => party !== 'owner')

/** Names other parties; says why. */
function AssignDialog({ detail, onClose }: { detail: MatterDetail; onClose: () => void }) {
  const { t } = useTranslation('matters')
  const assign = useAssignMatter(detail.matter.id)
  const commandId = useRef(newId())
  const [reason, setReason] = useState('')
  const [parties, setParties] = useState<MatterPartiesInput>(() =>
    Object.fromEntries(
      detail.parties
        .filter(({ party }) => party !== 'owner')
        .map(({ party, organization, user }) => [
          party,
          { organizationId: organization.id, ...(user === null ? {} : { userId: user.id }) },
        ]),
    ),
  )
  return (
    <Modal
      open
      title={t('parties.assign')}
      okText={t('parties.assign')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: reason.trim().length < 2, loading: assign.isPending }}
      onOk={() =>
        assign.mutate(
          { version: detail.matter.version, parties, reason: reason.trim(), commandId: commandId.current },
          { onSuccess: onClose },
        )
      }
      onCancel={onClose}
    >
      <div className={css.form}>
        <PartiesForm parties={assignable} required={[]} value={parties} onChange={setParties} tried={false} />
        <Input.TextArea
          aria-label={t('form.reason')}
          placeholder={t('parties.why')}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {assign.error !== null && <ErrorPanel error={assign.error} what={t('parties.assign')} />}
      </div>
    </Modal>
  )
}
