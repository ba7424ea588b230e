import { Drawer } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { textParam, useAddress } from '../../address/useAddress.ts'
import { Async, Loading } from '../states.tsx'
import { RecordBytes } from './FigureRecordPart.tsx'
import css from './figure.module.css'
import { useFigureRecord } from './useFigure.ts'

const params = { record: textParam('') } as const

/** Opens the raw frame or file line behind a value that is not part of a figure. */
export function useRecordAddress(): [string, (msg: string) => void] {
  const [state, change] = useAddress(params)
  return [state.record, (record) => change({ record }, { replace: record === '' })]
}

export function RecordDrawer() {
  const { t } = useTranslation()
  const [msg, open] = useRecordAddress()
  return (
    <Drawer
      open={msg !== ''}
      size="min(620px, 100vw)"
      title={t('figure.record')}
      onClose={() => open('')}
      destroyOnHidden
    >
      {msg !== '' && (
        <Suspense fallback={<Loading rows={4} />}>
          <Record msg={msg} />
        </Suspense>
      )}
    </Drawer>
  )
}

function Record({ msg }: { msg: string }) {
  const { t } = useTranslation('figure')
  const query = useFigureRecord(msg)
  return (
    <Async query={query} what={t('record')} rows={4}>
      {(record) => (
        <div className={css.record}>
          <RecordBytes record={record} />
        </div>
      )}
    </Async>
  )
}
