import type { Mark, MarkBody } from '@shanshui/contract'
import { airItemInfo, airItems } from '@shanshui/standards'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { addDays, shortTime, typedTime } from '../../../format/time.ts'
import css from './station.module.css'
import type { Window } from './useStation.ts'

interface Values {
  readonly from: string
  readonly to: string
  readonly items: readonly string[]
  readonly reason: string
}

interface Props {
  readonly pointId: number
  readonly window: Window
  /** Given: this mark is withdrawn; else a new one is made. */
  readonly mark: Mark | undefined
  readonly onClose: () => void
}

/** Says what will happen, and asks for the reason. */
export function MarkDialog({ pointId, window, mark, onClose }: Props) {
  const { t } = useTranslation('station')
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (values: Values) =>
      mark === undefined
        ? api.post<Mark>('/marks', bodyOf(pointId, values))
        : api.post<Mark>(`/marks/${mark.id}/withdraw`, { reason: values.reason }),
    onSuccess: () => {
      for (const key of ['marks', 'observations', 'revisions', 'air', 'figure']) {
        void client.invalidateQueries({ queryKey: [key] })
      }
      onClose()
    },
  })
  const last = addDays(window.to, -1)
  return (
    <Modal
      open
      title={t(mark === undefined ? 'marks.new' : 'marks.withdrawTitle')}
      footer={null}
      onCancel={onClose}
    >
      <p className={css.consequence}>
        {mark === undefined
          ? t('marks.consequence')
          : t('marks.withdrawConsequence', { from: shortTime(mark.from), to: shortTime(mark.to) })}
      </p>
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: `${last}T00:00`, to: `${last}T01:00`, items: airItems, reason: '' }}
        onFinish={(values) => save.mutate(values)}
      >
        {mark === undefined && (
          <>
            <Form.Item
              name="from"
              label={t('marks.fromHour')}
              rules={[{ required: true, message: t('marks.timeNeeded') }]}
            >
              <Input type="datetime-local" step={3600} />
            </Form.Item>
            <Form.Item
              name="to"
              label={t('marks.toHour')}
              dependencies={['from']}
              rules={[
                { required: true, message: t('marks.timeNeeded') },
                ({ getFieldValue }) => ({
                  validator: (_, value: string) =>
                    value > getFieldValue('from')
                      ? Promise.resolve()
                      : Promise.reject(new Error(t('marks.orderNeeded'))),
                }),
              ]}
            >
              <Input type="datetime-local" step={3600} />
            </Form.Item>
            <Form.Item
              name="items"
              label={t('item')}
              rules={[{ required: true, message: t('marks.itemsNeeded') }]}
            >
              <Checkbox.Group
                options={airItems.map((item) => ({ value: item, label: airItemInfo[item].zh }))}
              />
            </Form.Item>
          </>
        )}
        <Form.Item
          name="reason"
          label={t('marks.reason')}
          rules={[{ required: true, min: 2, message: t('marks.reasonNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        {save.error !== null && <ErrorPanel error={save.error} what={t('marks.title')} />}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t(mark === undefined ? 'marks.new' : 'marks.withdraw')}
        </Button>
      </Form>
    </Modal>
  )
}

/** The hours typed are those of the city, whatever the clock of the machine. */
function bodyOf(pointId: number, values: Values): MarkBody {
  const chosen = airItems.filter((item) => values.items.includes(item))
  const body = {
    pointId,
    from: typedTime(values.from),
    to: typedTime(values.to),
    reason: values.reason,
  }
  return chosen.length === airItems.length
    ? body
    : { ...body, factors: chosen.map((item) => airItemInfo[item].code) }
}
