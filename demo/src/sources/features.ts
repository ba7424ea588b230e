import { isoDate } from '../calendar.ts'
import { integer, stream } from '../chance.ts'
import { parks } from './cast.ts'
import { operators } from './cast-operators.ts'
import { creditCode } from './codes.ts'
import type { DemoEnterprise, DemoOutlet } from './outlets.ts'
import type { DemoPermit } from './permits.ts'

/** A feature as the registry's GeoJSON import takes it: fields and properties side by side. */
export interface ImportFeature {
  readonly type: 'Feature'
  readonly geometry: null
  readonly properties: Readonly<Record<string, unknown>>
}

const SINCE = '2021-01-01'

const feature = (properties: Record<string, unknown>): ImportFeature => ({
  type: 'Feature',
  geometry: null,
  properties: { validFrom: SINCE, ...properties },
})

/** Kinds in the order in which they refer to each other. */
export function registryFiles(
  seed: number,
  outlets: readonly DemoOutlet[],
  permits: readonly DemoPermit[],
  today: number,
): readonly { readonly kind: string; readonly name: string; readonly features: readonly ImportFeature[] }[] {
  const enterprises = [...new Set(outlets.map((outlet) => outlet.enterprise))]
  return [
    { kind: 'park', name: '园区', features: parks.map(parkFeature) },
    {
      kind: 'enterprise',
      name: '排污单位',
      features: [...enterprises.map((each) => enterpriseFeature(seed, each)), twin(seed, enterprises)],
    },
    { kind: 'outlet', name: '排放口', features: outlets.map(outletFeature) },
    {
      kind: 'monitoring-device',
      name: '自动监测设备',
      features: outlets.map((outlet) => deviceFeature(seed, outlet, today)),
    },
    { kind: 'treatment-facility', name: '治理设施', features: outlets.flatMap(treatmentFeatures) },
    { kind: 'permit', name: '排污许可证', features: permits.map(permitFeature) },
  ]
}

function parkFeature(park: (typeof parks)[number]): ImportFeature {
  const { code, name, regionCode, lon, lat, kind, areaKm2, managedBy, industries } = park
  return feature({ code, name, regionCode, lon, lat, kind, area_km2: areaKm2, managedBy, industries })
}

function enterpriseFeature(seed: number, each: DemoEnterprise): ImportFeature {
  const { code, name, regionCode, lon, lat, industry, industryName, sector, permitClass } = each
  return feature({
    code,
    name,
    regionCode,
    lon,
    lat,
    industry,
    industryName,
    sector,
    permitClass,
    autoMonitored: true,
    legalRepresentative: each.legal,
    processes: each.processes,
    employees: each.employees,
    address: each.address,
    contact: each.contact,
    phone: phoneOf(seed, each.key),
    ...(each.parkCode !== undefined && { parkCode: each.parkCode }),
    ...(each.formerNames !== undefined && { formerNames: each.formerNames }),
  })
}

/** Fictional number: no area of China has the code 0999. */
function phoneOf(seed: number, key: string): string {
  return `0999-${2_000_000 + integer(stream(seed, `phone ${key}`), 0, 7_999_999)}`
}

/** The recycler of copper stands in the registry twice: its old name came from an old list, with another code. */
function twin(seed: number, enterprises: readonly DemoEnterprise[]): ImportFeature {
  const own = enterprises.find(({ key }) => key === 'recycled') as DemoEnterprise
  const { properties } = enterpriseFeature(seed, own)
  const { formerNames: _, processes: __, employees: ___, ...kept } = properties
  return feature({
    ...kept,
    code: creditCode(seed, 'recycled, old list', own.regionCode),
    name: own.formerNames?.[0],
    permitClass: 'registered',
    autoMonitored: false,
    validFrom: '2017-05-01',
  })
}

function outletFeature(outlet: DemoOutlet): ImportFeature {
  const { code, lon, lat, medium, cast, enterprise, factors, operator } = outlet
  const { number, name, facility, referenceO2, heightM, main, ultraLow, direct } = cast
  return feature({
    code,
    name: `${enterprise.name}${name}`,
    regionCode: enterprise.regionCode,
    lon,
    lat,
    enterpriseCode: enterprise.code,
    number,
    medium,
    main: main === true,
    facility,
    factors: factors.map(({ factor }) => factor),
    operator,
    ...(referenceO2 !== undefined && { referenceO2 }),
    ...(heightM !== undefined && { heightM }),
    ...(medium === 'air' && { sectionM2: 12.5 }),
    ...(ultraLow === true && { ultraLow }),
    ...(medium === 'water' && { direct: direct === true }),
    eiaApprovedOn: '2018-06-12',
  })
}

function deviceFeature(seed: number, outlet: DemoOutlet, today: number): ImportFeature {
  const { code, mn, order, model, operator, enterprise, factors, lon, lat, cast } = outlet
  const days = stream(seed, `device ${code}`)
  return feature({
    code: `${code}-ZX01`,
    name: `${cast.name}在线监测设备`,
    regionCode: enterprise.regionCode,
    lon,
    lat,
    outletCode: code,
    mn,
    model: model[0],
    manufacturer: model[1],
    serial: `SN${String(order).padStart(6, '0')}`,
    operator,
    acceptedOn: '2021-03-15',
    lastCalibratedOn: isoDate(today - (operator === operators.hengzhun ? 96 : 0) - integer(days, 0, 6)),
    lastVerifiedOn: isoDate(today - 10 - integer(days, 1, 70)),
    parameters: factors.map(({ factor, unit, rangeHigh }) => ({
      factor,
      rangeHigh,
      unit,
      slope: 1,
      intercept: 0,
      ...(cast.referenceO2 !== undefined && factor.startsWith('a2') && { referenceO2: cast.referenceO2 }),
      detectionLimit: Math.round(rangeHigh * 5) / 1000,
    })),
  })
}

function treatmentFeatures(outlet: DemoOutlet): ImportFeature[] {
  const { code, cast, enterprise, lon, lat } = outlet
  return cast.treatment.map(([type, process, ratedKw, designEfficiency], i) =>
    feature({
      code: `${code}-TA${String(i + 1).padStart(2, '0')}`,
      name: `${cast.name}${process}`,
      regionCode: enterprise.regionCode,
      lon,
      lat,
      outletCode: code,
      type,
      process,
      ratedKw,
      designEfficiency,
    }),
  )
}

function permitFeature({ number, enterprise, document }: DemoPermit): ImportFeature {
  return feature({
    code: number,
    name: `${enterprise.name}排污许可证`,
    regionCode: enterprise.regionCode,
    validFrom: document.issuedOn,
    validTo: document.expiresOn,
    ...document,
  })
}
