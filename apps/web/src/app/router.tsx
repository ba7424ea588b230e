import { createBrowserRouter, type RouteObject } from 'react-router'
import { guarded } from './guarded.tsx'
import { Shell } from './layout/Shell.tsx'
import { loadPage } from './preload.ts'
import { FirstPage, RouteFault, UnknownPage } from './RoutePages.tsx'
import { rooms } from './rooms.ts'

/** Every page is its own chunk, loaded when its address is opened. */
export function createRouter(): ReturnType<typeof createBrowserRouter> {
  const pages: RouteObject[] = rooms.flatMap((room) =>
    room.pages.map((page) => ({
      path: page.path,
      errorElement: <RouteFault />,
      lazy: async () => ({ Component: guarded(await loadPage(page), page) }),
    })),
  )
  return createBrowserRouter([
    {
      path: '/',
      element: <Shell />,
      errorElement: <RouteFault />,
      hydrateFallbackElement: <div />,
      children: [{ index: true, element: <FirstPage /> }, ...pages, { path: '*', element: <UnknownPage /> }],
    },
  ])
}
