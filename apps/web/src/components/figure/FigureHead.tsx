import type { FigureDetail } from '@shanshui/contract'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { fullTime } from '../../format/time.ts'
import { copyText } from '../copyText.ts'
import { ErrorPanel } from '../ErrorPanel.tsx'
import css from './figure.module.css'
import { StateDot } from './StateDot.tsx'
import { useRecompute } from './useFigure.ts'

/** The sentence, the number, its state, and the citation to copy. */
export function FigureHead({ figure }: { figure: FigureDetail }) {
  const { t } = useTranslation('figure')
  const { message } = App.useApp()
  const recompute = useRecompute(figure.id)
  const copy = async (): Promise<void> => {
    await copyText(figure.citation)
    void message.success(t('copied'))
  }
  return (
    <div className={css.headPart}>
      <p className={css.sentence}>{figure.title}</p>
      <p className={css.headNumber}>
        <strong>{figure.text.replace(/^-/, '−')}</strong> <span>{figure.unit}</span>
      </p>
      {figure.note !== null && <p className={css.note}>{figure.note}</p>}
      <p className={css.headLine}>
        <StateDot state={figure.state} words />
        <span className="muted">{t('computedAt', { time: fullTime(figure.computedAt) })}</span>
        <span className={css.headActions}>
          {figure.state === 'stale' && (
            <Button size="small" loading={recompute.isPending} onClick={() => recompute.mutate()}>
              {t('recompute')}
            </Button>
          )}
          <Button size="small" onClick={() => void copy()}>
            {t('copyCitation')}
          </Button>
        </span>
      </p>
      {recompute.error !== null && <ErrorPanel error={recompute.error} what={t('recompute')} />}
      {figure.usedInReports.map((use) => (
        <blockquote key={use.reportId} className={css.quote}>
          {use.sentence}
          <cite>{use.title}</cite>
        </blockquote>
      ))}
    </div>
  )
}
