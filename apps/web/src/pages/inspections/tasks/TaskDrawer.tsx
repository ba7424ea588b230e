import { fieldConclusionTitles, type InspectionTaskDetail } from '@shanshui/contract'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { urlOf } from '../../../api/client.ts'
import { useInspectionTask } from '../../../api/inspections.ts'
import { Async } from '../../../components/states.tsx'
import { fullTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from '../draws/draws.module.css'
import { valueText } from '../field/valueText.ts'

const WIDTH = 720

/** One visit: why, what was written on site, what it waits for, and the record as a page for printing. */
export function TaskDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('inspections')
  const query = useInspectionTask(id)
  return (
    <Drawer open size={WIDTH} title={query.data?.number ?? t('task.title')} onClose={onClose}>
      <Async query={query} what={t('task.title')} rows={10}>
        {(task) => <Body task={task} />}
      </Async>
    </Drawer>
  )
}

function Body({ task }: { task: InspectionTaskDetail }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  return (
    <div className={css.form}>
      <h2>{task.enterprise?.name ?? task.title}</h2>
      <p>
        {task.date} · {task.stateTitle} · {task.officers.map(({ name }) => name).join('、')}
        {task.conclusion !== null && ` · ${official(fieldConclusionTitles[task.conclusion])}`}
      </p>
      <p>
        <Link to={`/matters/${task.matterId}`}>{t('task.matter')}</Link>{' '}
        <a href={urlOf(`/inspections/tasks/${task.id}/record.html`)} target="_blank" rel="noreferrer">
          {t('task.record')}
        </a>{' '}
        {task.enterprise !== null && (
          <Link to={`/inspections/off-site/${task.enterprise.id}`}>{t('offSite.title')}</Link>
        )}
      </p>
      <ul>
        {[...task.why, ...task.what].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {task.waitsFor.length > 0 && (
        <section>
          <h3>{t('task.waitsFor')}</h3>
          <ul>
            {task.waitsFor.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      {task.problemsFound.length > 0 && (
        <section>
          <h3>{t('task.problems')}</h3>
          <ul>
            {task.problemsFound.map((problem) => (
              <li key={problem.id}>
                <Link to={`/matters/problems/${problem.id}`}>
                  {problem.number} {problem.title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('task.items', { count: task.items.length })}</h3>
        <dl className={css.facts}>
          {task.items.map((item) => (
            <div key={item.key}>
              <dt>{item.title}</dt>
              <dd>
                {valueText(item.value, official)}{' '}
                <span className="muted">
                  {item.by} {fullTime(item.at)}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {task.devices.length > 0 && (
        <p className="muted">
          {task.devices
            .map((device) =>
              t('task.device', {
                operations: device.operations,
                drift: device.driftSeconds,
                at: fullTime(device.lastSyncAt),
              }),
            )
            .join('；')}
        </p>
      )}
    </div>
  )
}
