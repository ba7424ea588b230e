import { type DrawDetail, drawStateTitles, poolKindTitles } from '@shanshui/contract'
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDraw, useDrawStep, useReplay } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { fullTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import css from './draws.module.css'

const WIDTH = 760

/** One draw: what it was made from, in which order, who goes; and whether the server gets the same again. */
export function DrawDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('inspections')
  const query = useDraw(id)
  return (
    <Drawer open size={WIDTH} title={query.data?.number ?? t('draw.one')} onClose={onClose}>
      <Async query={query} what={t('draw.one')} rows={10}>
        {(draw) => <Body draw={draw} />}
      </Async>
    </Drawer>
  )
}

function Body({ draw }: { draw: DrawDetail }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const { may } = useSession()
  const facts: [string, string][] = [
    [t('pool.kind'), official(poolKindTitles[draw.kind])],
    [t('draw.state'), official(drawStateTitles[draw.state])],
    [t('draw.quarter'), draw.quarter],
    [t('draw.count'), t('draw.of', { chosen: draw.chosen.length, pool: draw.poolSize })],
    [t('draw.at'), `${fullTime(draw.drawnAt)} ${draw.drawnBy}`],
    [t('draw.randomness'), draw.publicRandomness],
    [t('draw.algorithm'), draw.algorithm],
    [t('draw.unitHash'), draw.unitPoolHash],
    [t('draw.officerHash'), draw.officerPoolHash],
    [t('draw.unitSeed'), draw.unitSeed],
    [t('draw.officerSeed'), draw.officerSeed],
  ]
  return (
    <div className={css.form}>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {draw.repeated && <p>{t('draw.repeated')}</p>}
      <Replay draw={draw} />
      {may('inspection:draw') && <Steps draw={draw} />}
      <Chosen draw={draw} />
      {draw.reserve.length > 0 && (
        <p>
          {t('draw.reserve')}
          {draw.reserve.map(({ name }) => name).join('、')}
        </p>
      )}
      {draw.unassigned.length > 0 && (
        <p className="worse">
          {t('draw.unassigned')}
          {draw.unassigned.map(({ name }) => name).join('、')}
        </p>
      )}
      <details>
        <summary>{t('draw.order', { count: draw.order.length })}</summary>
        <ol>
          {draw.order.map((unit) => (
            <li key={unit}>{draw.pool.find(({ id }) => id === unit)?.title ?? unit}</li>
          ))}
        </ol>
      </details>
    </div>
  )
}

function Replay({ draw }: { draw: DrawDetail }) {
  const { t } = useTranslation('inspections')
  const replay = useReplay(draw.id)
  return (
    <div role="status">
      <Button size="small" loading={replay.isPending} onClick={() => replay.mutate()}>
        {t('draw.replay')}
      </Button>{' '}
      {replay.data?.equal === true && <strong className="better">{t('draw.equal')}</strong>}
      {replay.data?.equal === false && (
        <>
          <strong className="worse">{t('draw.differs')}</strong>
          <ul>
            {replay.data.differences.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {replay.error !== null && <ErrorPanel error={replay.error} what={t('draw.replay')} />}
    </div>
  )
}

/** Frozen: nobody changes it any more; published: everybody can read and repeat it. */
function Steps({ draw }: { draw: DrawDetail }) {
  const { t } = useTranslation('inspections')
  const take = useDrawStep(draw.id)
  if (draw.state === 'published') return null
  const step = draw.state === 'drawn' ? 'freeze' : 'publish'
  return (
    <>
      <p className="muted">{t(`draw.will.${step}`)}</p>
      <div>
        <Button
          type="primary"
          size="small"
          loading={take.isPending}
          onClick={() => take.mutate({ step, version: draw.version })}
        >
          {t(`draw.step.${step}`)}
        </Button>
      </div>
      {take.error !== null && <ErrorPanel error={take.error} what={t(`draw.step.${step}`)} />}
    </>
  )
}

function Chosen({ draw }: { draw: DrawDetail }) {
  const { t } = useTranslation('inspections')
  type Row = DrawDetail['chosen'][number]
  const columns: Column<Row>[] = [
    { key: 'unit', title: t('unit.name'), value: (row) => row.enterprise.name },
    {
      key: 'officers',
      title: t('draw.officers'),
      value: (row) => row.officers.map(({ name }) => name).join('、'),
    },
    { key: 'reserve', title: t('draw.reserveOfficer'), value: (row) => row.reserveOfficer?.name ?? null },
    { key: 'visited', title: t('draw.visited'), value: (row) => row.visitedOn, oneLine: true },
  ]
  return (
    <DataTable
      id="chosen"
      caption={t('draw.result')}
      columns={columns}
      rows={draw.chosen}
      rowKey={(row) => row.enterprise.id}
      exportName={draw.number}
    />
  )
}
