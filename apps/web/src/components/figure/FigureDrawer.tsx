import { Drawer } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../states.tsx'
import { useFigureAddress } from './useFigureAddress.ts'

const FigureSheet = lazy(async () => ({ default: (await import('./FigureSheet.tsx')).FigureSheet }))

/** The one drawer of the product that answers: where does this number come from? */
export function FigureDrawer() {
  const { t } = useTranslation()
  const { figure, close } = useFigureAddress()
  return (
    <Drawer
      open={figure > 0}
      size="min(760px, 100vw)"
      title={t('figure.title')}
      onClose={close}
      mask={{ blur: false }}
      styles={{ body: { padding: '10px 14px 24px' } }}
      destroyOnHidden
    >
      {figure > 0 && (
        <Suspense fallback={<Loading rows={8} />}>
          <FigureSheet id={figure} />
        </Suspense>
      )}
    </Drawer>
  )
}
