import type { BurdenMeter } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useBurden } from '../../../api/bureau.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import css from '../work.module.css'

type Form = BurdenMeter['forms'][number]

/** What the platform asks of an enterprise, and what of it is asked a second time. */
export function BurdenPage() {
  const { t } = useTranslation('bureau')
  const query = useBurden()
  return (
    <Page title={t('burden.title')} note={t('burden.note')}>
      <Async
        query={query}
        what={t('burden.title')}
        isEmpty={(meter) => meter.forms.length === 0}
        empty={<Empty title={t('burden.empty')} />}
      >
        {(meter) => <Meter meter={meter} />}
      </Async>
    </Page>
  )
}

function Meter({ meter }: { meter: BurdenMeter }) {
  const { t } = useTranslation('bureau')
  return (
    <>
      <Panel title={t('burden.repeated')}>
        <p>
          <span className={`${css.large} ${meter.repeated > 0 ? 'worse' : 'better'}`}>{meter.repeated}</span>{' '}
          {t('burden.repeatedUnit')}
        </p>
        <p>
          {t('burden.line', { forms: meter.forms.length, fields: meter.fields, concepts: meter.concepts })}
        </p>
      </Panel>
      <Panel title={t('burden.duplicates')}>
        {meter.duplicates.length === 0 ? (
          <p className="better">{t('burden.noDuplicates')}</p>
        ) : (
          <ul className={css.list}>
            {meter.duplicates.map((one) => (
              <li key={one.concept}>
                <b>{one.title}</b> {t('burden.times', { count: one.repeated })}
                <div className="muted">
                  {one.asked.map(({ formTitle, field }) => `${formTitle}（${field}）`).join('；')}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('burden.forms')}>
        <FormTable forms={meter.forms} />
      </Panel>
      <Panel title={t('burden.rules')}>
        <ul className={css.list}>
          {(['fact', 'key', 'event', 'prefilled', 'carried'] as const).map((rule) => (
            <li key={rule}>{t(`burden.rule.${rule}`)}</li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

function FormTable({ forms }: { forms: readonly Form[] }) {
  const { t } = useTranslation('bureau')
  const columns = useMemo<readonly Column<Form>[]>(
    () => [
      { key: 'title', title: t('burden.form'), value: (row) => row.title },
      { key: 'fields', title: t('burden.fields'), decimals: 0, value: (row) => row.fields },
      {
        key: 'perYear',
        title: t('burden.perYear'),
        align: 'right',
        value: (row) => row.perYear ?? t('burden.whenever'),
      },
    ],
    [t],
  )
  return (
    <DataTable id="bf" caption={t('burden.forms')} columns={columns} rows={forms} rowKey={(row) => row.id} />
  )
}
