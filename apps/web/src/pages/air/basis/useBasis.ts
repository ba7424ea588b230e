import type { AirEditionName, SandHandling } from '@shanshui/contract'
import { choiceParam, listParam, useAddress } from '../../../address/useAddress.ts'
import type { BasisChoice } from '../../../api/air.ts'

export const editionChoices = ['auto', '2012', '2026-transition', '2026-final'] as const satisfies readonly (
  | 'auto'
  | AirEditionName
)[]
const sandChoices = ['', 'with', 'without'] as const satisfies readonly ('' | SandHandling)[]

const params = {
  edition: choiceParam(editionChoices, 'auto'),
  sand: choiceParam(sandChoices, ''),
  stations: listParam(),
} as const

/** The basis on which every number of a page stands, in the address and carried from page to page. */
export function useBasis(): [BasisChoice, (patch: Partial<BasisChoice>) => void] {
  const [state, change] = useAddress(params)
  return [state, (patch) => change(patch, { replace: false })]
}
