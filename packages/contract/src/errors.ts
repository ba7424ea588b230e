/**
 * The catalogue of refusals. On the wire: RFC 9457 `application/problem+json`, type `/problems/<code>`.
 * `title` and `en` say what happened; `advice` says what to do, and is printed on the page of the code.
 * One file a room; a code is never renamed once released.
 */

import { bureauErrors } from './errors/bureau.ts'
import { complaintsErrors } from './errors/complaints.ts'
import { demoErrors } from './errors/demo.ts'
import type { ErrorEntry } from './errors/entry.ts'
import { evaluationErrors } from './errors/evaluation.ts'
import { evidenceErrors } from './errors/evidence.ts'
import { identityErrors } from './errors/identity.ts'
import { inspectionsErrors } from './errors/inspections.ts'
import { intakeErrors } from './errors/intake.ts'
import { leadsErrors } from './errors/leads.ts'
import { mattersErrors } from './errors/matters.ts'
import { noticesErrors } from './errors/notices.ts'
import { permitsErrors } from './errors/permits.ts'
import { platformErrors } from './errors/platform.ts'
import { registryErrors } from './errors/registry.ts'
import { reportsErrors } from './errors/reports.ts'
import { seriesErrors } from './errors/series.ts'
import { sourcesErrors } from './errors/sources.ts'
import { targetsErrors } from './errors/targets.ts'

export type { ErrorEntry }

export const errorCatalogue = {
  ...platformErrors,
  ...identityErrors,
  ...registryErrors,
  ...noticesErrors,
  ...intakeErrors,
  ...seriesErrors,
  ...evaluationErrors,
  ...sourcesErrors,
  ...leadsErrors,
  ...evidenceErrors,
  ...mattersErrors,
  ...complaintsErrors,
  ...inspectionsErrors,
  ...permitsErrors,
  ...targetsErrors,
  ...bureauErrors,
  ...reportsErrors,
  ...demoErrors,
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCatalogue
export const errorCodes = Object.keys(errorCatalogue) as ErrorCode[]
