/** Permits as other rooms read them: the document in force on a day, and the limit it sets. */
import type { PermitLimit, PermitProperties } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { type PermitVersionRow, selectPermitVersions } from './permit.repository.ts'

export interface PermitDocument extends PermitProperties {
  /** Feature of the permit. */
  readonly id: number
  /** 22-character number. */
  readonly number: string
  readonly regionCode: number
  readonly ownerId: number
  readonly version: number
}

const toDocument = (row: PermitVersionRow): PermitDocument => ({
  ...row.properties,
  id: row.id,
  number: row.code,
  regionCode: row.region_code,
  ownerId: row.owner_id,
  version: row.version,
})

const startOf = (document: PermitDocument) => document.changedOn ?? document.issuedOn

/** Every version of the permits of these holders, by holder; all holders when left out. */
export async function permitVersions(
  q: Queryable,
  creditCodes?: readonly string[],
): Promise<Map<string, PermitDocument[]>> {
  const documents = (await selectPermitVersions(q, creditCodes ?? null)).map(toDocument)
  return Map.groupBy(documents, ({ creditCode }) => creditCode)
}

/**
 * The version in force on a civil day: begun (date of issue, or of the change) and not expired; of several the one
 * that began last, and of those the version registered last.
 */
export function permitOn(versions: readonly PermitDocument[], dateIso: string): PermitDocument | undefined {
  return versions
    .filter((document) => startOf(document) <= dateIso && document.expiresOn >= dateIso)
    .sort((a, b) => startOf(b).localeCompare(startOf(a)) || b.version - a.version)[0]
}

/** The permit of an enterprise in force on a civil day. */
export async function permitOf(
  q: Queryable,
  enterpriseCode: string,
  dateIso: string,
): Promise<PermitDocument | undefined> {
  const versions = (await permitVersions(q, [enterpriseCode])).get(enterpriseCode)
  return versions === undefined ? undefined : permitOn(versions, dateIso)
}

/** The strictest limit that the permit sets for the factor and averaging period; undefined when it sets none. */
export function permitLimit(
  permit: PermitProperties,
  outletNumber: string,
  factor: string,
  averaging: PermitLimit['averaging'],
): PermitLimit | undefined {
  return permit.outlets
    .filter((outlet) => outlet.number === outletNumber)
    .flatMap((outlet) => outlet.limits)
    .filter((limit) => limit.factor === factor && limit.averaging === averaging)
    .sort((a, b) => a.value - b.value)[0]
}
