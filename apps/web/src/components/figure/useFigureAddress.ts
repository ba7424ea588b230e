import { useCallback } from 'react'
import { integerParam, textParam, useAddress } from '../../address/useAddress.ts'

const params = {
  figure: integerParam(0, 0),
  figureDay: textParam(''),
  figureItem: textParam(''),
  figureRecord: textParam(''),
  figureHour: textParam(''),
} as const

export interface FigureAddress {
  /** 0: the drawer is shut. */
  readonly figure: number
  readonly day: string
  readonly item: string
  readonly record: string
  /** `<station>.<hour label>` whose record is open. */
  readonly hour: string
  readonly open: (figureId: number) => void
  readonly openDay: (day: string) => void
  readonly chooseItem: (item: string) => void
  readonly openRecord: (msg: string, hour?: string) => void
  readonly close: () => void
}

/** The drawer's state lives in the address: a link to a page may have a figure, a day and a raw record open. */
export function useFigureAddress(): FigureAddress {
  const [state, change] = useAddress(params)
  const shut = { figureDay: '', figureItem: '', figureRecord: '', figureHour: '' } as const
  return {
    figure: state.figure,
    day: state.figureDay,
    item: state.figureItem,
    record: state.figureRecord,
    hour: state.figureHour,
    // biome-ignore lint/correctness/useExhaustiveDependencies: `shut` is constant
    open: useCallback((figure: number) => change({ figure, ...shut }, { replace: false }), [change]),
    openDay: (day) => change({ figureDay: day, figureRecord: '', figureHour: '' }),
    chooseItem: (item) => change({ figureItem: item }),
    openRecord: (record, hour = '') => change({ figureRecord: record, figureHour: hour }),
    close: () => change({ figure: 0, ...shut }),
  }
}
