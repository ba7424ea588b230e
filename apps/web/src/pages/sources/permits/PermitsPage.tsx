import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useCompile, usePermitRefresh } from '../../../api/permits.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { useSession } from '../../../session/session.tsx'
import { YearStep } from '../../air/year/YearStep.tsx'
import { EnterprisesPart } from './EnterprisesPart.tsx'
import { ObligationCalendar } from './ObligationCalendar.tsx'
import { ObligationList } from './ObligationList.tsx'
import { PermitList } from './PermitList.tsx'
import { ReportsPart } from './ReportsPart.tsx'

const views = ['enterprises', 'list', 'calendar', 'permits', 'reports'] as const

/** What the holders of permits owe, what they have done, what is overdue, and what is wrong in the permits themselves. */
export function PermitsPage() {
  const { t } = useTranslation('permits')
  const { may } = useSession()
  const [scope] = useScope()
  const own = may('permit:submit')
  const thisYear = Number(scopeDay(scope).slice(0, 4))
  const params = useMemo(
    () => ({
      view: choiceParam(views, own ? 'list' : 'enterprises'),
      year: integerParam(thisYear, 2015, 2100),
      enterprise: integerParam(0, 0),
      state: textParam(''),
      kind: textParam(''),
      day: textParam(''),
    }),
    [thisYear, own],
  )
  const [state, change] = useAddress(params)
  const compile = useCompile()
  usePermitRefresh()
  const filter = { year: state.year, regionCode: scope.region, enterpriseId: state.enterprise }
  return (
    <Page
      title={t('title')}
      note={t('note')}
      tools={
        <>
          <ViewSwitch
            label={t('views')}
            views={views}
            view={state.view}
            name={(view) => t(`view.${view}`)}
            onChange={(view) => change({ view })}
          />
          <YearStep year={state.year} last={thisYear + 1} onChange={(year) => change({ year, day: '' })} />
          {may('permit:write') && (
            <Button
              size="small"
              loading={compile.isPending}
              title={t('compileHint')}
              onClick={() => compile.mutate()}
            >
              {t('compile')}
            </Button>
          )}
        </>
      }
    >
      {compile.isError && <ErrorPanel error={compile.error} what={t('compile')} />}
      {compile.data !== undefined && <p role="status">{t('compiled', compile.data)}</p>}
      <Panel>
        {state.view === 'enterprises' && (
          <EnterprisesPart
            {...filter}
            onEnterprise={(enterprise, wanted) =>
              change({ enterprise, view: 'list', state: wanted, day: '' })
            }
          />
        )}
        {state.view === 'list' && (
          <ObligationList
            {...filter}
            state={state.state}
            kind={state.kind}
            day={state.day}
            onChange={(patch) => change(patch)}
          />
        )}
        {state.view === 'calendar' && (
          <ObligationCalendar {...filter} onDay={(day) => change({ day, view: 'list', state: '' })} />
        )}
        {state.view === 'permits' && <PermitList regionCode={scope.region} />}
        {state.view === 'reports' && <ReportsPart year={state.year} regionCode={scope.region} />}
      </Panel>
    </Page>
  )
}
