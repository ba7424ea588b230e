import { type MaintenanceInput, maintenanceKinds } from '@shanshui/contract'
import { Button, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOutletChoices, useWriteMaintenance } from '../../../api/sources.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { factorInfo } from '../parts/factor.ts'
import { outletName } from '../parts/names.ts'
import css from './maintenance.module.css'
import { inputOf, pairsOf, type RecordValues } from './recordInput.ts'

export interface RecordDraft {
  readonly outletId?: number
  readonly kind?: MaintenanceInput['kind']
}

/** Writes a record; what a kind needs beyond the words appears with the kind. */
export function RecordDialog({ draft, onClose }: { draft: RecordDraft; onClose: () => void }) {
  const { t } = useTranslation('monitoring')
  const { session } = useSession()
  const outlets = useOutletChoices()
  const save = useWriteMaintenance()
  const [form] = Form.useForm<RecordValues>()
  const kind = Form.useWatch('kind', form) ?? draft.kind ?? 'routine'
  const outletId = Form.useWatch('outletId', form) ?? draft.outletId
  const outlet = outlets.data?.items.find((one) => one.id === outletId)
  const needed = [{ required: true, message: t('maintenance.needed') }]
  return (
    <Modal open title={t('maintenance.new')} footer={null} onCancel={onClose} destroyOnHidden>
      <Form<RecordValues>
        form={form}
        name="record"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          ...draft,
          kind: draft.kind ?? 'routine',
          factor: '',
          from: `${today()}T09:00`,
          to: `${today()}T10:00`,
          technician: session.user.name,
          content: '',
        }}
        onFinish={(values) => save.mutate(inputOf(values), { onSuccess: onClose })}
      >
        <Form.Item name="outletId" label={t('outlet.title')} rules={needed}>
          <Select
            showSearch
            loading={outlets.isPending}
            optionFilterProp="label"
            options={(outlets.data?.items ?? []).map((one) => ({
              value: one.id,
              label: `${one.enterprise.name} ${one.number} ${outletName(one.name, one.enterprise.name)}`,
            }))}
          />
        </Form.Item>
        <div className={css.pair}>
          <Form.Item name="kind" label={t('maintenance.kind')} rules={needed}>
            <Select
              options={maintenanceKinds.map((value) => ({ value, label: t(`maintenance.kinds.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="factor" label={t('outlet.factor')}>
            <Select
              options={[
                { value: '', label: t('marks.allFactors') },
                ...(outlet?.factors ?? []).map((code) => ({ value: code, label: factorInfo(code).name })),
              ]}
            />
          </Form.Item>
          <Form.Item name="from" label={t('marks.from')} rules={needed}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="to" label={t('marks.to')} rules={needed}>
            <Input type="datetime-local" />
          </Form.Item>
        </div>
        <KindFields kind={kind} />
        <Form.Item
          name="content"
          label={t('maintenance.content')}
          rules={[{ required: true, min: 2, message: t('maintenance.needed') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Form.Item name="technician" label={t('maintenance.technician')} rules={needed}>
          <Input maxLength={60} />
        </Form.Item>
        {save.error !== null && <ErrorPanel error={save.error} what={t('maintenance.new')} />}
        <Button type="primary" htmlType="submit" loading={save.isPending} block>
          {t('maintenance.save')}
        </Button>
      </Form>
    </Modal>
  )
}

function KindFields({ kind }: { kind: MaintenanceInput['kind'] }) {
  const { t } = useTranslation('monitoring')
  if (kind === 'calibration')
    return (
      <div className={css.pair}>
        <Form.Item name="zeroDriftPercent" label={`${t('maintenance.zero')} %F.S.`}>
          <Input type="number" step="0.01" />
        </Form.Item>
        <Form.Item name="spanDriftPercent" label={`${t('maintenance.span')} %F.S.`}>
          <Input type="number" step="0.01" />
        </Form.Item>
      </div>
    )
  if (kind === 'verification' || kind === 'comparison' || kind === 'standard-check')
    return (
      <Form.Item
        name="pairs"
        label={t('maintenance.pairs')}
        extra={t('maintenance.pairsHint')}
        rules={[
          {
            validator: (_, text: string | undefined) =>
              pairsOf(text ?? '') === undefined
                ? Promise.reject(new Error(t('maintenance.pairsWrong')))
                : Promise.resolve(),
          },
        ]}
      >
        <Input.TextArea rows={4} placeholder="52.1 50.3" />
      </Form.Item>
    )
  if (kind === 'parameter-change')
    return (
      <div className={css.three}>
        <Form.Item name="parameterName" label={t('maintenance.parameter')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="before" label={t('maintenance.before')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="after" label={t('maintenance.after')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
    )
  return null
}
