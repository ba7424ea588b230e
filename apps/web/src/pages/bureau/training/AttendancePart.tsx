import type { AttendanceImport, Attendee } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useImportAttendance } from '../../../api/bureau.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { FileButton } from '../../../components/FileButton.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { NO_VALUE } from '../../../format/number.ts'
import { useSession } from '../../../session/session.tsx'
import css from '../work.module.css'

/** Who came, and the list of signatures read from a file. */
export function AttendancePart({ id, attendance }: { id: number; attendance: readonly Attendee[] }) {
  const { t } = useTranslation('bureau')
  const { may } = useSession()
  const columns = useMemo<readonly Column<Attendee>[]>(
    () => [
      { key: 'organization', title: t('attendance.organization'), value: (row) => row.organization },
      { key: 'name', title: t('attendance.name'), oneLine: true, value: (row) => row.name },
      {
        key: 'signedIn',
        title: t('attendance.signedIn'),
        value: (row) => t(row.signedIn === true ? 'attendance.yes' : 'attendance.no'),
      },
      { key: 'score', title: t('attendance.score'), decimals: 1, value: (row) => row.score ?? null },
      {
        key: 'certificate',
        title: t('attendance.certificateUntil'),
        oneLine: true,
        value: (row) => row.certificateUntil ?? null,
      },
    ],
    [t],
  )
  return (
    <>
      {may('training:write') && <ImportPart id={id} />}
      {attendance.length === 0 ? (
        <p className="muted">{t('attendance.none')}</p>
      ) : (
        <DataTable
          id="at"
          caption={t('attendance.caption')}
          columns={columns}
          rows={attendance}
          rowKey={(row) => `${row.userId ?? ''} ${row.organization} ${row.name}`}
          maxHeight={360}
          compact
        />
      )}
    </>
  )
}

function ImportPart({ id }: { id: number }) {
  const { t } = useTranslation('bureau')
  const upload = useImportAttendance(id)
  return (
    <>
      <div className={css.row}>
        <FileButton
          label={t('attendance.import')}
          accept=".xlsx,.csv"
          busy={upload.isPending}
          onFile={(file) => upload.mutate(file)}
        />
        <span className="muted">{t('attendance.importHint')}</span>
      </div>
      {upload.isError && <ErrorPanel error={upload.error} what={t('attendance.import')} />}
      {upload.data !== undefined && <ImportResult result={upload.data} />}
    </>
  )
}

function ImportResult({ result }: { result: AttendanceImport }) {
  const { t } = useTranslation('bureau')
  return (
    <>
      <p role="status">
        {t('attendance.result', {
          added: result.added,
          unchanged: result.unchanged,
          errors: result.errors.length,
        })}
      </p>
      {result.errors.length > 0 && (
        <table>
          <caption>{t('attendance.errors')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('attendance.line')}</th>
              <th scope="col">{t('attendance.column')}</th>
              <th scope="col">{t('attendance.value')}</th>
              <th scope="col">{t('attendance.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {result.errors.map((one) => (
              <tr key={`${one.line} ${one.column}`}>
                <td>{one.line}</td>
                <td>{one.column ?? NO_VALUE}</td>
                <td>{one.value === null || one.value === '' ? NO_VALUE : one.value}</td>
                <td>{one.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
