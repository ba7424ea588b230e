import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useContact, useSaveContact } from '../../api/notices.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Async } from '../../components/states.tsx'
import css from './Shell.module.css'

/** Where notices reach one outside the application. */
export function ContactForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const contact = useContact()
  return (
    <Async query={contact} what={t('notice.settings')} rows={2}>
      {(data) => <Fields email={data.email} phone={data.phone} channels={data.channels} onDone={onDone} />}
    </Async>
  )
}

interface Props {
  readonly email: string | null
  readonly phone: string | null
  readonly channels: readonly string[]
  readonly onDone: () => void
}

function Fields(props: Props) {
  const { t } = useTranslation()
  const save = useSaveContact()
  const [email, setEmail] = useState(props.email ?? '')
  const [phone, setPhone] = useState(props.phone ?? '')
  const ids = { email: useId(), phone: useId() }
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return (
    <form
      className={css.contact}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ email: orNull(email), phone: orNull(phone) }, { onSuccess: props.onDone })
      }}
    >
      <label htmlFor={ids.email}>{t('notice.email')}</label>
      <Input id={ids.email} type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      <label htmlFor={ids.phone}>{t('notice.phone')}</label>
      <Input
        id={ids.phone}
        inputMode="tel"
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
      />
      <p className="muted">
        {props.channels.length === 0
          ? t('notice.noChannels')
          : t('notice.channels', {
              list: props.channels.map((channel) => t(`notice.channel.${channel}`)).join('、'),
            })}
      </p>
      <div className={css.noticeHead}>
        <Button size="small" onClick={props.onDone}>
          {t('notice.back')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={save.isPending}>
          {t('notice.save')}
        </Button>
      </div>
      {save.isError && <ErrorPanel error={save.error} what={t('notice.settings')} />}
    </form>
  )
}
