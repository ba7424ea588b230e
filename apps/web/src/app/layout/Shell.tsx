import { MenuOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigation } from 'react-router'
import { FigureDrawer } from '../../components/figure/FigureDrawer.tsx'
import { RecordDrawer } from '../../components/figure/RecordDrawer.tsx'
import { Loading } from '../../components/states.tsx'
import { NavTree } from './NavTree.tsx'
import css from './Shell.module.css'
import { TopBar } from './TopBar.tsx'
import { useDocumentTitle } from './useDocumentTitle.ts'

const COLLAPSED_KEY = 'shanshui.navCollapsed'

/** Frame of every page: navigation left, bar above, the one figure drawer; a drawer navigation on the phone. */
export function Shell() {
  const { t } = useTranslation()
  const location = useLocation()
  const navigation = useNavigation()
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED_KEY) === '1')
  const [open, setOpen] = useState(false)
  useDocumentTitle()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a followed link closes the phone's navigation
  useEffect(() => setOpen(false), [location.pathname])

  const toggle = (): void => {
    localStorage.setItem(COLLAPSED_KEY, collapsed ? '0' : '1')
    setCollapsed(!collapsed)
  }
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {t('shell.skip')}
      </a>
      <TopBar
        navigationButton={
          <Button
            className={css.phoneOnly}
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('shell.openNavigation')}
            onClick={() => setOpen(true)}
          />
        }
      />
      <div className={css.below}>
        <aside className={`${css.side} ${collapsed ? css.collapsed : ''} no-print`}>
          <button
            type="button"
            className={css.collapse}
            aria-expanded={!collapsed}
            aria-label={t(collapsed ? 'shell.expand' : 'shell.collapse')}
            title={t(collapsed ? 'shell.expand' : 'shell.collapse')}
            onClick={toggle}
          >
            <span aria-hidden="true">{collapsed ? '»' : '«'}</span>
          </button>
          {!collapsed && <NavTree />}
        </aside>
        <main id="content" className={css.content} tabIndex={-1} aria-busy={navigation.state === 'loading'}>
          {navigation.state === 'loading' && (
            <div className={css.progress} role="progressbar" aria-label={t('state.loading')} />
          )}
          <Suspense fallback={<Loading rows={10} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Drawer
        open={open}
        placement="left"
        size={260}
        title={t('shell.navigation')}
        onClose={() => setOpen(false)}
        styles={{ body: { padding: 0 } }}
      >
        <NavTree />
      </Drawer>
      <FigureDrawer />
      <RecordDrawer />
    </div>
  )
}
