import type { Report, ReportPart, ReportSentence } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useFigureAddress } from '../../../components/figure/useFigureAddress.ts'
import css from './report.module.css'

type Paragraph = Report['paragraphs'][number]

/** The text as it will be printed; every number opens its basis, a sentence with a stale number is marked. */
export function TextPart({ report, withLastYear }: { report: Report; withLastYear: boolean }) {
  return (
    <article className={css.sheet} lang="zh-CN">
      <h2 className={css.documentTitle}>{report.title}</h2>
      {report.paragraphs.map((paragraph) => (
        <ParagraphText key={keyOf(paragraph)} paragraph={paragraph} withLastYear={withLastYear} />
      ))}
    </article>
  )
}

function keyOf(paragraph: Paragraph): string {
  return `${paragraph.heading?.text ?? ''} ${paragraph.sentences.map((sentence) => sentence.key).join(' ')}`
}

function ParagraphText({ paragraph, withLastYear }: { paragraph: Paragraph; withLastYear: boolean }) {
  const { t } = useTranslation('reports')
  const { heading, sentences } = paragraph
  return (
    <>
      {heading !== null && (
        <h3 className={heading.level === 1 ? css.heading1 : css.heading2}>{heading.text}</h3>
      )}
      {sentences.length > 0 && (
        <p className={css.paragraph}>
          {sentences.map((sentence) => (
            <SentenceText key={sentence.key} sentence={sentence} />
          ))}
        </p>
      )}
      {withLastYear && sentences.some((sentence) => sentence.lastYear !== null) && (
        <p className={css.lastYear}>
          <b>{t('report.lastYear')}</b>
          {sentences.map((sentence) => sentence.lastYear ?? '').join('')}
        </p>
      )}
    </>
  )
}

function SentenceText({ sentence }: { sentence: ReportSentence }) {
  const { t } = useTranslation('reports')
  return (
    <span
      className={sentence.stale ? css.staleSentence : undefined}
      title={sentence.stale ? t('report.staleSentence') : undefined}
    >
      {sentence.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other name and no state
        <PartText key={index} part={part} />
      ))}
    </span>
  )
}

function PartText({ part }: { part: ReportPart }) {
  const { t } = useTranslation()
  const { open, figure } = useFigureAddress()
  if (part.type === 'text') return part.text
  return (
    // A link, not a button: it breaks with the line like the text it is, and can be copied.
    <a
      href={`?figure=${part.figureId}`}
      className={`${css.figure} ${css[part.state] ?? ''}`}
      aria-haspopup="dialog"
      aria-expanded={figure === part.figureId}
      title={t(`figure.state.${part.state}`)}
      onClick={(event) => {
        event.preventDefault()
        open(part.figureId)
      }}
    >
      {part.text}
    </a>
  )
}
