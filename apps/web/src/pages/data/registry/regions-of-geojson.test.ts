import { describe, expect, it } from 'vitest'
import { regionsOfGeoJson } from './regions-of-geojson.ts'

const feature = (properties: object) => ({ type: 'Feature', properties, geometry: null })

describe('regions from a file', () => {
  it('come parents first, whatever their order in the file', () => {
    const regions = regionsOfGeoJson({
      features: [
        feature({ code: '629001', name: '金河区', level: 'county', parentCode: 629000 }),
        feature({ code: 629000, name: '祁川市', level: 'city' }),
      ],
    })
    expect(regions.map((region) => [region.code, region.parentCode])).toEqual([
      [629000, null],
      [629001, 629000],
    ])
  })

  it('are refused with the number of the one that lacks something', () => {
    expect(() => regionsOfGeoJson({ features: [feature({ code: 629000, name: '祁川市' })] })).toThrow('#1')
    expect(() => regionsOfGeoJson([])).toThrow('FeatureCollection')
  })
})
