import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../../api/client.ts'
import { useImportComplaints } from '../../../../api/complaints.ts'
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx'
import { FileButton } from '../../../../components/FileButton.tsx'
import { ScrollRegion } from '../../../../components/ScrollRegion.tsx'

/** Tickets of the hotline by file; what could not be taken is named by line. */
export function ImportPart({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('complaints')
  const load = useImportComplaints()
  const { data } = load
  return (
    <Modal open title={t('import.title')} footer={null} width={640} onCancel={onClose}>
      <p>{t('import.hint')}</p>
      <p>
        <FileButton
          label={t('import.choose')}
          accept=".xlsx,.csv"
          busy={load.isPending}
          primary
          onFile={(file) => load.mutate(file)}
        />{' '}
        <a href={urlOf('/complaints/template')} download>
          {t('import.template')}
        </a>
      </p>
      {load.error !== null && <ErrorPanel error={load.error} what={t('import.title')} />}
      {data !== undefined && (
        <section aria-live="polite">
          <p>
            <strong>
              {t('import.result', {
                created: data.created,
                unchanged: data.unchanged,
                errors: data.errors.length,
              })}
            </strong>{' '}
            <span className="muted">{data.encoding}</span>
          </p>
          {data.errors.length > 0 && (
            <ScrollRegion style={{ maxHeight: 320 }} label={t('import.errors')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('import.line')}</th>
                    <th scope="col">{t('import.column')}</th>
                    <th scope="col">{t('import.value')}</th>
                    <th scope="col">{t('import.reason')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.errors.map((one) => (
                    <tr key={`${one.line} ${one.column} ${one.reason}`}>
                      <td>{one.line}</td>
                      <td>{one.column}</td>
                      <td>{one.value}</td>
                      <td>{one.reason}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
          )}
        </section>
      )}
    </Modal>
  )
}
