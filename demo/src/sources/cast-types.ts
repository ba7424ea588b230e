import type { SectorKey } from '../process/index.ts'

/** Limit of the permit for a factor, and where it comes from. */
export interface CastLimit {
  readonly value: number
  readonly basis: string
}

export interface CastOutlet {
  readonly number: string
  readonly name: string
  /** model of the process that makes its hours */
  readonly process: SectorKey
  /** key of the limit tables */
  readonly facility: string
  /** limits of the permit that differ from the model's; `null`: the factor is not monitored here */
  readonly limits?: Readonly<Record<string, CastLimit | null>>
  readonly referenceO2?: number
  /** share of the model's flow */
  readonly size?: number
  /** pollutants higher (0.3) or lower (−0.3) than the model's */
  readonly worse?: number
  readonly main?: boolean
  readonly ultraLow?: boolean
  readonly direct?: boolean
  readonly heightM?: number
  readonly treatment: readonly (readonly [type: string, process: string, kw: number, efficiency: number])[]
  readonly operator?: string
}

export interface CastEnterprise {
  readonly key: string
  readonly name: string
  readonly regionCode: number
  readonly lon: number
  readonly lat: number
  readonly sector: string
  readonly industry: string
  readonly industryName: string
  readonly permitClass: 'key' | 'simplified'
  readonly parkCode?: string
  readonly legal: string
  readonly contact: string
  readonly processes: readonly string[]
  readonly employees: number
  readonly address: string
  readonly operator: string
  readonly formerNames?: readonly string[]
  readonly outlets: readonly CastOutlet[]
}
