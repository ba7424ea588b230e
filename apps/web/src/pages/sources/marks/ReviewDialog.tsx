import type { SourceMark } from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeMark } from '../../../api/sources.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { fullTime } from '../../../format/time.ts'
import { factorInfo } from '../parts/factor.ts'
import { outletName } from '../parts/names.ts'
import css from './marks.module.css'
import { periodText } from './periodText.ts'

/** One mark before the bureau: what was filed, when, and a decision with its reason. */
export function ReviewDialog({ mark, onClose }: { mark: SourceMark; onClose: () => void }) {
  const { t } = useTranslation('monitoring')
  const [reason, setReason] = useState('')
  const decide = useChangeMark()
  const ready = reason.trim().length >= 2
  const send = (decision: 'accept' | 'reject'): void =>
    decide.mutate({ review: mark.id, decision, reason: reason.trim() }, { onSuccess: onClose })
  const facts = [
    [t('plant'), mark.enterprise.name],
    [t('outlet.title'), outletName(mark.outletName, mark.enterprise.name)],
    [t('marks.period'), periodText(mark.from, mark.to, true)],
    [t('outlet.factor'), mark.factor === null ? t('marks.allFactors') : factorInfo(mark.factor).name],
    [t('marks.item'), mark.itemName],
    [t('reason'), mark.reason],
    [t('marks.filed'), `${fullTime(mark.filedAt)} ${mark.filedBy}`],
  ] as const
  return (
    <Modal open title={t('marks.reviewTitle')} footer={null} onCancel={onClose}>
      {(mark.late || mark.afterExceedance) && (
        <p className={css.consequence}>
          {[mark.late ? t('marks.lateShort') : '', mark.afterExceedance ? t('marks.afterExceedance') : '']
            .filter((text) => text !== '')
            .join('，')}
        </p>
      )}
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <Input.TextArea
        rows={2}
        aria-label={t('marks.opinion')}
        placeholder={t('marks.needOpinion')}
        value={reason}
        maxLength={400}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={css.decide}>
        <Button type="primary" disabled={!ready} loading={decide.isPending} onClick={() => send('accept')}>
          {t('marks.accept')}
        </Button>
        <Button disabled={!ready} loading={decide.isPending} onClick={() => send('reject')}>
          {t('marks.reject')}
        </Button>
      </div>
      {decide.error !== null && <ErrorPanel error={decide.error} what={t('marks.reviewTitle')} />}
    </Modal>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
