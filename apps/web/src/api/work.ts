import type { TaskBoard } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from './client.ts'
import { scoped } from './scoped.ts'

/** Key tasks of a year with their quarters and the expected end; asked again whenever a matter changes. */
export function useTaskBoard(year: number, regionCode: number) {
  return useQuery({
    queryKey: ['matters', 'task-board', year, regionCode],
    queryFn: ({ signal }) =>
      api.get<TaskBoard>('/work/task-board', { year, regionCode: scoped(regionCode) }, signal),
  })
}
