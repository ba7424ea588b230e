import { airParameters } from './air.ts'
import { noiseParameters } from './noise.ts'
import { type Parameter, parameter } from './parameter.ts'
import { waterParameters } from './water.ts'

/** Codes that stations send though they stand in no table of HJ 212-2017. */
export const extraParameters: readonly Parameter[] = [
  parameter('a05024', null, '臭氧', 'Ozone', null, null, null),
  parameter('w01003', null, '浊度', 'Turbidity', 'NTU', null, null),
]

export const parameters: readonly Parameter[] = [
  ...waterParameters,
  ...airParameters,
  ...noiseParameters,
  ...extraParameters,
]

const byCode = new Map(parameters.map((row) => [row.code, row]))

/** The row of a code of HJ 212-2017 tables B.1–B.3 or of the extras. */
export function parameterByCode(code: string): Parameter | undefined {
  return byCode.get(code)
}

/** The rows of a code of HJ/T 212-2005; B01/B02, three digits for water, two for gas. */
export function parametersByOldCode(oldCode: string): readonly Parameter[] {
  return parameters.filter((row) => row.oldCode === oldCode)
}

/**
 * Table B.2 gives ng/m³ for these codes; stations in fact send µg/m³ or mg/m³. The unit that is configured for the
 * station holds always; this list says where the table's default must not be trusted.
 */
export const unreliableUnits: readonly string[] = ['a34001', 'a34002', 'a34004', 'a34005', 'a21001', 'a05002']
