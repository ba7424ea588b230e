/** What the database refuses comes back in the catalogue's words. */
import type { Actor } from '../../platform/actor.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { PermitRoomDeps } from './permit-doors.ts'

const byConstraint: Readonly<Record<string, ConstructorParameters<typeof AppError>[0]>> = {
  reduction_project_code_key: 'total.project-exists',
  reduction_project_subject_id_type_facility_key: 'total.project-exists',
  reduction_claim_project_id_pollutant_year_key: 'total.claim-exists',
  allowance_account_region_code_name_pollutant_key: 'total.account-exists',
  allowance_balance_not_negative: 'total.balance-short',
  allowance_application_project_code_key: 'total.application-exists',
  allowance_reduction_recognised: 'total.reduction-used',
  reduction_moved_within_recognised: 'total.reduction-used',
}

/** As the actor. Errors: those of `work`; a constraint's own code; `auth.forbidden` outside the region. */
export async function writing<T>(
  deps: Pick<PermitRoomDeps, 'db'>,
  actor: Actor,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  try {
    return await deps.db.asActor(actor, work)
  } catch (error) {
    const { code, constraint = '' } = error as { code?: string; constraint?: string }
    const refusal = byConstraint[constraint]
    if (refusal !== undefined) throw new AppError(refusal, { cause: error })
    if (code === '42501') throw new AppError('auth.forbidden', { detail: '不在您的行政区或数据范围内' })
    throw error
  }
}
