import type { AllowanceAccount, AllowanceAccountInput, AllowanceEntryInput } from '@shanshui/contract'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAddEntry, useCreateAccount, useReductions } from '../../../api/totals.ts'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { formatNumber } from '../../../format/number.ts'
import { today } from '../../../format/time.ts'
import { DateField, Field, NumberField, TextField } from './Field.tsx'
import { FormDrawer } from './FormDrawer.tsx'
import { PollutantField } from './PollutantField.tsx'
import { RegionField } from './RegionField.tsx'

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
  function save(): void {
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
  }
  return (
    <FormDrawer what={t('form.account')} ready={ready} saving={create} onSave={save} onClose={onClose}>
      <TextField label={t('allowance.account')} maxLength={200} value={name} onChange={setName} />
      <PollutantField value={pollutant} onChange={setPollutant} />
      <RegionField value={region} onChange={setRegion} />
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
      <DateField label={t('form.validFrom')} value={from} onChange={setFrom} />
      <DateField label={t('form.validTo')} value={to} onChange={setTo} />
    </FormDrawer>
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
  function save(): void {
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
  }
  return (
    <FormDrawer
      what={t('form.entry')}
      of={account.name}
      ready={ready}
      saving={add}
      onSave={save}
      onClose={onClose}
    >
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
      <NumberField label={t('form.tonnes')} step={0.001} value={tonnes} onChange={setTonnes} />
      <TextField label={t('allowance.reference')} maxLength={400} value={reference} onChange={setReference} />
    </FormDrawer>
  )
}
