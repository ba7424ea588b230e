import type { PublicComplaintReceipt } from '@shanshui/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { sendPhoto } from '../../../api/public.ts'
import css from '../public.module.css'
import { LimitsPart } from './LimitsPart.tsx'

interface Props {
  readonly receipt: PublicComplaintReceipt
  readonly photos: readonly File[]
  readonly onAgain: () => void
}

/** Number and code, to be kept; what happens next; the pictures on their way. */
export function ReceiptPart({ receipt, photos, onAgain }: Props) {
  const { t } = useTranslation('public')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <section className={`${css.sheet} ${css.done}`} aria-labelledby="receipt">
        <h1 id="receipt" ref={heading} tabIndex={-1}>
          {t(receipt.repeated ? 'receipt.again' : 'receipt.title')}
        </h1>
        <dl className={css.keep}>
          <dt>{t('receipt.number')}</dt>
          <dd>{receipt.number}</dd>
          <dt>{t('receipt.code')}</dt>
          <dd>{receipt.code}</dd>
        </dl>
        <p>
          <strong>{t('receipt.keep')}</strong>
        </p>
        <PhotoProgress receipt={receipt} photos={photos} />
        <h2>{t('receipt.next')}</h2>
        <ol>
          <li>{t('receipt.step1', { date: receipt.informBy })}</li>
          <li>{t('receipt.step2')}</li>
          <li>{t('receipt.step3')}</li>
        </ol>
        <div className={css.buttons}>
          <button type="button" className={css.button} onClick={() => window.print()}>
            {t('receipt.print')}
          </button>
          <Link to="/report/status">{t('status.title')}</Link>
          <button type="button" className={css.button} onClick={onAgain}>
            {t('receipt.another')}
          </button>
        </div>
      </section>
      <LimitsPart />
    </>
  )
}

type PhotoState = 'waiting' | 'sent' | 'failed'

function PhotoProgress({ receipt, photos }: Pick<Props, 'receipt' | 'photos'>) {
  const { t } = useTranslation('public')
  const [states, setStates] = useState<readonly PhotoState[]>(photos.map(() => 'waiting'))
  const started = useRef(false)
  const send = useCallback(
    async (indexes: readonly number[]) => {
      const mark = (index: number, state: PhotoState) =>
        setStates((now) => now.map((one, at) => (at === index ? state : one)))
      // One after the other: phones on a weak signal lose several at once.
      for (const index of indexes) {
        const file = photos[index]
        if (file === undefined) continue
        mark(index, 'waiting')
        try {
          await sendPhoto(receipt, file)
          mark(index, 'sent')
        } catch {
          mark(index, 'failed')
        }
      }
    },
    [photos, receipt],
  )
  useEffect(() => {
    if (started.current) return
    started.current = true
    void send(photos.map((_, index) => index))
  }, [photos, send])
  if (photos.length === 0) return null
  const failed = states.flatMap((state, index) => (state === 'failed' ? [index] : []))
  return (
    <div role="status">
      <h2>{t('photo.title')}</h2>
      <ul>
        {photos.map((file, index) => (
          <li key={`${file.name} ${file.lastModified}`}>
            {file.name}：{t(`photo.${states[index] ?? 'waiting'}`)}
          </li>
        ))}
      </ul>
      {failed.length > 0 && (
        <button type="button" className={css.button} onClick={() => void send(failed)}>
          {t('photo.retry')}
        </button>
      )}
    </div>
  )
}
