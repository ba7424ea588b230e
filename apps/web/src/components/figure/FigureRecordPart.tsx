import type { FigureRecord } from '@shanshui/contract'
import { Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fullTime } from '../../format/time.ts'
import { ScrollRegion } from '../ScrollRegion.tsx'
import { Async } from '../states.tsx'
import css from './figure.module.css'
import { type FileLines, markLines } from './fileLines.ts'
import { useFigureRecord } from './useFigure.ts'
import { useFigureAddress } from './useFigureAddress.ts'

/** The bytes as they were received, as text or hexadecimal. */
export function FigureRecordPart({ msg, lines }: { msg: string; lines?: FileLines | undefined }) {
  const { t } = useTranslation('figure')
  const { openRecord } = useFigureAddress()
  const query = useFigureRecord(msg)
  return (
    <section className={css.record} aria-label={t('record')}>
      <div className={css.recordHead}>
        <h3>{t('record')}</h3>
        <Button size="small" type="text" onClick={() => openRecord('')}>
          {t('closeRecord')}
        </Button>
      </div>
      <Async query={query} what={t('record')} rows={3}>
        {(record) => <RecordBytes record={record} lines={lines} />}
      </Async>
    </section>
  )
}

export function RecordBytes({ record, lines }: { record: FigureRecord; lines?: FileLines | undefined }) {
  const { t } = useTranslation('figure')
  const [hex, setHex] = useState(false)
  return (
    <>
      <p className={css.recordLine}>
        <span>{t(`recordKind.${record.kind}`)}</span>
        <span>{record.source}</span>
        <span>{t('receivedAt', { time: fullTime(record.receivedAt) })}</span>
        <span>{t('bytes', { count: record.bytes })}</span>
        <span className="mono">#{record.msg}</span>
        <Button size="small" aria-pressed={hex} onClick={() => setHex(!hex)}>
          {t(hex ? 'asText' : 'asHex')}
        </Button>
      </p>
      <ScrollRegion className={css.rawBox} label={t(hex ? 'asHex' : 'asText')}>
        {hex ? (
          <pre className={css.raw}>{hexLines(record.hex)}</pre>
        ) : (
          <RecordText text={record.text} lines={lines} />
        )}
      </ScrollRegion>
    </>
  )
}

/** A frame as it came; of a file the lines of the hour stand out, and the first of them is brought into view. */
function RecordText({ text, lines }: { text: string; lines: FileLines | undefined }) {
  const marked = useMemo(() => markLines(text, lines), [text, lines])
  const first = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolled again when other lines are marked
  useEffect(() => {
    const box = first.current?.closest('section')
    if (first.current !== null && box instanceof HTMLElement) box.scrollTop = first.current.offsetTop - 40
  }, [marked])
  if (marked === undefined) return <pre className={css.raw}>{visibleText(text)}</pre>
  const firstMarked = marked.find((line) => line.mark !== undefined)?.number
  return (
    <pre className={css.raw}>
      {marked.map((line) =>
        line.mark === undefined ? (
          `${line.text}\n`
        ) : (
          <mark
            key={line.number}
            ref={line.number === firstMarked ? first : undefined}
            className={line.mark === 'item' ? css.itemLine : css.hourLine}
          >
            {`${line.text}\n`}
          </mark>
        ),
      )}
    </pre>
  )
}

/** Sixteen bytes a line with the offset, as every hex viewer prints them. */
export function hexLines(hex: string): string {
  const bytes = hex.match(/../g) ?? []
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16)
    const text = row.map((byte) => printable(Number.parseInt(byte, 16))).join('')
    lines.push(`${at.toString(16).padStart(6, '0')}  ${row.join(' ').padEnd(47)}  ${text}`)
  }
  return lines.join('\n')
}

function printable(code: number): string {
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.'
}

/** Carriage return and line feed close a frame; shown, because a missing one is a finding. */
export function visibleText(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n\n')
}
