import type { MarkingDay, MarkingStretch, SourceMark } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Panel } from '../../../components/Page.tsx'
import { formatNumber } from '../../../format/number.ts'
import { toMs } from '../../../format/time.ts'
import { factorInfo, MULTIPLE_DECIMALS } from '../parts/factor.ts'
import { outletName } from '../parts/names.ts'
import { StateTag } from '../parts/StateTag.tsx'
import type { MarkDraft } from './MarkDialog.tsx'
import css from './marks.module.css'
import { periodText } from './periodText.ts'

type Outlet = MarkingDay['outlets'][number]

interface Props {
  readonly outlet: Outlet
  readonly onMark?: (draft: MarkDraft) => void
  readonly onWithdraw?: (mark: SourceMark) => void
}

/** One outlet's day: stretches that ask for a mark, with what the device says and what a person says beside each other. */
export function OutletDay({ outlet, onMark, onWithdraw }: Props) {
  const { t } = useTranslation('monitoring')
  const lines = linesOf(outlet)
  return (
    <Panel
      title={
        <>
          <Link to={`/sources/outlets/${outlet.id}`}>
            <span className="mono">{outlet.number}</span> {outletName(outlet.name, outlet.enterprise.name)}
          </Link>{' '}
          <span className="muted">{outlet.enterprise.name}</span>
        </>
      }
      tools={
        outlet.pending > 0 ? (
          <StateTag tone="warn" text={t('marks.pending', { count: outlet.pending })} />
        ) : (
          <StateTag tone="good" text={t('marks.done')} />
        )
      }
    >
      {lines.length === 0 ? (
        <p className="muted">{t('marks.quiet')}</p>
      ) : (
        <table className={css.lines}>
          <caption className="visually-hidden">{t('marks.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('marks.period')}</th>
              <th scope="col">{t('marks.why')}</th>
              <th scope="col">{t('origin.auto')}</th>
              <th scope="col">{t('origin.manual')}</th>
              {onMark !== undefined && (
                <th scope="col">
                  <span className="visually-hidden">{t('marks.action')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.key} line={line} outlet={outlet} onMark={onMark} onWithdraw={onWithdraw} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

interface LineModel {
  readonly key: string
  readonly from: string
  readonly to: string
  readonly factor: string | null
  readonly stretch: MarkingStretch | undefined
  readonly auto: readonly SourceMark[]
  readonly manual: readonly SourceMark[]
}

/** Stretches with the marks that cover them, then marks that no stretch asked for; in the order of time. */
function linesOf(outlet: Outlet): readonly LineModel[] {
  const overlaps = (stretch: MarkingStretch, mark: SourceMark): boolean =>
    (mark.factor === null || stretch.factor === null || mark.factor === stretch.factor) &&
    toMs(mark.from) < toMs(stretch.to) &&
    toMs(mark.to) > toMs(stretch.from)
  const used = new Set<string>()
  const marked = outlet.stretches.map((stretch, index): LineModel => {
    const marks = outlet.marks.filter((mark) => overlaps(stretch, mark))
    for (const mark of marks) used.add(mark.id)
    return {
      key: `s${index}`,
      from: stretch.from,
      to: stretch.to,
      factor: stretch.factor,
      stretch,
      auto: marks.filter(({ origin }) => origin === 'auto'),
      manual: marks.filter(({ origin }) => origin === 'manual'),
    }
  })
  const alone = outlet.marks
    .filter((mark) => !used.has(mark.id))
    .map(
      (mark): LineModel => ({
        key: mark.id,
        from: mark.from,
        to: mark.to,
        factor: mark.factor,
        stretch: undefined,
        auto: mark.origin === 'auto' ? [mark] : [],
        manual: mark.origin === 'manual' ? [mark] : [],
      }),
    )
  return [...marked, ...alone].toSorted((a, b) => toMs(a.from) - toMs(b.from))
}

interface LineProps {
  readonly line: LineModel
  readonly outlet: Outlet
  readonly onMark: Props['onMark']
  readonly onWithdraw: Props['onWithdraw']
}

function Line({ line, outlet, onMark, onWithdraw }: LineProps) {
  const { t } = useTranslation('monitoring')
  const { stretch, factor } = line
  const waits = stretch !== undefined && !stretch.marked
  return (
    <tr className={waits ? css.waits : ''}>
      <td className={css.period}>{periodText(line.from, line.to)}</td>
      <td>
        {stretch === undefined ? (
          <span className="muted">{factor === null ? '–' : factorInfo(factor).name}</span>
        ) : (
          <>
            <span className={stretch.why === 'exceeding' ? 'worse' : ''}>{stretch.text}</span>
            {stretch.maxMultiple !== null && (
              <span className="worse">
                {' '}
                {t('now.multiple', { multiple: formatNumber(stretch.maxMultiple, MULTIPLE_DECIMALS) })}
              </span>
            )}
          </>
        )}
      </td>
      <td data-label={t('origin.auto')}>
        <MarkList marks={line.auto} />
      </td>
      <td data-label={t('origin.manual')}>
        <MarkList marks={line.manual} onWithdraw={onWithdraw} />
      </td>
      {onMark !== undefined && (
        <td className={css.action}>
          {waits && (
            <Button
              size="small"
              onClick={() => onMark({ outletId: outlet.id, factor, from: line.from, to: line.to })}
            >
              {t('marks.mark')}
            </Button>
          )}
        </td>
      )}
    </tr>
  )
}

interface MarkListProps {
  readonly marks: readonly SourceMark[]
  readonly onWithdraw?: Props['onWithdraw']
}

function MarkList({ marks, onWithdraw }: MarkListProps) {
  const { t } = useTranslation('monitoring')
  if (marks.length === 0) return <span className="muted">–</span>
  return (
    <>
      {marks.map((mark) => (
        <span key={mark.id} className={css.mark} title={mark.reason}>
          <b>{mark.itemName}</b>{' '}
          <span className={mark.state === 'rejected' ? 'worse' : 'muted'}>
            {mark.origin === 'manual' ? t(`markState.${mark.state}`) : ''}
            {mark.late ? ` ${t('marks.lateShort')}` : ''}
          </span>
          {onWithdraw !== undefined && mark.state === 'filed' && (
            <button type="button" className={`plain-button ${css.withdraw}`} onClick={() => onWithdraw(mark)}>
              {t('marks.withdraw')}
            </button>
          )}
        </span>
      ))}
    </>
  )
}
