import type { MergePreview, MergeProposal } from '@shanshui/contract'
import { Button, Drawer, Input, Radio } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMerge, useMergePreview } from '../../../api/enterprises.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import css from './mergers.module.css'

/** What a merger will move, which of two outlets with one number goes on, and why it is done. */
export function MergeDrawer({ proposal, onClose }: { proposal: MergeProposal; onClose: () => void }) {
  const { t } = useTranslation('enterprises')
  const [swapped, setSwapped] = useState(false)
  const [keep, drop] = swapped ? [proposal.drop, proposal.keep] : [proposal.keep, proposal.drop]
  const preview = useMergePreview(keep.id, drop.id)
  return (
    <Drawer open size="large" title={t('merge.mergeTitle')} onClose={onClose}>
      <div className={css.direction}>
        <p>{t('merge.sentence', { drop: `${drop.name} ${drop.code}`, keep: `${keep.name} ${keep.code}` })}</p>
        <Button size="small" onClick={() => setSwapped(!swapped)}>
          {t('merge.swap')}
        </Button>
      </div>
      <Async query={preview} what={t('merge.mergeTitle')}>
        {(data) => <Decision key={keep.id} preview={data} onDone={onClose} />}
      </Async>
    </Drawer>
  )
}

function Decision({ preview, onDone }: { preview: MergePreview; onDone: () => void }) {
  const { t } = useTranslation('enterprises')
  const merge = useMerge()
  const [reason, setReason] = useState('')
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({})
  const id = useId()
  const { keep, drop, moves, twins, organizationMoves } = preview
  const submit = (): void =>
    merge.mutate(
      {
        keepId: keep.id,
        dropId: drop.id,
        reason: reason.trim(),
        versions: { keep: keep.version, drop: drop.version },
        twins: twins.map((twin) => ({ number: twin.number, keep: chosen[twin.number] ?? twin.keep })),
      },
      { onSuccess: onDone },
    )
  return (
    <>
      {twins.length > 0 && (
        <section className={css.part}>
          <h3>{t('merge.twins')}</h3>
          <p className="muted">{t('merge.twinsHint')}</p>
          {twins.map((twin) => (
            <div key={twin.number} className={css.twin}>
              <span>{twin.number}</span>
              <Radio.Group
                aria-label={t('merge.twin', { number: twin.number })}
                value={chosen[twin.number] ?? twin.keep}
                options={[twin.keep, twin.drop].map((outlet) => ({
                  value: outlet,
                  label: t('merge.outlet', { id: outlet }),
                }))}
                onChange={(event) => setChosen({ ...chosen, [twin.number]: event.target.value as number })}
              />
            </div>
          ))}
        </section>
      )}
      <section className={css.part}>
        <h3>{t('merge.moves', { count: moves.length })}</h3>
        <ul className={css.moves}>
          {moves.map((move) => (
            <li key={move.id}>
              {move.kindTitle} {move.name} <span className="mono">{move.code}</span>
              {move.newCode !== move.code && (
                <>
                  {' → '}
                  <span className="mono">{move.newCode}</span>
                </>
              )}
            </li>
          ))}
        </ul>
        {organizationMoves && <p className="muted">{t('merge.organization')}</p>}
      </section>
      <label htmlFor={id}>{t('merge.reason')} *</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={css.direction}>
        <Button type="primary" disabled={reason.trim() === ''} loading={merge.isPending} onClick={submit}>
          {t('merge.merge')}
        </Button>
        <span className="muted">{t('merge.undoable')}</span>
      </div>
      {merge.isError && <ErrorPanel error={merge.error} what={t('merge.merge')} />}
    </>
  )
}
