import { eventTopics, type Permission } from '@shanshui/contract'
import { useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { EventsProvider } from '../api/events.tsx'
import { useSession } from '../session/session.tsx'
import { createRouter } from './router.tsx'

const topics: Readonly<Record<string, Permission | null>> = eventTopics

export function SignedIn() {
  const [router] = useState(createRouter)
  const { may } = useSession()
  return (
    <EventsProvider may={(topic) => mayHear(topic, may)}>
      <RouterProvider router={router} />
    </EventsProvider>
  )
}

function mayHear(topic: string, may: (permission: Permission) => boolean): boolean {
  const permission = topics[topic.split(':')[0] ?? '']
  return permission === null || (permission !== undefined && may(permission))
}
