import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import css from './totals.module.css'

interface Props {
  /** What is written, e.g. 新增台账; also named when saving fails. */
  readonly what: string
  /** Of which account or outlet. */
  readonly of?: string
  readonly large?: boolean
  readonly ready: boolean
  readonly saving: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown }
  readonly onSave: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A form at the side of the page: its fields, one button, and why saving failed. */
export function FormDrawer(props: Props) {
  const { t } = useTranslation('totals')
  const { what, of, saving } = props
  return (
    <Drawer
      open
      title={of === undefined ? what : `${what} ${of}`}
      {...(props.large === true ? { size: 'large' as const } : {})}
      onClose={props.onClose}
    >
      <div className={css.form}>
        {props.children}
        <Button type="primary" disabled={!props.ready} loading={saving.isPending} onClick={props.onSave}>
          {t('form.save')}
        </Button>
        {saving.isError && <ErrorPanel error={saving.error} what={what} />}
      </div>
    </Drawer>
  )
}
