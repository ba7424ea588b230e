import { type PoolKind, poolKinds, poolKindTitles } from '@shanshui/contract'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMakeDraw } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './draws.module.css'

interface Props {
  readonly regionCode: number
  readonly onClose: () => void
  readonly onDone: (drawId: number) => void
}

/** The number that nobody could choose is typed with where it was read; the draw follows from it. */
export function DrawForm({ regionCode, onClose, onDone }: Props) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const [kind, setKind] = useState<PoolKind>('key')
  const [randomness, setRandomness] = useState('')
  const make = useMakeDraw()
  return (
    <Modal
      open
      title={t('draw.make')}
      okText={t('draw.do')}
      cancelText={t('change.cancel')}
      okButtonProps={{ disabled: randomness.trim().length < 4, loading: make.isPending }}
      onCancel={onClose}
      onOk={() =>
        make.mutate(
          { regionCode, kind, publicRandomness: randomness.trim() },
          { onSuccess: (draw) => onDone(draw.id) },
        )
      }
    >
      <div className={css.form}>
        <label>
          {t('pool.kind')}{' '}
          <select
            value={kind}
            onChange={(event) => setKind(poolKinds.find((one) => one === event.target.value) ?? 'key')}
          >
            {poolKinds.map((one) => (
              <option key={one} value={one}>
                {official(poolKindTitles[one])}
              </option>
            ))}
          </select>
        </label>
        <Input
          aria-label={t('draw.randomness')}
          placeholder={t('draw.randomnessHint')}
          maxLength={200}
          value={randomness}
          onChange={(event) => setRandomness(event.target.value)}
        />
        <p className="muted">{t('draw.randomnessWhy')}</p>
        {make.error !== null && <ErrorPanel error={make.error} what={t('draw.make')} />}
      </div>
    </Modal>
  )
}
