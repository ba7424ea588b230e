import type { FigureRef } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.tsx'
import css from './figure.module.css'
import { StateDot } from './StateDot.tsx'
import { useFigureAddress } from './useFigureAddress.ts'

interface Props {
  readonly figure: FigureRef
  /** Print the unit behind the number; in tables it stands in the head. */
  readonly unit?: boolean
  readonly size?: 'normal' | 'large'
  /** Put a plus before positive numbers: for changes. */
  readonly signed?: boolean
  readonly className?: string
}

/** A number that opens its basis, for those who may read it. The printed text is the server's: rounded once, by the standard. */
export function FigureValue({ figure, unit = false, size = 'normal', signed = false, className }: Props) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { open, figure: opened } = useFigureAddress()
  const text =
    signed && figure.value !== null && figure.value > 0 && !figure.text.startsWith('+')
      ? `+${figure.text}`
      : figure.text
  const content = (
    <>
      {text.replace(/^-/, '−')}
      {unit && figure.unit !== '' && (
        <span className={css.unit}> {t(`unit.${figure.unit}`, figure.unit)}</span>
      )}
      {figure.note !== null && (
        <sup className={css.noteMark} title={figure.note}>
          *<span className="visually-hidden">{figure.note}</span>
        </sup>
      )}
      {figure.state !== 'fresh' && <StateDot state={figure.state} />}
    </>
  )
  const classes = `${size === 'large' ? css.large : ''} ${className ?? ''}`
  if (!may('figure:read')) return <span className={classes}>{content}</span>
  return (
    <button
      type="button"
      className={`${css.value} ${classes}`}
      aria-haspopup="dialog"
      aria-expanded={opened === figure.id}
      title={figure.note ?? t('figure.openBasis')}
      onClick={(event) => {
        event.stopPropagation()
        open(figure.id)
      }}
    >
      {content}
    </button>
  )
}
