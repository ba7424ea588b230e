import { useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { EventsProvider } from '../api/events.tsx'
import { createRouter } from './router.tsx'

export function SignedIn() {
  const [router] = useState(createRouter)
  return (
    <EventsProvider>
      <RouterProvider router={router} />
    </EventsProvider>
  )
}
