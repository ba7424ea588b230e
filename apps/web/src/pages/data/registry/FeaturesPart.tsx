import type { Feature, FeatureImportResult, KindInfo } from '@shanshui/contract'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useFeaturePages, useImportFeatures } from '../../../api/registry.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { FileButton } from '../../../components/FileButton.tsx'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { useSession } from '../../../session/session.tsx'
import { FeatureDrawer } from './FeatureDrawer.tsx'
import { propertyFields, shownValue } from './property-fields.ts'

const params = { find: textParam() }

/** The features of one kind: list, file in, file out, one by one. */
export function FeaturesPart({ kind }: { kind: KindInfo }) {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const [{ find }, change] = useAddress(params)
  const query = useFeaturePages(kind.kind, find)
  const { rows, paging } = pagedRows(query)
  const upload = useImportFeatures(kind.kind)
  const columns = useColumns(kind)
  const [opened, setOpened] = useState<Feature | 'new'>()
  const write = may('registry:write')
  const tools = (
    <>
      <Input.Search
        size="small"
        allowClear
        style={{ width: 180 }}
        aria-label={t('registry.find')}
        placeholder={t('registry.find')}
        defaultValue={find}
        onSearch={(text) => change({ find: text.trim() })}
      />
      {write && (
        <>
          <Button size="small" type="primary" onClick={() => setOpened('new')}>
            {t('registry.create')}
          </Button>
          <FileButton
            label={t('registry.import')}
            hint={t('registry.importHint')}
            accept=".xlsx,.geojson,.json"
            busy={upload.isPending}
            onFile={(file) => upload.mutate(file)}
          />
        </>
      )}
      {write && (
        <Button size="small" href={`/api/v1/registry/kinds/${kind.kind}/template`} download>
          {t('registry.template')}
        </Button>
      )}
      {(['xlsx', 'geojson'] as const).map((format) => (
        <Button
          key={format}
          size="small"
          href={`/api/v1/registry/kinds/${kind.kind}/export/${format}`}
          download
        >
          {t('registry.export')} {format.toUpperCase()}
        </Button>
      ))}
    </>
  )
  return (
    <Panel>
      {upload.data !== undefined && <ImportOutcome outcome={upload.data} />}
      {upload.isError && <ErrorPanel error={upload.error} what={t('registry.import')} />}
      <Async query={query} what={t('registry.title')}>
        {() => (
          <DataTable
            id="features"
            caption={t('registry.title')}
            columns={columns}
            rows={rows}
            paging={paging}
            rowKey={(row) => row.id}
            tools={tools}
            empty={<Empty title={t('registry.none')} hint={t('registry.noneHint')} />}
            {...(write ? { onRow: setOpened } : {})}
          />
        )}
      </Async>
      {opened !== undefined && (
        <FeatureDrawer
          kind={kind}
          feature={opened === 'new' ? undefined : opened}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Panel>
  )
}

function ImportOutcome({ outcome }: { outcome: FeatureImportResult }) {
  const { t } = useTranslation('data')
  const { created, updated, unchanged, errors } = outcome
  return (
    <div role="status">
      <p className={errors.length > 0 ? 'worse' : 'better'}>
        {t('registry.imported', { created, updated, unchanged, errors: errors.length })}
      </p>
      <ul>
        {errors.slice(0, 100).map((error) => (
          <li key={`${error.line} ${error.column} ${error.reason}`}>
            {t('registry.line')} {error.line} {error.column ?? ''} {error.value ?? ''}: {error.reason}
          </li>
        ))}
      </ul>
    </div>
  )
}

function useColumns(kind: KindInfo): readonly Column<Feature>[] {
  const { t, i18n } = useTranslation('data')
  return useMemo(
    () => [
      { key: 'name', title: t('registry.name'), value: (row) => row.name },
      { key: 'code', title: t('registry.code'), value: (row) => row.code, oneLine: true },
      {
        key: 'region',
        title: t('registry.region'),
        value: (row) => row.regionName ?? String(row.regionCode),
        choices: true,
      },
      ...propertyFields(kind.schema, i18n.language).map(
        (field): Column<Feature> => ({
          key: field.name,
          title: field.title,
          value: (row) =>
            shownValue(field, row.properties[field.name], { yes: t('registry.yes'), no: t('registry.no') }),
          // what every feature of the kind has is shown; the rest waits in the choice of columns
          hidden: !field.required && field.kind === 'text',
        }),
      ),
      { key: 'lon', title: t('registry.lon'), unit: '°', value: (row) => row.lon, decimals: 4 },
      { key: 'lat', title: t('registry.lat'), unit: '°', value: (row) => row.lat, decimals: 4 },
      { key: 'owner', title: t('registry.owner'), value: (row) => row.ownerName, hidden: true },
    ],
    [t, i18n.language, kind.schema],
  )
}
