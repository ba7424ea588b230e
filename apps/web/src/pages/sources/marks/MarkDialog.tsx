import type { MarkingDay, SourceMarkInput } from '@shanshui/contract'
import { Button, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChangeMark, useMarkItems } from '../../../api/sources.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { fieldTime, typedTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { factorInfo } from '../parts/factor.ts'
import { outletName } from '../parts/names.ts'
import css from './marks.module.css'

/** What is known when the form opens. */
export interface MarkDraft {
  readonly outletId?: number
  readonly factor?: string | null
  readonly from?: string
  readonly to?: string
  readonly day?: string
}

interface Values {
  readonly outletId: string
  readonly factor: string
  readonly from: string
  readonly to: string
  readonly item: string
  readonly reason: string
}

interface Props {
  readonly draft: MarkDraft
  readonly outlets: MarkingDay['outlets']
  readonly late: boolean
  readonly onClose: () => void
}

const ALL = 'all'
const kinds = ['equipment', 'condition'] as const

/** Lists are the browser's own: a thumb on a phone finds them. Files a mark: outlet, factor, period, item, reason; says what it does and that a false one is an offence. */
export function MarkDialog({ draft, outlets, late, onClose }: Props) {
  const { t } = useTranslation('monitoring')
  const official = useOfficial()
  const items = useMarkItems()
  const save = useChangeMark()
  const [form] = Form.useForm<Values>()
  const first = String(draft.outletId ?? outlets[0]?.id ?? '')
  const chosenId = Number(Form.useWatch('outletId', form) ?? first)
  const chosenItem = Form.useWatch('item', form)
  const outlet = outlets.find((one) => one.id === chosenId)
  const offered = (items.data?.items ?? []).filter(
    (item) => outlet === undefined || item.mediums.includes(outlet.medium),
  )
  const item = offered.find((one) => one.item === chosenItem)
  const dayStart = `${draft.day ?? ''}T00:00`
  return (
    <Modal open title={t('marks.new')} footer={null} onCancel={onClose} destroyOnHidden>
      {late && <p className={css.consequence}>{t('marks.lateConsequence')}</p>}
      <Form<Values>
        form={form}
        name="mark"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          outletId: first,
          factor: draft.factor ?? ALL,
          from: draft.from === undefined ? dayStart : fieldTime(draft.from),
          to: draft.to === undefined ? dayStart.replace('T00', 'T01') : fieldTime(draft.to),
          item: '',
          reason: '',
        }}
        onFinish={(values) => save.mutate({ file: inputOf(values) }, { onSuccess: onClose })}
      >
        <Form.Item name="outletId" label={t('outlet.title')} rules={[{ required: true }]}>
          <select className={css.select}>
            {outlets.map((one) => (
              <option key={one.id} value={one.id}>
                {one.enterprise.name} {one.number} {outletName(one.name, one.enterprise.name)}
              </option>
            ))}
          </select>
        </Form.Item>
        <Form.Item name="factor" label={t('outlet.factor')}>
          <select className={css.select}>
            <option value={ALL}>{t('marks.allFactors')}</option>
            {(outlet?.factors ?? []).map((code) => (
              <option key={code} value={code}>
                {factorInfo(code).name}
              </option>
            ))}
          </select>
        </Form.Item>
        <div className={css.pair}>
          <Form.Item
            name="from"
            label={t('marks.from')}
            rules={[{ required: true, message: t('marks.needTime') }]}
          >
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item
            name="to"
            label={t('marks.to')}
            dependencies={['from']}
            rules={[
              { required: true, message: t('marks.needTime') },
              ({ getFieldValue }) => ({
                validator: (_, value: string) =>
                  value > getFieldValue('from')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('marks.needOrder'))),
              }),
            ]}
          >
            <Input type="datetime-local" />
          </Form.Item>
        </div>
        <Form.Item
          name="item"
          label={t('marks.item')}
          rules={[{ required: true, message: t('marks.needItem') }]}
        >
          <select className={css.select}>
            <option value="" disabled>
              {t('marks.needItem')}
            </option>
            {kinds.map((kind) => (
              <optgroup key={kind} label={t(`marks.kinds.${kind}`)}>
                {offered
                  .filter((one) => one.kind === kind)
                  .map((one) => (
                    <option key={one.item} value={one.item}>
                      {official(one.name)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </Form.Item>
        {item !== undefined && (
          <p className={css.effect}>
            {t(`marks.effects.${item.effect}`)}{' '}
            {item.status === 'unverified' && <Unverified source={item.source} />}
          </p>
        )}
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, min: 2, message: t('marks.needReason') }]}
        >
          <Input.TextArea rows={2} maxLength={400} />
        </Form.Item>
        <p className="muted">{t('marks.warning')}</p>
        {save.error !== null && <ErrorPanel error={save.error} what={t('marks.new')} />}
        <Button className={css.file ?? ''} type="primary" htmlType="submit" loading={save.isPending} block>
          {t('marks.file')}
        </Button>
      </Form>
    </Modal>
  )
}

function inputOf({ outletId, factor, from, to, item, reason }: Values): SourceMarkInput {
  return {
    outletId: Number(outletId),
    factor: factor === ALL ? null : factor,
    from: typedTime(from),
    to: typedTime(to),
    item,
    reason: reason.trim(),
  }
}
