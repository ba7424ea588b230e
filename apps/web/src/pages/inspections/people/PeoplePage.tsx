import { type InspectionSetting, type Inspector, inspectionSkillTitles } from '@shanshui/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDirectoryPeople } from '../../../api/directory.ts'
import { useInspectionSettings, useInspectors } from '../../../api/inspections.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { InspectorForm, type PersonRef } from './InspectorForm.tsx'
import { SettingForm } from './SettingForm.tsx'

/** Who may inspect, with which certificate and when; and from where the numbers of plans and draws come. */
export function PeoplePage() {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const { may } = useSession()
  const query = useInspectors()
  const [edited, setEdited] = useState<PersonRef>()
  const columns: Column<Inspector>[] = [
    { key: 'name', title: t('people.name'), value: (row) => row.name },
    { key: 'unit', title: t('people.unit'), value: (row) => row.organization.name, choices: true },
    { key: 'certificate', title: t('people.certificate'), value: (row) => row.certificate, oneLine: true },
    {
      key: 'expires',
      title: t('people.expires'),
      value: (row) => row.certificateExpires,
      render: (row) => (
        <span className={row.certificateValid ? undefined : 'worse'}>
          {row.certificateExpires}
          {!row.certificateValid && ` ${t('people.expired')}`}
        </span>
      ),
      oneLine: true,
    },
    {
      key: 'skills',
      title: t('people.skills'),
      value: (row) => row.skills.map((skill) => official(inspectionSkillTitles[skill])).join('、'),
    },
    { key: 'minutes', title: t('people.minutes'), decimals: 0, value: (row) => row.minutesPerDay },
    {
      key: 'absences',
      title: t('people.absences'),
      value: (row) =>
        row.absences.map(({ from, to, reason }) => `${from.slice(5)}–${to.slice(5)} ${reason}`).join('；') ||
        null,
    },
    {
      key: 'active',
      title: t('people.active'),
      value: (row) => t(row.active ? 'yes' : 'people.inactive'),
      choices: true,
    },
  ]
  return (
    <Page title={t('people.title')} note={t('people.note')}>
      <Panel title={t('people.list')}>
        <Async
          query={query}
          what={t('people.title')}
          rows={6}
          isEmpty={({ items }) => items.length === 0}
          empty={<Empty title={t('people.none')} hint={t('people.noneHint')} />}
        >
          {({ items }) => (
            <DataTable
              id="people"
              caption={t('people.list')}
              columns={columns}
              rows={items}
              rowKey={(row) => row.userId}
              {...(may('inspection:plan') && { onRow: (row: Inspector) => setEdited(row) })}
            />
          )}
        </Async>
        {may('inspection:plan') && <AddPerson known={query.data?.items ?? []} onAdd={setEdited} />}
      </Panel>
      <Settings />
      {edited !== undefined && (
        <InspectorForm
          person={edited}
          inspector={query.data?.items.find(({ userId }) => userId === edited.userId)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Page>
  )
}

function AddPerson(props: { known: readonly Inspector[]; onAdd: (person: PersonRef) => void }) {
  const { t } = useTranslation('inspections')
  const people = useDirectoryPeople()
  const known = new Set(props.known.map(({ userId }) => userId))
  const others = (people.data?.items ?? []).filter(({ id }) => !known.has(id))
  if (others.length === 0) return null
  return (
    <label>
      {t('people.add')}{' '}
      <select
        value=""
        onChange={(event) => {
          const person = others.find(({ id }) => String(id) === event.target.value)
          if (person !== undefined) props.onAdd({ userId: person.id, name: person.name })
        }}
      >
        <option value="">{t('people.choose')}</option>
        {others.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
    </label>
  )
}

function Settings() {
  const { t } = useTranslation('inspections')
  const { may } = useSession()
  const query = useInspectionSettings()
  const [edited, setEdited] = useState<InspectionSetting>()
  const columns: Column<InspectionSetting>[] = [
    { key: 'title', title: t('setting.title'), value: (row) => row.title },
    {
      key: 'value',
      title: t('setting.value'),
      value: (row) => `${row.value} ${row.unit ?? ''}`,
      align: 'right',
    },
    {
      key: 'source',
      title: t('setting.source'),
      value: (row) => row.source,
      render: (row) => (
        <>
          {row.source} {row.status === 'unverified' && <Unverified source={row.source} />}
        </>
      ),
    },
    { key: 'status', title: t('setting.status'), value: (row) => t(`status.${row.status}`), choices: true },
    ...(may('inspection:plan')
      ? [
          {
            key: 'edit',
            title: t('setting.edit'),
            value: () => null,
            render: (row: InspectionSetting) => (
              <Button size="small" onClick={() => setEdited(row)}>
                {t('setting.edit')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Panel title={t('setting.list')}>
      <Async query={query} what={t('setting.list')} rows={6}>
        {({ items }) => (
          <DataTable
            id="settings"
            caption={t('setting.list')}
            columns={columns}
            rows={items}
            rowKey={(row) => row.key}
          />
        )}
      </Async>
      {edited !== undefined && <SettingForm setting={edited} onClose={() => setEdited(undefined)} />}
    </Panel>
  )
}
