import type { Region } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRegions, useSaveRegions } from '../../../api/registry.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { FileButton } from '../../../components/FileButton.tsx'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { useSession } from '../../../session/session.tsx'
import { RegionDrawer } from './RegionDrawer.tsx'
import { regionsOfGeoJson } from './regions-of-geojson.ts'

/** The administrative regions that data scope, maps and statistics go by. */
export function RegionsPart() {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const query = useRegions()
  const save = useSaveRegions()
  const columns = useColumns()
  const [opened, setOpened] = useState<Region | 'new'>()
  const [fault, setFault] = useState<string>()
  const write = may('registry:write')

  async function read(file: File): Promise<void> {
    setFault(undefined)
    try {
      save.mutate(regionsOfGeoJson(JSON.parse(await file.text())))
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <Panel>
      {save.isSuccess && (
        <p role="status" className="better">
          {t('registry.saved', { count: save.data })}
        </p>
      )}
      {fault !== undefined && (
        <p role="alert" className="worse">
          {t('registry.unreadable', { reason: fault })}
        </p>
      )}
      {save.isError && <ErrorPanel error={save.error} what={t('registry.boundaries')} />}
      <Async query={query} what={t('registry.regions')}>
        {(data) => (
          <DataTable
            id="regions"
            caption={t('registry.regions')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.code}
            empty={<Empty title={t('registry.none')} hint={t('registry.boundariesHint')} />}
            tools={
              <>
                {write && (
                  <>
                    <Button size="small" type="primary" onClick={() => setOpened('new')}>
                      {t('registry.newRegion')}
                    </Button>
                    <FileButton
                      label={t('registry.boundaries')}
                      hint={t('registry.boundariesHint')}
                      accept=".geojson,.json"
                      busy={save.isPending}
                      onFile={(file) => void read(file)}
                    />
                  </>
                )}
                <Button size="small" href="/api/v1/regions.geojson" download="regions.geojson">
                  {t('registry.export')} GEOJSON
                </Button>
              </>
            }
            {...(write ? { onRow: setOpened } : {})}
          />
        )}
      </Async>
      {opened !== undefined && (
        <RegionDrawer region={opened === 'new' ? undefined : opened} onClose={() => setOpened(undefined)} />
      )}
    </Panel>
  )
}

function useColumns(): readonly Column<Region>[] {
  const { t } = useTranslation('data')
  return useMemo(
    () => [
      { key: 'code', title: t('registry.regionCode'), value: (row) => String(row.code) },
      { key: 'name', title: t('registry.name'), value: (row) => row.name },
      {
        key: 'level',
        title: t('registry.level'),
        value: (row) => t(`registry.levels.${row.level}`),
        choices: true,
      },
      {
        key: 'parent',
        title: t('registry.parent'),
        value: (row) => (row.parentCode === null ? null : String(row.parentCode)),
      },
      { key: 'lon', title: t('registry.lon'), unit: '°', value: (row) => row.lon, decimals: 4 },
      { key: 'lat', title: t('registry.lat'), unit: '°', value: (row) => row.lat, decimals: 4 },
    ],
    [t],
  )
}
