import { Segmented, Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { choiceParam, dateParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useOutletHours, useSourceOutlet } from '../../../api/sources.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { addDays, dateOf, today } from '../../../format/time.ts'
import { factorInfo } from '../parts/factor.ts'
import { outletName } from '../parts/names.ts'
import { DeviceParameters } from './DeviceParameters.tsx'
import { ExceedancePart } from './ExceedancePart.tsx'
import { HourDrawer } from './HourDrawer.tsx'
import { LimitReason } from './LimitReason.tsx'
import { MissingPart } from './MissingPart.tsx'
import { OutletChart } from './OutletChart.tsx'
import { OutletFacts } from './OutletFacts.tsx'
import css from './outlet.module.css'
import { type Basis, basisChoices } from './outletRows.ts'

const spans = ['3', '7', '30', '90'] as const
type Span = (typeof spans)[number]

/** Does this outlet meet its limit, may its hours be believed, and what is missing? */
export function OutletPage() {
  const { t } = useTranslation('monitoring')
  const id = Number(useParams().id)
  const [scope] = useScope()
  const last = scopeDay(scope)
  const params = useMemo(
    () => ({
      factor: textParam(),
      to: dateParam(last),
      days: choiceParam<Span>(spans, '7'),
      basis: choiceParam<Basis>(basisChoices, 'compared'),
      hour: textParam(),
    }),
    [last],
  )
  const [state, change] = useAddress(params)
  const outlet = useSourceOutlet(id)
  const span = {
    from: addDays(state.to, 1 - Number(state.days)),
    to: addDays(state.to, 1),
  }
  const hours = useOutletHours(id, span)
  const factors = hours.data?.factors.map((one) => one.factor) ?? []
  const exceeding = outlet.data?.latest?.items.find((item) => item.multiple !== null)?.factor
  const factor = [state.factor, exceeding].find((one) => factors.includes(one ?? '')) ?? factors[0] ?? ''
  const plant = outlet.data?.enterprise.name ?? ''
  const name =
    outlet.data === undefined ? '' : `${plant} ${outlet.data.number} ${outletName(outlet.data.name, plant)}`
  return (
    <Page
      title={name === '' ? t('outlet.title') : name}
      tools={
        <>
          <input
            type="date"
            aria-label={t('outlet.to')}
            value={state.to}
            max={today()}
            onChange={(event) => change({ to: event.target.value })}
          />
          <Segmented<Span>
            size="small"
            aria-label={t('outlet.span')}
            value={state.days}
            options={spans.map((value) => ({ value, label: t('outlet.days', { count: Number(value) }) }))}
            onChange={(next) => change({ days: next })}
          />
        </>
      }
    >
      <Async query={outlet} what={t('outlet.title')} rows={2}>
        {(data) => <OutletFacts outlet={data} />}
      </Async>
      <Panel>
        <Async
          query={hours}
          what={t('outlet.hours')}
          isEmpty={(data) => data.times.length === 0 || data.factors.length === 0}
          empty={<Empty title={t('outlet.noHours')} hint={t('outlet.noHoursHint')} />}
        >
          {(data) => (
            <>
              <div className={`${css.controls} no-print`}>
                <Select
                  size="small"
                  aria-label={t('outlet.factor')}
                  style={{ minWidth: 130 }}
                  value={factor}
                  options={factors.map((value) => ({ value, label: factorInfo(value).name }))}
                  onChange={(next) => change({ factor: next })}
                />
                {outlet.data?.medium !== 'water' && (
                  <Segmented<Basis>
                    size="small"
                    aria-label={t('basis.title')}
                    value={state.basis}
                    options={basisChoices.map((value) => ({ value, label: t(`basis.${value}`) }))}
                    onChange={(next) => change({ basis: next })}
                  />
                )}
              </div>
              <OutletChart
                columns={data}
                factor={factor}
                basis={state.basis}
                name={name}
                onHour={(ms) => change({ hour: String(ms) }, { replace: false })}
              />
              <LimitReason columns={data} factor={factor} />
            </>
          )}
        </Async>
      </Panel>
      <div className={css.below}>
        <ExceedancePart outletId={id} span={span} />
        <MissingPart outletId={id} span={span} />
      </div>
      <DeviceParameters outletId={id} enterpriseId={outlet.data?.enterprise.id} />
      <HourDrawer
        outletId={id}
        factor={factor}
        hourMs={Number(state.hour)}
        title={`${factorInfo(factor).name} ${Number(state.hour) > 0 ? dateOf(Number(state.hour)) : ''}`}
        onClose={() => change({ hour: '' })}
      />
    </Page>
  )
}
