import type { Room } from '../../app/room.ts'

export const mattersRoom: Room = {
  key: 'matters',
  pages: [
    {
      path: 'matters/todo',
      permission: 'matter:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./todo/TodoPage.tsx')).TodoPage,
    },
    {
      path: 'matters/problems',
      permission: 'problem:read',
      inNavigation: true,
      words: ['matters', 'problems'],
      load: async () => (await import('./problems/ProblemsPage.tsx')).ProblemsPage,
    },
    {
      path: 'matters/rectification',
      permission: 'matter:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./rectification/RectificationPage.tsx')).RectificationPage,
    },
    {
      path: 'matters/hazards',
      permission: 'matter:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./hazards/HazardsPage.tsx')).HazardsPage,
    },
    {
      path: 'matters/supervision',
      permission: 'matter:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./supervision/SupervisionPage.tsx')).SupervisionPage,
    },
    {
      path: 'matters/penalties',
      permission: 'matter:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./penalties/PenaltiesPage.tsx')).PenaltiesPage,
    },
    {
      path: 'matters/all',
      permission: 'matter:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./all/AllPage.tsx')).AllPage,
    },
    {
      path: 'matters/tasks',
      permission: 'work:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./tasks/TasksPage.tsx')).TasksPage,
    },
    {
      path: 'matters/workflows',
      permission: 'matter:read',
      inNavigation: true,
      words: ['matters'],
      load: async () => (await import('./workflows/WorkflowsPage.tsx')).WorkflowsPage,
    },
    {
      path: 'matters/problems/:id',
      permission: 'problem:read',
      inNavigation: false,
      words: ['matters', 'problems'],
      load: async () => (await import('./problem/ProblemPage.tsx')).ProblemPage,
    },
    {
      path: 'matters/:id',
      permission: 'matter:read',
      inNavigation: false,
      words: ['matters'],
      load: async () => (await import('./matter/MatterPage.tsx')).MatterPage,
    },
  ],
}
