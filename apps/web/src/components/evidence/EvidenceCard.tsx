import {
  type EvidenceItem,
  evidenceFindings,
  evidenceKindTitles,
  evidenceOriginTitles,
  evidenceScanTitles,
  evidenceVerdictTitles,
} from '@shanshui/contract'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  contentUrl,
  type EvidenceSubject,
  thumbnailUrl,
  useVerifyEvidence,
  useWithdrawEvidence,
} from '../../api/evidence.ts'
import { fullTime } from '../../format/time.ts'
import { useOfficial } from '../../i18n/useOfficial.ts'
import { copyText } from '../copyText.ts'
import { ErrorPanel } from '../ErrorPanel.tsx'
import css from './evidence.module.css'
import { megabytes } from './megabytes.ts'

interface Props {
  readonly item: EvidenceItem
  readonly subject: EvidenceSubject
}

/** One file: what it shows, when and where, what the platform makes of that, its hash. */
export function EvidenceCard({ item, subject }: Props) {
  const { t } = useTranslation('evidence')
  const official = useOfficial()
  return (
    <article className={`${css.card} ${item.withdrawn === null ? '' : css.withdrawn}`}>
      <Preview item={item} />
      <div className={css.body}>
        <p className={css.title}>{item.title}</p>
        <p className="muted">
          {official(evidenceKindTitles[item.kind])} · {megabytes(item.bytes)} · {item.organization.name}{' '}
          {item.byUser.name} · {t('card.uploaded', { at: fullTime(item.uploadedAt) })}
        </p>
        <Verdict item={item} />
        {item.internal && <p className={css.tag}>{t('card.internal')}</p>}
        {item.withdrawn !== null && (
          <p className="worse">
            {t('card.withdrawn', {
              at: fullTime(item.withdrawn.at),
              by: item.withdrawn.by.name,
              reason: item.withdrawn.reason,
            })}
          </p>
        )}
        <Hash item={item} />
        <Actions item={item} subject={subject} />
      </div>
    </article>
  )
}

function Preview({ item }: { item: EvidenceItem }) {
  const { t } = useTranslation('evidence')
  if (!item.viewable) return <div className={css.preview}>{t('card.notViewable')}</div>
  if (item.kind === 'video' || item.kind === 'audio') {
    const Player = item.kind
    return (
      <div className={css.preview}>
        <Player controls preload="metadata" src={contentUrl(item.id)} aria-label={item.title} />
      </div>
    )
  }
  const shown = item.mediaType.startsWith('image/')
  return (
    <a className={css.preview} href={contentUrl(item.id, !shown)} target="_blank" rel="noreferrer">
      <span className="visually-hidden">{t('card.open', { title: item.title })}</span>
      {item.thumbnail ? (
        <img src={thumbnailUrl(item.id)} alt="" loading="lazy" decoding="async" />
      ) : (
        <span aria-hidden="true">{item.fileName.split('.').at(-1)?.toUpperCase()}</span>
      )}
    </a>
  )
}

/** The badge in words; what it rests on below. Papers have none: they are not taken at a place. */
function Verdict({ item }: { item: EvidenceItem }) {
  const { t } = useTranslation('evidence')
  const official = useOfficial()
  const captured = item.kind === 'photo' || item.kind === 'video' || item.kind === 'audio'
  const look = { fits: css.fits, differs: css.differs, unknown: css.unknown }[item.verdict]
  return (
    <div className={css.verdict}>
      {captured && (
        <span className={`${css.badge} ${look}`}>{official(evidenceVerdictTitles[item.verdict])}</span>
      )}
      {item.scan !== 'clean' && (
        <span className={`${css.badge} ${item.scan === 'infected' ? css.differs : css.unknown}`}>
          {official(evidenceScanTitles[item.scan])}
        </span>
      )}
      {captured && item.takenAt !== null && item.takenFrom !== null && (
        <span>
          {t('card.taken', { at: fullTime(item.takenAt) })}（{official(evidenceOriginTitles[item.takenFrom])}
          ）
        </span>
      )}
      {captured && item.placeFrom !== null && item.distanceM !== null && (
        <span>
          {t('card.distance', { metres: item.distanceM })}（{official(evidenceOriginTitles[item.placeFrom])}）
        </span>
      )}
      {item.findings.length > 0 && (
        <ul className={css.findings}>
          {item.findings.map(({ code, detail }) => (
            <li key={code} className={evidenceFindings[code].against ? 'worse' : 'muted'}>
              {official(evidenceFindings[code])}：{detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Hash({ item }: { item: EvidenceItem }) {
  const { t } = useTranslation('evidence')
  return (
    <p className={css.hash}>
      <span className="muted">SHA-256</span>{' '}
      <button type="button" title={t('card.copyHash')} onClick={() => void copyText(item.sha256)}>
        <span className="mono">{item.sha256.slice(0, 16)}…</span>
        <span className="visually-hidden">{t('card.copyHash')}</span>
      </button>
    </p>
  )
}

function Actions({ item, subject }: Props) {
  const { t } = useTranslation('evidence')
  const [asking, setAsking] = useState(false)
  const verify = useVerifyEvidence()
  return (
    <div className={css.actions}>
      {item.viewable && (
        <a href={contentUrl(item.id, true)} download={item.fileName}>
          {t('card.download')}
        </a>
      )}
      <Button size="small" type="link" loading={verify.isPending} onClick={() => verify.mutate(item.id)}>
        {t('card.verify')}
      </Button>
      {item.mayWithdraw && (
        <Button size="small" type="link" danger onClick={() => setAsking(true)}>
          {t('card.withdraw')}
        </Button>
      )}
      {verify.data !== undefined && (
        <span role="status" className={verify.data.ok ? 'better' : 'worse'}>
          {verify.data.ok
            ? t('verify.ok', { seq: verify.data.auditSeq })
            : t(verify.data.computed === null ? 'verify.missing' : 'verify.changed')}
        </span>
      )}
      {verify.error !== null && <ErrorPanel error={verify.error} what={t('card.verify')} />}
      {asking && <WithdrawDialog item={item} subject={subject} onClose={() => setAsking(false)} />}
    </div>
  )
}

function WithdrawDialog({ item, subject, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation('evidence')
  const [reason, setReason] = useState('')
  const withdraw = useWithdrawEvidence(subject)
  return (
    <Modal
      open
      title={t('withdraw.title')}
      okText={t('withdraw.confirm')}
      cancelText={t('withdraw.cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2, loading: withdraw.isPending }}
      onOk={() => withdraw.mutate({ id: item.id, reason: reason.trim() }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{t('withdraw.hint', { title: item.title })}</p>
      <Input.TextArea
        autoFocus
        aria-label={t('withdraw.reason')}
        placeholder={t('withdraw.reason')}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {withdraw.error !== null && <ErrorPanel error={withdraw.error} what={t('withdraw.title')} />}
    </Modal>
  )
}
