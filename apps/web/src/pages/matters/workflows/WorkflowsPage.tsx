import { matterPartyTitles } from '@shanshui/contract'
import type { Guard, WorkflowDefinition } from '@shanshui/workflow'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useWorkflow, useWorkflows } from '../../../api/matters.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { Async } from '../../../components/states.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { StateDiagram } from '../diagram/StateDiagram.tsx'
import { BasisText } from '../parts/BasisText.tsx'
import css from './workflows.module.css'

const params = { workflow: textParam() } as const

/** How does a kind of matter run, who may do what, by when, and where is that written? */
export function WorkflowsPage() {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const [state, change] = useAddress(params)
  const list = useWorkflows()
  const id = state.workflow === '' ? list.data?.items[0]?.id : state.workflow
  const query = useWorkflow(id)
  return (
    <Page
      title={t('workflows.title')}
      note={t('workflows.note')}
      tools={
        <Select<string>
          size="small"
          aria-label={t('column.workflow')}
          popupMatchSelectWidth={false}
          loading={list.isPending}
          {...(id === undefined ? {} : { value: id })}
          options={(list.data?.items ?? []).map((one) => ({ value: one.id, label: official(one.title) }))}
          onChange={(workflow) => change({ workflow })}
        />
      }
    >
      <Async query={list} what={t('workflows.title')} rows={14}>
        {() => (
          <Async query={query} what={t('matter.definition')} rows={14}>
            {(def) => <Definition def={def} />}
          </Async>
        )}
      </Async>
    </Page>
  )
}

function Definition({ def }: { def: WorkflowDefinition }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  return (
    <>
      <Panel label={official(def.title)}>
        <p>
          <strong>{official(def.title)}</strong> <code>{def.prefix}</code>
        </p>
        <ul className={css.basis}>
          {def.basis.map((one) => (
            <li key={one.text}>
              <BasisText basis={one} />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('diagram.picture')}>
        <StateDiagram def={def} full />
      </Panel>
      <Transitions def={def} />
      <Clocks def={def} />
    </>
  )
}

function Transitions({ def }: { def: WorkflowDefinition }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const stateTitle = (id: string): string => {
    const state = def.states.find((one) => one.id === id)
    return state === undefined ? id : official(state.title)
  }
  const fieldTitle = (id: string): string => {
    const field = def.fields.find((one) => one.id === id)
    return field === undefined ? id : official(field.title)
  }
  return (
    <Panel title={t('workflows.steps')}>
      <ScrollRegion label={t('workflows.steps')} className={css.scroll}>
        <table className={css.table}>
          <caption className="visually-hidden">{t('workflows.steps')}</caption>
          <thead>
            <tr>
              {(['step', 'from', 'to', 'by', 'needs', 'basis'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`workflows.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {def.transitions.map((step) => (
              <tr key={step.id}>
                <th scope="row">{official(step.title)}</th>
                <td>{step.from.map(stateTitle).join('、')}</td>
                <td>{stateTitle(step.to)}</td>
                <td>
                  {step.by
                    .map((party) => (party === 'system' ? t('platform') : official(matterPartyTitles[party])))
                    .join('、')}
                </td>
                <td>
                  <Needs>
                    {(step.fields ?? []).length > 0 &&
                      t('workflows.fields', { list: (step.fields ?? []).map(fieldTitle).join('、') })}
                    {(step.evidence ?? []).map((one) =>
                      t('workflows.evidence', { title: official(one.title), min: one.min }),
                    )}
                    {(step.guards ?? []).flatMap((guard) => guardText(guard) ?? [])}
                    {step.reason === true && t('workflows.reason')}
                  </Needs>
                </td>
                <td>
                  <BasisText basis={step.basis} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  )
}

/** A condition in the words of its rule; what has none is said by the refusal when it stands in the way. */
const guardText = ({ basis }: Guard): string | undefined => basis?.text

function Needs({ children }: { children: readonly (string | false | readonly string[])[] }) {
  const lines = children.flat().filter((one): one is string => typeof one === 'string')
  if (lines.length === 0) return '–'
  return (
    <ul className={css.needs}>
      {[...new Set(lines)].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function Clocks({ def }: { def: WorkflowDefinition }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const limitText = ({ limit, monthlyOn }: WorkflowDefinition['clocks'][number]): string => {
    if (monthlyOn !== undefined) return t('workflows.monthly', { day: monthlyOn })
    if ('amount' in limit) return t(`workflows.unit.${limit.unit}`, { count: limit.amount })
    const field = def.fields.find(({ id }) => id === limit.field)
    return t('workflows.byField', { field: field === undefined ? limit.field : official(field.title) })
  }
  return (
    <Panel title={t('clocks.title')}>
      <ScrollRegion label={t('clocks.title')} className={css.scroll}>
        <table className={css.table}>
          <caption className="visually-hidden">{t('clocks.title')}</caption>
          <thead>
            <tr>
              {(['clock', 'limit', 'roll', 'escalations', 'basis'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`workflows.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {def.clocks.map((clock) => (
              <tr key={clock.id}>
                <th scope="row">{official(clock.title)}</th>
                <td>{limitText(clock)}</td>
                <td>{t(clock.roll ? 'yes' : 'no')}</td>
                <td>
                  <ul className={css.needs}>
                    {clock.escalations.map((one) => (
                      <li key={one.level}>
                        {t(one.limit.amount === 0 ? 'workflows.atEnd' : `workflows.${one.when}`, {
                          limit: t(`workflows.unit.${one.limit.unit}`, { count: one.limit.amount }),
                        })}
                        {'：'}
                        {one.to.map((to) => partyWord(to, official, t)).join('、')}
                      </li>
                    ))}
                  </ul>
                </td>
                <td>
                  <BasisText basis={clock.basis} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  )
}

function partyWord(to: string, official: ReturnType<typeof useOfficial>, t: (key: string) => string): string {
  const party = matterPartyTitles[to as keyof typeof matterPartyTitles]
  return party === undefined ? t(`workflows.to.${to}`) : official(party)
}
