import type { Session } from '@shanshui/contract'
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, setCsrfToken } from '../api/client.ts'
import { ProblemError } from '../api/problem.ts'
import { ErrorPanel } from '../components/ErrorPanel.tsx'
import { changeLanguage, languages } from '../i18n/index.ts'
import { Entrance } from './Entrance.tsx'
import css from './session.module.css'

interface Credentials {
  readonly login: string
  readonly password: string
}

export function LoginPage({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const { t } = useTranslation()
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => api.post<Session>('/session', credentials),
    onSuccess: (session) => {
      setCsrfToken(session.csrfToken)
      onSignedIn(session)
    },
  })
  return (
    <Entrance title={t('session.title')}>
      <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)}>
        <Form.Item
          name="login"
          label={t('session.login')}
          rules={[{ required: true, message: t('session.loginNeeded') }]}
        >
          <Input size="large" autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('session.password')}
          rules={[{ required: true, message: t('session.passwordNeeded') }]}
        >
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        {signIn.error !== null && <SignInFault error={signIn.error} />}
        <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
          {t('session.signIn')}
        </Button>
      </Form>
      <p className={css.languages}>
        <a href="/report">{t('session.report')}</a> · <a href="/report/status">{t('session.reportStatus')}</a>
      </p>
      <p className={css.languages}>
        {languages.map(({ code, name }) => (
          <Button key={code} type="link" size="small" lang={code} onClick={() => void changeLanguage(code)}>
            {name}
          </Button>
        ))}
      </p>
    </Entrance>
  )
}

/** Wrong name or password, or locked for a while: in words, not as a technical report. */
function SignInFault({ error }: { error: Error }) {
  const { t } = useTranslation()
  if (!(error instanceof ProblemError) || error.problem.status === 0 || error.problem.status >= 500) {
    return (
      <div className={css.fault}>
        <ErrorPanel error={error} what={t('session.signIn')} />
      </div>
    )
  }
  return (
    <div className={css.refusal} role="alert">
      <strong>{error.problem.title}</strong>
      {error.problem.detail !== undefined && <span>{error.problem.detail}</span>}
    </div>
  )
}
