import {
  type AllowanceAccount,
  type AllowanceAccountInput,
  type AllowanceEntryInput,
  tonnagePollutants,
} from '@shanshui/contract'
import { AutoComplete, Button, Drawer, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAddEntry, useCreateAccount, useReductions } from '../../../api/totals.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { formatNumber } from '../../../format/number.ts'
import { today } from '../../../format/time.ts'
import { Field } from './Field.tsx'
import { RegionSelect } from './RegionSelect.tsx'
import css from './totals.module.css'

type Origin = AllowanceAccountInput['origin']

/** Opens an account. */
export function AccountForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('totals')
  const create = useCreateAccount()
  const [name, setName] = useState('')
  const [pollutant, setPollutant] = useState('NOx')
  const [region, setRegion] = useState<number>()
  const [origin, setOrigin] = useState<Origin>('pooled')
  const [from, setFrom] = useState(today())
  const [to, setTo] = useState('')
  const ready = name.trim().length >= 2 && region !== undefined && pollutant.trim() !== '' && from !== ''
  return (
    <Drawer open title={t('form.account')} onClose={onClose}>
      <div className={css.form}>
        <Field label={t('allowance.account')}>
          {(id) => (
            <Input id={id} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t('column.pollutant')}>
          {(id) => (
            <AutoComplete
              id={id}
              value={pollutant}
              options={tonnagePollutants.map((value) => ({ value }))}
              onChange={setPollutant}
            />
          )}
        </Field>
        <Field label={t('column.region')}>
          {(id) => <RegionSelect id={id} value={region} onChange={setRegion} />}
        </Field>
        <Field label={t('allowance.origin')}>
          {(id) => (
            <Select<Origin>
              id={id}
              value={origin}
              options={(['initial', 'purchased', 'pooled'] as const).map((value) => ({
                value,
                label: t(`origin.${value}`),
              }))}
              onChange={setOrigin}
            />
          )}
        </Field>
        <Field label={t('form.validFrom')}>
          {(id) => (
            <input id={id} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
        <Field label={t('form.validTo')}>
          {(id) => <input id={id} type="date" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
        <Button
          type="primary"
          disabled={!ready}
          loading={create.isPending}
          onClick={() => {
            if (region === undefined) return
            create.mutate(
              {
                name: name.trim(),
                pollutant: pollutant.trim(),
                regionCode: region,
                origin,
                validFrom: from,
                validTo: to === '' ? null : to,
              },
              { onSuccess: onClose },
            )
          }}
        >
          {t('form.save')}
        </Button>
        {create.isError && <ErrorPanel error={create.error} what={t('form.account')} />}
      </div>
    </Drawer>
  )
}

type Kind = AllowanceEntryInput['kind']

/** Books an entry; a reduction is chosen among those recognised and not yet moved. */
export function EntryForm({ account, onClose }: { account: AllowanceAccount; onClose: () => void }) {
  const { t } = useTranslation('totals')
  const add = useAddEntry()
  const [kind, setKind] = useState<Kind>('reduction')
  const [tonnes, setTonnes] = useState<number | null>(null)
  const [claim, setClaim] = useState<number>()
  const [reference, setReference] = useState('')
  const recognised = useReductions({ regionCode: 0, state: 'recognised' })
  const claims = pagedRows(recognised).rows.filter(
    (one) => one.pollutant === account.pollutant && (one.recognised ?? 0) > one.moved,
  )
  const needsClaim = kind === 'reduction'
  const ready =
    tonnes !== null && tonnes > 0 && reference.trim().length >= 2 && (!needsClaim || claim !== undefined)
  return (
    <Drawer open title={`${t('form.entry')} ${account.name}`} onClose={onClose}>
      <div className={css.form}>
        <Field label={t('allowance.kind')}>
          {(id) => (
            <Select<Kind>
              id={id}
              value={kind}
              options={(['reduction', 'initial', 'purchase', 'sale'] as const).map((value) => ({
                value,
                label: t(`entry.${value}`),
              }))}
              onChange={setKind}
            />
          )}
        </Field>
        {needsClaim && (
          <Field label={t('reductions.one')}>
            {(id) => (
              <Select
                id={id}
                showSearch={{ optionFilterProp: 'label' }}
                value={claim}
                options={claims.map((one) => ({
                  value: one.id,
                  label: `${one.name} ${one.year}（${formatNumber((one.recognised ?? 0) - one.moved, 3)} t）`,
                }))}
                onChange={setClaim}
              />
            )}
          </Field>
        )}
        <Field label={t('form.tonnes')}>
          {(id) => <InputNumber id={id} min={0} step={0.001} value={tonnes} onChange={setTonnes} />}
        </Field>
        <Field label={t('allowance.reference')}>
          {(id) => (
            <Input
              id={id}
              maxLength={400}
              value={reference}
              onChange={(event) => setReference(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="primary"
          disabled={!ready}
          loading={add.isPending}
          onClick={() => {
            if (tonnes === null) return
            add.mutate(
              {
                accountId: account.id,
                kind,
                tonnes,
                reference: reference.trim(),
                ...(needsClaim && claim !== undefined ? { claimId: claim } : {}),
              },
              { onSuccess: onClose },
            )
          }}
        >
          {t('form.save')}
        </Button>
        {add.isError && <ErrorPanel error={add.error} what={t('form.entry')} />}
      </div>
    </Drawer>
  )
}
