import type { Region } from '@shanshui/contract'
import { Button, Drawer, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSaveRegions } from '../../../api/registry.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import css from './registry.module.css'

const levels: readonly Region['level'][] = ['province', 'city', 'county', 'town', 'park']

/** Registers a region, or renames one; its boundary comes by file. */
export function RegionDrawer({ region, onClose }: { region: Region | undefined; onClose: () => void }) {
  const { t } = useTranslation('data')
  const save = useSaveRegions()
  const [code, setCode] = useState(region === undefined ? '' : String(region.code))
  const [name, setName] = useState(region?.name ?? '')
  const [level, setLevel] = useState<Region['level']>(region?.level ?? 'county')
  const [parent, setParent] = useState(region?.parentCode == null ? '' : String(region.parentCode))
  const ids = { code: useId(), name: useId(), level: useId(), parent: useId() }
  const complete = /^\d{6}$/.test(code) && name.trim() !== '' && /^(\d{6})?$/.test(parent)
  const submit = (): void =>
    save.mutate(
      [{ code: Number(code), name: name.trim(), level, parentCode: parent === '' ? null : Number(parent) }],
      { onSuccess: onClose },
    )
  return (
    <Drawer open title={region?.name ?? t('registry.newRegion')} onClose={onClose}>
      <div className={css.form}>
        <label htmlFor={ids.code}>{t('registry.regionCode')} *</label>
        <Input
          id={ids.code}
          value={code}
          disabled={region !== undefined}
          maxLength={6}
          inputMode="numeric"
          onChange={(event) => setCode(event.target.value.trim())}
        />
        <label htmlFor={ids.name}>{t('registry.name')} *</label>
        <Input id={ids.name} value={name} onChange={(event) => setName(event.target.value)} />
        <label htmlFor={ids.level}>{t('registry.level')}</label>
        <Select<Region['level']>
          id={ids.level}
          value={level}
          options={levels.map((value) => ({ value, label: t(`registry.levels.${value}`) }))}
          onChange={setLevel}
        />
        <label htmlFor={ids.parent}>{t('registry.parent')}</label>
        <Input
          id={ids.parent}
          value={parent}
          maxLength={6}
          inputMode="numeric"
          onChange={(event) => setParent(event.target.value.trim())}
        />
      </div>
      <Button type="primary" disabled={!complete} loading={save.isPending} onClick={submit}>
        {t('registry.save')}
      </Button>
      {save.isError && <ErrorPanel error={save.error} what={t('registry.save')} />}
    </Drawer>
  )
}
