export { requestCancel } from './jobs.repository.ts'
export { jobRoutes } from './jobs.routes.ts'
export {
  defineJob,
  enqueue,
  type JobContext,
  type JobDefinition,
  type Jobs,
  openJobs,
} from './jobs.ts'
