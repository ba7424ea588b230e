import { stream } from '../chance.ts'
import { sectors } from '../process/index.ts'
import { enterprises } from './cast.ts'
import { instruments } from './cast-operators.ts'
import type { CastEnterprise, CastOutlet } from './cast-types.ts'
import { creditCode, outletMn, outletPassword } from './codes.ts'

export interface MonitoredFactor {
  readonly factor: string
  readonly unit: string
  readonly limit: number
  readonly basis: string
  readonly rangeHigh: number
  readonly step: number
}

/** An outlet of the cast with everything that is worked out from its place in it. */
export interface DemoOutlet {
  /** `smelter-DA001`: how the story names it */
  readonly key: string
  readonly order: number
  readonly seed: number
  readonly code: string
  readonly mn: string
  readonly password: string
  readonly medium: 'air' | 'water'
  readonly lon: number
  readonly lat: number
  readonly operator: string
  readonly model: readonly [model: string, maker: string]
  readonly factors: readonly MonitoredFactor[]
  readonly cast: CastOutlet
  readonly enterprise: DemoEnterprise
}

export interface DemoEnterprise extends CastEnterprise {
  readonly code: string
}

const PH = 'w01001'

/** Enterprises with their codes; a pure function of the seed. */
export function demoEnterprises(seed: number): DemoEnterprise[] {
  return enterprises.map((each) => ({ ...each, code: creditCode(seed, each.key, each.regionCode) }))
}

/** All outlets in a fixed order. */
export function demoOutlets(seed: number): DemoOutlet[] {
  let order = 0
  return demoEnterprises(seed).flatMap((enterprise) =>
    enterprise.outlets.map((cast, i) => outletOf(seed, enterprise, cast, i, ++order)),
  )
}

function outletOf(
  seed: number,
  enterprise: DemoEnterprise,
  cast: CastOutlet,
  index: number,
  order: number,
): DemoOutlet {
  const { medium } = sectors[cast.process]
  const models = instruments[medium]
  const key = `${enterprise.key}-${cast.number}`
  return {
    key,
    order,
    seed: stream(seed, `outlet ${key}`),
    code: `${enterprise.code}-${cast.number}`,
    mn: outletMn(enterprise.regionCode, order),
    password: outletPassword(order),
    medium,
    lon: round(enterprise.lon + 0.0016 * ((index % 4) - 1.5)),
    lat: round(enterprise.lat + 0.0012 * (Math.floor(index / 4) - 0.5)),
    operator: cast.operator ?? enterprise.operator,
    model: models[order % models.length] as readonly [string, string],
    factors: factorsOf(cast),
    cast,
    enterprise,
  }
}

function factorsOf(cast: CastOutlet): MonitoredFactor[] {
  return sectors[cast.process].pollutants.flatMap((model) => {
    const own = cast.limits?.[model.parameter]
    if (own === null) return []
    const limit = own?.value ?? model.limit
    return {
      factor: model.parameter,
      unit: model.parameter === PH ? '无量纲' : model.unit,
      limit,
      basis: own?.basis ?? model.limitBasis,
      rangeHigh: niceRange((model.range * limit) / model.limit),
      step: model.step,
    }
  })
}

/** Ranges are round numbers. */
function niceRange(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const steps = [1, 1.4, 1.5, 2, 3, 4, 5, 6, 8, 10]
  return Math.round((steps.find((step) => step * power >= least - 1e-9) ?? 10) * power * 1000) / 1000
}

const round = (degrees: number): number => Math.round(degrees * 10_000) / 10_000
