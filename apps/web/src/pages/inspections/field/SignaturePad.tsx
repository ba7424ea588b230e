import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './field.module.css'

/** Drawing units of the pad: the picture is the same on every screen, about 30 kB. */
const WIDTH = 720
const HEIGHT = 280
const PEN = 5

interface Props {
  readonly label: string
  /** PNG, base64 without the head of a data address. */
  readonly onDone: (png: string) => void
}

/** Signing with finger or pen. */
export function SignaturePad({ label, onDone }: Props) {
  const { t } = useTranslation('field')
  const canvas = useRef<HTMLCanvasElement>(null)
  const [strokes, setStrokes] = useState(0)
  useEffect(() => clear(canvas.current), [])

  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const pen = penOf(event.currentTarget)
    pen?.beginPath()
    pen?.moveTo(...pointOf(event))
    pen?.lineTo(...pointOf(event))
    pen?.stroke()
    setStrokes((count) => count + 1)
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const pen = penOf(event.currentTarget)
    pen?.lineTo(...pointOf(event))
    pen?.stroke()
  }
  return (
    <div className={css.pad}>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={label}
        onPointerDown={begin}
        onPointerMove={draw}
      />
      <div className={css.row}>
        <button
          type="button"
          className={css.button}
          disabled={strokes === 0}
          onClick={() => {
            clear(canvas.current)
            setStrokes(0)
          }}
        >
          {t('sign.again')}
        </button>
        <button
          type="button"
          className={css.primary}
          disabled={strokes === 0}
          onClick={() => {
            const png = canvas.current?.toDataURL('image/png').split(',')[1]
            if (png !== undefined) onDone(png)
          }}
        >
          {t('sign.keep')}
        </button>
      </div>
    </div>
  )
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.lineWidth = PEN
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.strokeStyle = '#000'
  return pen
}

function clear(canvas: HTMLCanvasElement | null): void {
  const pen = canvas?.getContext('2d')
  if (canvas === null || pen == null) return
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
}

function pointOf(event: PointerEvent<HTMLCanvasElement>): [number, number] {
  const box = event.currentTarget.getBoundingClientRect()
  return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT]
}
