import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { ErrorPanel } from '../components/ErrorPanel.tsx'
import { Entrance } from './Entrance.tsx'
import css from './session.module.css'

interface Values {
  readonly current: string
  readonly next: string
  readonly again: string
}

interface Props {
  /** A one-time password must be replaced before anything else. */
  readonly forced: boolean
  readonly onChanged: () => void
}

export function PasswordPage({ forced, onChanged }: Props) {
  const { t } = useTranslation()
  return (
    <Entrance title={t('session.changePassword')}>
      {forced && <p className={css.fault}>{t('session.mustChange')}</p>}
      <PasswordForm onChanged={onChanged} />
    </Entrance>
  )
}

export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation()
  const change = useMutation({
    mutationFn: ({ current, next }: Values) => api.put<void>('/session/password', { current, next }),
    onSuccess: onChanged,
  })
  return (
    <Form<Values> layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
      <Form.Item
        name="current"
        label={t('session.current')}
        rules={[{ required: true, message: t('session.passwordNeeded') }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('session.next')}
        rules={[{ required: true, message: t('session.passwordNeeded') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('session.again')}
        dependencies={['next']}
        rules={[
          { required: true, message: t('session.passwordNeeded') },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error(t('session.differ'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {change.error !== null && (
        <div className={css.fault}>
          <ErrorPanel error={change.error} what={t('session.changePassword')} />
        </div>
      )}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('session.change')}
      </Button>
    </Form>
  )
}
